using System.Text;
using System.Text.RegularExpressions;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Help;

namespace MigrationTasks.Tool;

/// <summary>
/// How what the engine calls by the names of targets and properties is typed here: <c>-t:MigrateDryRun</c> is <c>migrate dry-run</c>, and
/// <c>-p:MigrateLockTimeout=5</c> is <c>--lock-timeout 5</c>.
/// </summary>
internal static partial class CommandNames
{
    /// <summary>The name of the program.</summary>
    public const string Program = "migrate";

    private const string Prefix = "Migrate";

    // What a build alone can do.
    private static readonly string[] OfTheBuild = ["MigrateAfterBuild", "MigrateAfterPublish", "MigrateSkip"];

    // An argument here: migrate new add_users.
    private const string Argument = "MigrateName";

    /// <summary>The targets that are commands here, but for <c>Migrate</c> itself, which is the program.</summary>
    public static IReadOnlyList<string> Targets { get; } = ["MigrateStatus", "MigrateDryRun", "MigrateRollback", "MigrateValidate", "MigrateNew", "MigrateBaseline", "MigrateRepair", "MigrateImport", "MigrateVerify", "MigrateSchema"];

    /// <summary>The properties that are options here.</summary>
    public static IReadOnlyList<string> Properties { get; } = [.. PackageFiles.PropertyNames.Except(OfTheBuild).Where(property => property != Argument)];

    /// <summary>The command of a target, without the program's name.</summary>
    /// <param name="target">The target.</param>
    public static string CommandOf(string target) => Kebab(target[Prefix.Length..]);

    /// <summary>The option of a property: <c>--lock-timeout</c>.</summary>
    /// <param name="property">The property.</param>
    public static string OptionOf(string property) => $"--{Kebab(property[Prefix.Length..])}";

    /// <summary>A diagnostic of the engine as a user of this program is to read it.</summary>
    /// <param name="diagnostic">The diagnostic.</param>
    public static Diagnostic Translate(Diagnostic diagnostic) => diagnostic with { Message = Translate(diagnostic.Message) };

    /// <summary>A text of the engine as a user of this program is to read it.</summary>
    /// <param name="text">The text.</param>
    public static string Translate(string text)
    {
        text = text.Replace("the project file", $"the file {Declarations.FileName}", StringComparison.Ordinal);
        text = Silencing().Replace(text, "--no-warn $1");
        text = Verbosely().Replace(text, $"{Program} --verbose");
        text = Command().Replace(text, match => Invocation(match.Groups["target"].Value) + Options(match.Groups["options"].Value));
        text = Build().Replace(text, Program);
        text = Option().Replace(text, match => Options(match.Value));
        return Name().Replace(text, match => Named(match.Value));
    }

    private static string Options(string properties) => Option().Replace(properties, match => (match.Groups["name"].Value, match.Groups["value"].Value) switch
    {
        ("Name" or Argument, var value) => value.TrimStart('='),
        var (name, _) when !Properties.Contains(name) => match.Value,
        var (name, value) => OptionOf(name) + (value is "" or "=true" ? "" : value == "=" ? " \"\"" : $" {value[1..]}"),
    });

    private static string Invocation(string target) => Targets.Contains(target) ? $"{Program} {CommandOf(target)}" : target == "MigrateHelp" ? $"{Program} --help" : Program;

    private static string Named(string name) => name == "MigrateHelp" || Targets.Contains(name) ? Invocation(name) : Properties.Contains(name) ? OptionOf(name) : name;

    private static string Kebab(string name)
    {
        var text = new StringBuilder();
        foreach (var letter in name)
        {
            if (char.IsUpper(letter))
            {
                text.Append(text.Length > 0 ? "-" : "").Append(char.ToLowerInvariant(letter));
            }
            else
            {
                text.Append(letter);
            }
        }

        return text.ToString();
    }

    [GeneratedRegex(@"(?:set )?<NoWarn>\$\(NoWarn\);(MIG\d+)</NoWarn>")]
    private static partial Regex Silencing();

    [GeneratedRegex("dotnet build -v:detailed")]
    private static partial Regex Verbosely();

    [GeneratedRegex("""(?:dotnet build(?: (?![-'"])\S+)? )?-t:(?<target>Migrate\w*)(?<options>(?: -p:\w+(?:=(?:"[^"]*"|[^\s'",;)]*[^\s'",;).])?)?)*)""")]
    private static partial Regex Command();

    [GeneratedRegex("dotnet build\\b")]
    private static partial Regex Build();

    [GeneratedRegex("""-p:(?<name>\w+)(?<value>=(?:"[^"]*"|[^\s'",;)]*[^\s'",;).])?)?""")]
    private static partial Regex Option();

    [GeneratedRegex(@"(?<![\w./])Migrate[A-Z]\w*")]
    private static partial Regex Name();
}

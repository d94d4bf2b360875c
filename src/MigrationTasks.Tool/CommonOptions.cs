using System.CommandLine;
using MigrationTasks.Engine.Configuration;

namespace MigrationTasks.Tool;

/// <summary>What every command is asked for besides the properties.</summary>
/// <param name="Folder">The folder that <c>migrations/</c> is in, a full path.</param>
/// <param name="Silenced">The codes of the warnings that are not wanted.</param>
/// <param name="RaisesAll">Whether all warnings are errors.</param>
/// <param name="Raised">The codes of those that are.</param>
/// <param name="IsVerbose">Whether everything is to be told.</param>
internal sealed record CommonValues(string Folder, IReadOnlySet<string> Silenced, bool RaisesAll, IReadOnlySet<string> Raised, bool IsVerbose);

/// <summary>The options that every command takes.</summary>
internal sealed class CommonOptions
{
    private readonly Option<string?> _folder = new("--project-directory", "-C") { Description = "The folder that migrations/ is in; by default the one in which the program is started.", Recursive = true, HelpName = "folder" };
    private readonly Option<string[]> _silenced = new("--no-warn") { Description = "The codes of warnings that are not wanted, such as MIG5060.", Recursive = true, HelpName = "codes", AllowMultipleArgumentsPerToken = false };
    private readonly Option<string[]> _raised = new("--warn-as-error") { Description = "The codes of warnings that are errors; without any, all of them are.", Recursive = true, HelpName = "codes", Arity = ArgumentArity.ZeroOrMore, AllowMultipleArgumentsPerToken = false };
    private readonly Option<bool> _verbose = new("--verbose", "-v") { Description = "Tell everything that happens, and where an internal error arose.", Recursive = true };

    /// <summary>All of them.</summary>
    public IReadOnlyList<Option> All => [_folder, _silenced, _raised, _verbose];

    /// <summary>What a command line says.</summary>
    /// <param name="result">The command line.</param>
    public CommonValues Of(ParseResult result)
    {
        var raised = Codes(_raised);
        return new CommonValues(
            Path.GetFullPath(result.GetValue(_folder) ?? Environment.CurrentDirectory),
            Codes(_silenced),
            result.GetResult(_raised) is { Implicit: false } && raised.Count == 0,
            raised,
            result.GetValue(_verbose));

        HashSet<string> Codes(Option<string[]> option) => OptionValues.Codes(string.Join(';', result.GetValue(option) ?? []));
    }
}

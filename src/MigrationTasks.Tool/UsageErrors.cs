using System.CommandLine;
using System.CommandLine.Parsing;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Tool;

/// <summary>
/// Tells what is wrong with a command line. What was typed is told only where it is the name of an option or a command: anything else may be a
/// connection, which is no argument here, and the log of whatever started the program may be read by anybody.
/// </summary>
internal static class UsageErrors
{
    /// <summary>Writes what is wrong.</summary>
    /// <param name="result">The command line.</param>
    /// <param name="writer">Where to.</param>
    public static void Write(ParseResult result, TextWriter writer)
    {
        foreach (var message in Messages(result).Distinct())
        {
            writer.WriteLine($"{CommandNames.Program}: {Errors.Usage(message)}");
        }
    }

    /// <summary>Writes that options stand before the command that they are for.</summary>
    public static void WriteMisplaced(IEnumerable<string> options, Command command, TextWriter writer)
    {
        foreach (var option in options)
        {
            writer.WriteLine($"{CommandNames.Program}: {Errors.Usage($"{option} stands before the command, where it is for none. Write it behind: {Typed(command)} {option} …")}");
        }
    }

    private static IEnumerable<string> Messages(ParseResult result)
    {
        var command = result.CommandResult.Command;
        var names = command.Options.Concat(result.RootCommandResult.Command.Options.Where(option => option.Recursive)).SelectMany(option => option.Aliases.Prepend(option.Name)).ToList();
        // What stands behind an option that there is not is its value, as a rule.
        var options = result.UnmatchedTokens.Where(token => token.StartsWith('-')).ToList();
        foreach (var token in options.Count > 0 ? options : result.UnmatchedTokens)
        {
            // What stands right behind one hyphen may be a value: -psecret.
            var name = token.StartsWith("--", StringComparison.Ordinal) ? token.Split('=', ':')[0] : token[..Math.Min(2, token.Length)];
            yield return name.StartsWith('-') ? $"There is no option {PlainText.Of(name)} of {Typed(command)}.{MeantOption(name, names)} {Help(command)}"
                : command is RootCommand && IsWord(token) ? $"There is no command {PlainText.Of(token)}.{Meant(token, command.Subcommands.Select(one => one.Name))} {Help(command)}"
                : $"An argument of {Typed(command)} is neither an option nor a command; it is not shown, because it may be a secret. A connection is never an argument: set its variable, such as DATABASE_URL. {Help(command)}";
        }

        var misused = result.CommandResult.Children.OfType<OptionResult>().Where(option => option.Errors.Any()).ToList();
        foreach (var option in misused)
        {
            yield return $"{option.Option.Name} is given without a value, or more than once. {Help(command)}";
        }

        if (result.UnmatchedTokens.Count == 0 && misused.Count == 0)
        {
            yield return $"The command line cannot be understood. {Help(command)}";
        }
    }

    private static string Typed(Command command) => command is RootCommand ? CommandNames.Program : $"{CommandNames.Program} {command.Name}";

    private static string Help(Command command) => $"{Typed(command)} --help lists what there is.";

    // Many are called by their command, too: --checksums is --repair-checksums.
    private static string MeantOption(string name, IReadOnlyList<string> known) => known.FirstOrDefault(one => name.Length > 3 && one.EndsWith(name[1..], StringComparison.OrdinalIgnoreCase)) is { } longer ? $" Do you mean {longer}?" : Meant(name, known);

    private static string Meant(string name, IEnumerable<string> known) => Spelling.Nearest(name, known) is { } nearest ? $" Do you mean {nearest}?" : "";

    private static bool IsWord(string text) => text.Length < 30 && text.All(letter => char.IsAsciiLetterLower(letter) || letter == '-');
}

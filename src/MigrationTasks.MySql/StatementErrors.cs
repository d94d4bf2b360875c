using System.Globalization;
using System.Text.RegularExpressions;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Scripts;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>Turns the server's refusal of a command into an error at the line and column of the file.</summary>
internal static partial class StatementErrors
{
    private static readonly MySqlErrorCode[] SyntaxErrors = [MySqlErrorCode.ParseError, MySqlErrorCode.SyntaxError];

    /// <param name="refusal">What the server said.</param>
    /// <param name="command">The command.</param>
    /// <param name="config">The database.</param>
    /// <param name="consequence">What became of the script.</param>
    public static MigrationException Translate(MySqlException refusal, Command command, MySqlConfig config, string consequence)
    {
        var location = LocationOf(refusal, command);
        var problem = CommandBatch.WithoutWhatFollows(ServerErrors.Describe(refusal));
        return refusal.ErrorCode switch
        {
            MySqlErrorCode.CommandTimeoutExpired => Errors.CommandTimeout(location, config.Settings.CommandTimeout, consequence, refusal),
            MySqlErrorCode.DiskFull or MySqlErrorCode.RecordFileFull => Errors.DiskFull(location, config.Target, problem, consequence, refusal),
            _ when command.Purpose is not CommandPurpose.Statement && IsReadOnly(refusal) => Errors.ReadOnly(config.Target, problem, refusal),
            _ when command.Purpose is CommandPurpose.Statement or CommandPurpose.Commit => Errors.StatementFailed(location, problem, consequence, refusal),
            _ => Errors.DatabaseRefused(config.Target, $"recording {command.Unit.Script.Name}", $"{problem} {consequence}".TrimEnd(), refusal),
        };
    }

    /// <summary>Whether the server, or its database, takes no changes at all.</summary>
    public static bool IsReadOnly(MySqlException refusal) =>
        refusal.Number == ServerCodes.ReadOnlyMode
        || refusal.ErrorCode is MySqlErrorCode.CannotExecuteInReadOnlyTransaction or MySqlErrorCode.InnodbReadOnly
        || (refusal.ErrorCode == MySqlErrorCode.OptionPreventsStatement && refusal.Message.Contains("read-only", StringComparison.OrdinalIgnoreCase));

    /// <summary>The place in the file that the server means, as exactly as it tells.</summary>
    public static SourceLocation LocationOf(MySqlException refusal, Command command) => command is { Purpose: CommandPurpose.Statement, Statement: { } statement }
        ? command.Unit.Script.Locate(LocationIn(refusal, statement, command.Unit.Script.Location.File))
        : command.Unit.Script.Location;

    private static SourceLocation LocationIn(MySqlException refusal, ScriptStatement statement, string? file)
    {
        var message = CommandBatch.WithoutWhatFollows(refusal.Message);
        if (SyntaxErrors.Contains(refusal.ErrorCode) && Near().Match(message) is { Success: true } near)
        {
            var line = int.Parse(near.Groups["line"].Value, CultureInfo.InvariantCulture);
            return IndexOfNear(statement.Text, message[..near.Index], line) is { } index
                ? At(statement, file, index)
                : statement.LocationOfLine(file, line);
        }

        return ServerCodes.AreAboutNames.Contains(refusal.Number) && Named().Match(message) is { Success: true } named && IndexOfOnly(statement.Text, named.Groups["name"].Value) is { } only
            ? At(statement, file, only)
            : At(statement, file, 0);
    }

    // In any language; before it there may be other quotes than that of what is near.
    private static int? IndexOfNear(string text, string message, int line)
    {
        for (var quote = message.IndexOf('\'', StringComparison.Ordinal); quote >= 0; quote = message.IndexOf('\'', quote + 1))
        {
            if (IndexOnLine(text, message[(quote + 1)..], line) is { } index)
            {
                return index;
            }
        }

        return null;
    }

    // What is near may stand in more than one place of the line: the first of them would be a guess.
    private static int? IndexOnLine(string text, string near, int line)
    {
        var start = 0;
        for (var remaining = line - 1; remaining > 0 && start >= 0; remaining--)
        {
            start = text.IndexOf('\n', start) + 1;
            if (start == 0)
            {
                return null;
            }
        }

        var end = text.IndexOf('\n', start) is >= 0 and var found ? found : text.Length;
        if (near.Length == 0)
        {
            return null;
        }

        var index = text.IndexOf(near, start, StringComparison.Ordinal);
        return index >= 0 && index < end && text.IndexOf(near, index + 1, StringComparison.Ordinal) is var next && (next < 0 || next >= end) ? index : null;
    }

    // A name that the server complains about, when the statement has it once.
    private static int? IndexOfOnly(string text, string name)
    {
        var last = name[(name.LastIndexOf('.') + 1)..];
        var first = IndexOfWord(text, last, 0);
        return first >= 0 && IndexOfWord(text, last, first + 1) < 0 ? first : null;
    }

    private static int IndexOfWord(string text, string word, int start)
    {
        for (var index = word.Length == 0 ? -1 : text.IndexOf(word, start, StringComparison.OrdinalIgnoreCase); index >= 0; index = text.IndexOf(word, index + 1, StringComparison.OrdinalIgnoreCase))
        {
            if ((index == 0 || !IsOfWord(text[index - 1])) && (index + word.Length == text.Length || !IsOfWord(text[index + word.Length])))
            {
                return index;
            }
        }

        return -1;
    }

    private static bool IsOfWord(char character) => char.IsLetterOrDigit(character) || character is '_' or '$';

    private static SourceLocation At(ScriptStatement statement, string? file, int index) =>
        statement.LocationOf(file, statement.Text.AsSpan(0, index).EnumerateRunesCount() + 1);

    private static int EnumerateRunesCount(this ReadOnlySpan<char> text)
    {
        var count = 0;
        foreach (var _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    [GeneratedRegex(@"'[^'0-9]*(?<line>[0-9]+)[^']*$")]
    private static partial Regex Near();

    [GeneratedRegex(@"(?<quote>['`])(?<name>[^'`]+)\k<quote>|\b(FUNCTION|PROCEDURE) (?<name>\S+) ")]
    private static partial Regex Named();
}

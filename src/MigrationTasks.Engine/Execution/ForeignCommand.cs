using System.Text.RegularExpressions;

namespace MigrationTasks.Engine.Execution;

/// <summary>
/// Commands of other databases' clients, which have a line of their own in a script. For a server they are a syntax error; but such a line
/// may also be a part of a statement, as the name of a column is, so that only a statement that failed is looked into.
/// </summary>
internal static partial class ForeignCommand
{
    /// <summary>What to do about one in a statement with a syntax error: a sentence behind a space. Empty where there is none.</summary>
    /// <param name="statement">The statement.</param>
    public static string AdviceOn(string statement) => Command().Match(statement) switch
    {
        { Success: false } => "",
        { Groups: var groups } when groups["go"].Success => " GO is a command of SQL Server's clients, not SQL: remove its lines, and end each statement with a semicolon.",
        _ => " DELIMITER is a command of the mysql client, not SQL: remove its lines, and end each statement with a semicolon.",
    };

    [GeneratedRegex(@"^[ \t]*((?<go>GO)([ \t]+\d+)?|DELIMITER([ \t]+\S+)?)[ \t]*\r?$", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Command();
}

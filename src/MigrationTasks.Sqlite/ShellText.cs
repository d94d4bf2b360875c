using System.Text;
using System.Text.RegularExpressions;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Sqlite;

/// <summary>Writes SQL so that the sqlite3 shell executes it as it is meant.</summary>
internal static partial class ShellText
{
    /// <summary>
    /// A statement of a migration. The shell takes a line with nothing but <c>/</c> or <c>go</c> for the end of a statement, one
    /// that starts with <c>.</c> or <c>#</c> for a command or comment of its own, and the return before a line's end off.
    /// </summary>
    /// <param name="statement">The statement's text.</param>
    public static string Of(string statement)
    {
        var text = Terminator().IsMatch(statement) ? WithoutTerminators(statement) : statement;
        return WithReturns(text[0] is '.' or '#' ? $" {text}" : text);
    }

    /// <summary>A text as a value.</summary>
    public static string OfValue(string text) => WithReturns($"'{text.Replace("'", "''", StringComparison.Ordinal)}'");

    // The shell takes one return off the end of a line, and only one.
    private static string WithReturns(string text) => text.Replace("\r\n", "\r\r\n", StringComparison.Ordinal);

    // In quotes and comments the shell knows that the statement goes on; elsewhere an empty comment says so.
    private static string WithoutTerminators(string statement)
    {
        var text = new StringBuilder(statement.Length);
        var written = 0;
        for (var tokens = SqliteDialect.Instance.ReadTokens(statement); !tokens.AtEnd; tokens.Skip())
        {
            if (tokens.Text is "/" || tokens.Text.Equals("go", StringComparison.OrdinalIgnoreCase))
            {
                text.Append(statement, written, tokens.Start - written).Append("/**/ ");
                written = tokens.Start;
            }
        }

        return text.Append(statement, written, statement.Length - written).ToString();
    }

    [GeneratedRegex(@"^\s*(/|go)\s*(--.*|/\*.*)?$", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex Terminator();
}

using System.Globalization;
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

    /// <summary>A statement of MigrationTasks with values in the place of its parameters <c>?1</c>, <c>?2</c>, ….</summary>
    /// <param name="sql">The statement.</param>
    /// <param name="values">Texts, whole numbers, <see langword="null"/>, and a <see cref="DateTimeOffset"/> for the time when the script runs.</param>
    public static string Of(string sql, params object?[] values) => WithReturns(
        Parameter().Replace(sql, parameter => Literal(values[int.Parse(parameter.ValueSpan[1..], CultureInfo.InvariantCulture) - 1])));

    private static string Literal(object? value) => value switch
    {
        null => "NULL",
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        DateTimeOffset => "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

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

    [GeneratedRegex(@"\?[1-9]\d*")]
    private static partial Regex Parameter();
}

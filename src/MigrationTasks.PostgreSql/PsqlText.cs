using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.PostgreSql;

/// <summary>Writes SQL so that psql sends it to the server as it is meant.</summary>
internal static partial class PsqlText
{
    /// <summary>
    /// A statement of a migration. Behind a colon psql would put a variable's value, outside of quotes: <c>a[1:n]</c> becomes
    /// <c>a[1: n]</c>, which is the same to the server. A backslash can only stand in quotes and comments here, where psql leaves it alone.
    /// </summary>
    /// <param name="statement">The statement.</param>
    public static string Of(ScriptStatement statement)
    {
        var sql = ClientEncoding.Keep(statement);
        if (!sql.Contains(':', StringComparison.Ordinal))
        {
            return sql;
        }

        var text = new StringBuilder(sql.Length);
        var written = 0;
        for (var tokens = statement.ReadTokens(sql); !tokens.AtEnd; tokens.Skip())
        {
            if (tokens.Text is ":" && NamesVariable(sql, tokens.Start))
            {
                text.Append(sql, written, tokens.Start + 1 - written).Append(' ');
                written = tokens.Start + 1;
            }
        }

        return text.Append(sql, written, sql.Length - written).ToString();
    }

    /// <summary>A statement of MigrationTasks with values in the place of its parameters <c>$1</c>, <c>$2</c>, ….</summary>
    /// <param name="statement">The statement.</param>
    public static string Of(SqlText statement) =>
        Parameter().Replace(statement.Text, parameter => Literal(statement.Values[int.Parse(parameter.ValueSpan[1..], CultureInfo.InvariantCulture) - 1]));

    /// <summary>A value, whatever the server makes of backslashes in plain strings.</summary>
    public static string Literal(object? value) => value switch
    {
        null => "NULL",
        string text when text.Contains('\\', StringComparison.Ordinal) => $"E'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "''", StringComparison.Ordinal)}'",
        string text => $"'{text.Replace("'", "''", StringComparison.Ordinal)}'",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    // Of a cast's two colons, the first is followed by one and the second follows one.
    private static bool NamesVariable(string text, int colon) =>
        colon + 1 < text.Length
        && (colon == 0 || text[colon - 1] != ':')
        && (char.IsLetterOrDigit(text[colon + 1]) || text[colon + 1] > '\x7F' || text[colon + 1] is '_' or '\'' or '"' or '{');

    [GeneratedRegex(@"\$[1-9]\d*")]
    private static partial Regex Parameter();
}

using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.MySql.Scripts;

namespace MigrationTasks.MySql;

/// <summary>Writes statements of migrations so that the <c>mariadb</c> and <c>mysql</c> clients send them to the server as they are meant.</summary>
internal static partial class ClientText
{
    private const string Usual = ";";

    /// <summary>
    /// A statement with what ends it. The client takes the return before a line's end off, and the end of a line that starts
    /// with <c>delimiter</c>; and it sends what it has at each semicolon, in the body of a routine too, unless it is told another
    /// delimiter.
    /// </summary>
    /// <param name="statement">The statement's text.</param>
    public static string Of(string statement)
    {
        var text = (LineOfDelimiter().IsMatch(statement) ? Indented(statement) : statement).Replace("\r\n", "\r\r\n", StringComparison.Ordinal);
        var delimiter = DelimiterOf(text);
        return delimiter == Usual ? $"{text};" : $"DELIMITER {delimiter}\n{text}{delimiter}\nDELIMITER ;";
    }

    // One that stands nowhere in it, nor begins at its end.
    private static string DelimiterOf(string text)
    {
        var delimiter = HasSemicolon(text) ? "$$" : Usual;
        for (var number = 1; delimiter != Usual && (text + delimiter).IndexOf(delimiter, StringComparison.Ordinal) < text.Length; number++)
        {
            delimiter = string.Create(CultureInfo.InvariantCulture, $"${number}$");
        }

        return delimiter;
    }

    private static bool HasSemicolon(string text)
    {
        var tokens = MySqlDialect.Instance.ReadTokens(text);
        if (!tokens.Mentions(';'))
        {
            return false;
        }

        while (!tokens.AtEnd && tokens.Kind != SqlTokenKind.Semicolon)
        {
            tokens.Skip();
        }

        return !tokens.AtEnd;
    }

    private static string Indented(string statement)
    {
        var text = new StringBuilder(statement.Length);
        var written = 0;
        for (var tokens = MySqlDialect.Instance.ReadTokens(statement); !tokens.AtEnd; tokens.Skip())
        {
            if (tokens.Start > 0 && statement[tokens.Start - 1] == '\n' && tokens.Text.StartsWith("delimiter", StringComparison.OrdinalIgnoreCase))
            {
                text.Append(statement, written, tokens.Start - written).Append(' ');
                written = tokens.Start;
            }
        }

        return text.Append(statement, written, statement.Length - written).ToString();
    }

    [GeneratedRegex("^delimiter", RegexOptions.IgnoreCase | RegexOptions.Multiline)]
    private static partial Regex LineOfDelimiter();
}

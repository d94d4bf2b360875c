using System.Buffers;
using System.Text;
using System.Text.RegularExpressions;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Sqlite.Schema;

/// <summary>A token of a stored <c>CREATE</c> statement.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The token as written.</param>
/// <param name="IsGlued">Whether nothing stands between it and the token before.</param>
internal readonly partial record struct SqliteToken(SqlTokenKind Kind, string Text, bool IsGlued)
{
    private static readonly SearchValues<char> PlainName = SearchValues.Create("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_");

    /// <summary>Whether a name is meant, quoted or not. SQLite takes strings for names too where nothing else can stand.</summary>
    public bool IsName => Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName or SqlTokenKind.Literal;

    /// <summary>The tokens of a statement, without its comments.</summary>
    public static List<SqliteToken> Read(string sql)
    {
        var tokens = new List<SqliteToken>();
        var end = 0;
        for (var reader = new SqlTokens(sql, SqliteDialect.Instance.Lexicon); !reader.AtEnd; reader.Skip())
        {
            // A number with an exponent is several tokens to the reader.
            var start = reader.Start;
            if (tokens.Count > 0 && start < end)
            {
                continue;
            }

            var length = reader.Kind == SqlTokenKind.Number ? Number().Match(sql, start).Length : reader.Text.Length;
            tokens.Add(new SqliteToken(reader.Kind, sql.Substring(start, length), start == end));
            end = start + length;
        }

        return tokens;
    }

    /// <summary>A name as the catalogue has it.</summary>
    public static string Unquote(string text)
    {
        if (text is not (['"', ..] or ['\'', ..] or ['`', ..] or ['[', ..]) || text.Length < 2)
        {
            return text;
        }

        var quote = text[^1..];
        return text[0] == '[' ? text[1..^1] : text[1..^1].Replace(quote + quote, quote, StringComparison.Ordinal);
    }

    /// <summary>A name as it stands in a statement: quoted only where it has to be.</summary>
    public static string Quote(string name) =>
        name.Length > 0 && !char.IsAsciiDigit(name[0]) && !name.AsSpan().ContainsAnyExcept(PlainName) && !SqliteKeywords.Contains(name)
            ? name
            : $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    /// <summary>Whether it is a keyword, written in any case.</summary>
    public bool Is(string keyword) => Kind == SqlTokenKind.Word && Ascii.EqualsIgnoreCase(Text, keyword);

    /// <summary>Whether it is a symbol.</summary>
    public bool Is(char symbol) => Text is [var character] && character == symbol;

    [GeneratedRegex(@"\G[0-9]+(\.[0-9]*)?([eE][+-]?[0-9]+)?")]
    private static partial Regex Number();
}

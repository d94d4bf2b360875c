using System.Text;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// Reads <c>host=127.0.0.1 port=5432 user=app password='a b' dbname=shop</c>, as <c>psql</c> and everything else that is made with libpq
/// takes it: blanks separate, a value may stand between single quotes, and a backslash takes the next character for what it is.
/// </summary>
internal static class LibpqKeywords
{
    /// <summary>Reads all of a connection.</summary>
    /// <param name="connection">The connection.</param>
    /// <returns>The keywords in their order, or <see langword="null"/> when it is not of this form.</returns>
    public static IReadOnlyList<(string Name, string Value)>? TryRead(string connection)
    {
        var pairs = new List<(string Name, string Value)>();
        var rest = connection.AsSpan().TrimStart();
        while (!rest.IsEmpty)
        {
            var equals = rest.IndexOf('=');
            var name = equals < 0 ? default : rest[..equals].TrimEnd();
            if (name.IsEmpty || !LibpqParameters.IsKnown(name))
            {
                return null;
            }

            rest = rest[(equals + 1)..].TrimStart();
            if (TakeValue(ref rest) is not { } value)
            {
                return null;
            }

            pairs.Add((name.ToString(), value));
            rest = rest.TrimStart();
        }

        return pairs.Count > 0 ? pairs : null;
    }

    private static string? TakeValue(ref ReadOnlySpan<char> rest)
    {
        var isQuoted = rest.StartsWith("'");
        var value = new StringBuilder();
        var i = isQuoted ? 1 : 0;
        for (; i < rest.Length && (isQuoted ? rest[i] != '\'' : !char.IsWhiteSpace(rest[i])); i++)
        {
            i += rest[i] == '\\' && i + 1 < rest.Length ? 1 : 0;
            value.Append(rest[i]);
        }

        if (isQuoted && i >= rest.Length)
        {
            return null;
        }

        // host=h;port=… and "Host=h; Port=…" are Npgsql's.
        var text = value.ToString();
        var isNpgsqls = !isQuoted && (text.EndsWith(';') || HasKeywordBehindSemicolon(text));
        rest = rest[(isQuoted ? i + 1 : i)..];
        return isNpgsqls ? null : text;
    }

    private static bool HasKeywordBehindSemicolon(string text) =>
        text.IndexOf(';', StringComparison.Ordinal) is >= 0 and var semicolon && text.AsSpan(semicolon).Contains('=');
}

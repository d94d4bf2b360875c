using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// Scripts always travel as UTF-8, whatever encoding they once had: what they say about it must not let the server read them as
/// another one. A dump of a LATIN1 database that somebody saved as UTF-8 still says <c>SET client_encoding = 'LATIN1'</c>.
/// </summary>
internal static class ClientEncoding
{
    /// <summary>What every session of a run has.</summary>
    public const string Utf8 = "UTF8";

    /// <summary>Gives a session that encoding.</summary>
    public const string Setting = $"SET client_encoding = {Literal}";

    private const string Name = "client_encoding";
    private const string Literal = $"'{Utf8}'";

    /// <summary>A statement's text with UTF-8 in the place of any other encoding; the places behind it stay where they are.</summary>
    /// <param name="statement">The statement.</param>
    public static string Keep(ScriptStatement statement)
    {
        var sql = statement.Text;
        var tokens = statement.ReadTokens();
        if (statement.Rows is not null)
        {
            return sql.Contains("encoding", StringComparison.OrdinalIgnoreCase) ? KeepInCopy(sql, tokens) : sql;
        }

        if (tokens.Take("SET"))
        {
            return KeepInSet(sql, tokens);
        }

        if (!sql.Contains(Name, StringComparison.OrdinalIgnoreCase))
        {
            return sql;
        }

        return tokens.Take("RESET") ? IsName(tokens, Name) ? Setting : sql : KeepInCalls(sql, tokens);
    }

    /// <summary>Whether a statement gives all settings the values that the connection has brought.</summary>
    /// <param name="statement">The statement.</param>
    public static bool IsLostIn(ScriptStatement statement)
    {
        var tokens = statement.ReadTokens();
        return (tokens.Take("RESET") || tokens.Take("DISCARD")) && tokens.Take("ALL");
    }

    private static string KeepInSet(string sql, SqlTokens tokens)
    {
        if (!tokens.Take("SESSION"))
        {
            tokens.Take("LOCAL");
        }

        if (tokens.Take("NAMES"))
        {
            return tokens.AtEnd ? $"{sql} {Literal}" : Replace(sql, tokens.Start, sql.Length);
        }

        if (!IsName(tokens, Name))
        {
            return sql;
        }

        tokens.Skip();
        return (tokens.Take('=') || tokens.Take("TO")) && !tokens.AtEnd ? Replace(sql, tokens.Start, sql.Length) : sql;
    }

    // Of the file that a server reads itself, only its author knows the encoding; these rows are the script's own.
    private static string KeepInCopy(string sql, SqlTokens tokens)
    {
        while (!tokens.AtEnd && !tokens.Take("FROM"))
        {
            tokens.Skip();
        }

        for (var isInList = false; !tokens.AtEnd && !tokens.Take("WHERE");)
        {
            if (!tokens.Take("ENCODING"))
            {
                isInList |= tokens.Kind == SqlTokenKind.OpenParenthesis;
                tokens.Skip();
            }
            else if (tokens.Kind == SqlTokenKind.Literal || (isInList && tokens.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName))
            {
                sql = Replace(sql, tokens.Start, EndOf(tokens));
                break;
            }
        }

        return sql;
    }

    // As pg_dump calls it: SELECT pg_catalog.set_config('…', '…', false).
    private static string KeepInCalls(string sql, SqlTokens tokens)
    {
        List<(int Start, int End)> values = [];
        while (!tokens.AtEnd)
        {
            var isCall = IsName(tokens, "set_config");
            tokens.Skip();
            if (isCall && tokens.Take('(') && tokens.Kind == SqlTokenKind.Literal && tokens.Text.Contains(Name, StringComparison.OrdinalIgnoreCase))
            {
                SkipArgument(ref tokens);
                var start = tokens.Take(',') && !tokens.AtEnd ? tokens.Start : -1;
                var end = SkipArgument(ref tokens);
                if (start >= 0 && end > start)
                {
                    values.Add((start, end));
                }
            }
        }

        // From the last one on, so that the places of the others hold.
        values.Reverse();
        return values.Aggregate(sql, (text, value) => Replace(text, value.Start, value.End));
    }

    private static int SkipArgument(ref SqlTokens tokens)
    {
        var end = -1;
        while (!tokens.AtEnd && tokens.Text is not ("," or ")"))
        {
            if (tokens.Kind == SqlTokenKind.OpenParenthesis)
            {
                tokens.SkipParentheses();
                end = tokens.AtEnd ? end : tokens.Start;
            }
            else
            {
                end = EndOf(tokens);
                tokens.Skip();
            }
        }

        return end;
    }

    private static bool IsName(SqlTokens tokens, string name) => tokens.Kind switch
    {
        SqlTokenKind.Word => tokens.Text.Equals(name, StringComparison.OrdinalIgnoreCase),
        SqlTokenKind.QuotedName => tokens.Text.Trim('"').Equals(name, StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static int EndOf(SqlTokens tokens) => tokens.Start + tokens.Text.Length;

    private static string Replace(string sql, int start, int end) => $"{sql[..start]}{(end < sql.Length ? Literal.PadRight(end - start) : Literal)}{sql[end..]}";
}

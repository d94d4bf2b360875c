using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.PostgreSql.Scripts;

/// <summary>Reads the statements of a <c>DO</c> block that run whatever is true: none that hangs on a condition, a loop or an exception.</summary>
/// <param name="dialect">What the block is written in.</param>
internal sealed class PostgreSqlBlockReader(PostgreSqlDialect dialect)
{
    private const int LongestKeyword = 16;

    /// <summary>The statements, those too that <c>EXECUTE</c> has as a string.</summary>
    /// <param name="code">The block's code.</param>
    public IReadOnlyList<string> Statements(string code)
    {
        var statements = new List<string>();
        var tokens = new SqlTokens(code, dialect.Lexicon);
        var conditions = 0;
        Span<char> buffer = stackalloc char[LongestKeyword];
        while (!tokens.AtEnd)
        {
            var start = tokens.Start;
            var rest = tokens;
            switch (buffer[..rest.TakeKeyword(buffer)])
            {
                case "DECLARE":
                    SkipTo(ref tokens, "BEGIN");
                    continue;
                case "BEGIN":
                    tokens = rest;
                    continue;
                case "EXCEPTION":
                    return statements;
                case "IF" or "CASE" or "LOOP" or "WHILE" or "FOR" or "FOREACH":
                    // A loop has a head that ends in LOOP; the whole of it is one.
                    conditions++;
                    SkipTo(ref tokens, IsLoop(tokens) ? "LOOP" : "THEN");
                    tokens.Skip();
                    continue;
                case "ELSE":
                    tokens = rest;
                    continue;
                case "ELSIF" or "ELSEIF" or "WHEN":
                    SkipTo(ref tokens, "THEN");
                    tokens.Skip();
                    continue;
                case "END":
                    conditions -= rest.Take("IF") || rest.Take("LOOP") || rest.Take("CASE") ? 1 : 0;
                    break;
                case "EXECUTE" when conditions == 0 && IsWhole(rest):
                    statements.Add(Content(rest.Text));
                    break;
            }

            SkipToSemicolon(ref tokens);
            if (conditions == 0)
            {
                statements.Add(code[start..(tokens.AtEnd ? code.Length : tokens.Start)]);
            }

            tokens.Skip();
        }

        return statements;
    }

    /// <summary>What a string holds.</summary>
    /// <param name="literal">The string, with its quotes.</param>
    public static string Content(ReadOnlySpan<char> literal)
    {
        if (literal[0] == '$')
        {
            var tag = literal[1..].IndexOf('$') + 2;
            return literal[tag..^tag].ToString();
        }

        return literal[(literal.IndexOf('\'') + 1)..^1].ToString().Replace("''", "'", StringComparison.Ordinal);
    }

    // A string that another one follows is a part of the statement only.
    private static bool IsWhole(SqlTokens tokens)
    {
        if (tokens.AtEnd || tokens.Kind != SqlTokenKind.Literal)
        {
            return false;
        }

        tokens.Skip();
        return tokens.AtEnd || tokens.Kind == SqlTokenKind.Semicolon;
    }

    private static bool IsLoop(SqlTokens tokens) => !tokens.Take("IF") && !tokens.Take("CASE");

    private static void SkipTo(ref SqlTokens tokens, string keyword)
    {
        for (var at = tokens; !tokens.AtEnd; tokens.Skip(), at = tokens)
        {
            if (at.Take(keyword))
            {
                return;
            }
        }
    }

    /// <summary>Steps over what is left of a statement.</summary>
    public static void SkipToSemicolon(ref SqlTokens tokens)
    {
        while (!tokens.AtEnd && tokens.Kind != SqlTokenKind.Semicolon)
        {
            tokens.Skip();
        }
    }
}

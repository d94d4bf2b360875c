using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.PostgreSql.Scripts;

/// <summary>Which statements of PostgreSQL depend on the session, and which of them end transactions by themselves.</summary>
internal static class PostgreSqlSession
{
    private const int LongestKeyword = 16;

    private static readonly string[] TransactionWords = ["COMMIT", "ROLLBACK", "CALL"];

    public static SessionEffect EffectOf(SqlTokens statement)
    {
        Span<char> keyword = stackalloc char[LongestKeyword];
        switch (keyword[..statement.TakeKeyword(keyword)])
        {
            case "SET":
                return statement.Take("LOCAL") || statement.Take("CONSTRAINTS") || statement.Take("TRANSACTION") ? SessionEffect.None : SessionEffect.Setting;
            case "RESET" or "DISCARD" or "LOAD" or "DEALLOCATE":
                return SessionEffect.Setting;
            case "PREPARE":
                return statement.Take("TRANSACTION") ? SessionEffect.None : SessionEffect.Setting;
            case "SELECT" when SetsOnly(statement):
                return SessionEffect.Setting;
            case "SELECT" or "WITH":
                return SelectsIntoTemporary(statement) ? SessionEffect.Temporary : SessionEffect.None;
            case "CREATE":
                return CreatesTemporary(statement) ? SessionEffect.Temporary : SessionEffect.None;
            case "DECLARE":
                return Mentions(statement, "HOLD") ? SessionEffect.Temporary : SessionEffect.None;
            default:
                return SessionEffect.None;
        }
    }

    /// <summary>Whether a statement that is allowed in a transaction does the same there as outside one.</summary>
    public static bool CanShareTransaction(SqlTokens statement)
    {
        Span<char> keyword = stackalloc char[LongestKeyword];
        switch (keyword[..statement.TakeKeyword(keyword)])
        {
            // A procedure may commit, but not within somebody else's transaction.
            case "CALL":
                return false;
            case "DO":
                return !MentionsTransactions(statement);
            case "SAVEPOINT" or "RELEASE" or "ROLLBACK" or "ABORT":
                return false;
            default:
                return true;
        }
    }

    /// <summary>Whether a statement may commit by itself, where nobody else's transaction is open.</summary>
    public static bool MayCommit(SqlTokens statement) => statement.Take("CALL") || (statement.Take("DO") && MentionsTransactions(statement));

    /// <summary>Steps over the name of the function that sets something.</summary>
    public static bool TakesSetConfig(ref SqlTokens rest)
    {
        if (rest.Take("PG_CATALOG"))
        {
            rest.Take('.');
        }

        return rest.Take("SET_CONFIG") && rest.Kind == SqlTokenKind.OpenParenthesis;
    }

    /// <summary>Steps over what makes the object temporary that a CREATE creates.</summary>
    public static bool TakesTemporary(ref SqlTokens rest)
    {
        if (!rest.Take("GLOBAL"))
        {
            rest.Take("LOCAL");
        }

        return rest.Take("TEMP") || rest.Take("TEMPORARY");
    }

    // As pg_dump does it: SELECT pg_catalog.set_config('search_path', '', false).
    private static bool SetsOnly(SqlTokens rest)
    {
        if (!TakesSetConfig(ref rest))
        {
            return false;
        }

        rest.SkipParentheses();
        return rest.AtEnd;
    }

    private static bool SelectsIntoTemporary(SqlTokens rest)
    {
        for (; !rest.AtEnd; rest.Skip())
        {
            if (rest.Take("INTO") && (rest.Take("LOCAL") || rest.Take("TEMP") || rest.Take("TEMPORARY")))
            {
                return true;
            }
        }

        return false;
    }

    private static bool CreatesTemporary(SqlTokens rest)
    {
        if (rest.Take("OR"))
        {
            rest.Take("REPLACE");
        }

        if (TakesTemporary(ref rest))
        {
            return true;
        }

        for (; !rest.AtEnd; rest.Skip())
        {
            if (rest.Take("PG_TEMP") && rest.Take('.'))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether a keyword stands anywhere in a statement.</summary>
    public static bool Mentions(SqlTokens rest, string keyword)
    {
        while (!rest.AtEnd && !rest.Take(keyword))
        {
            rest.Skip();
        }

        return !rest.AtEnd;
    }

    private static bool MentionsTransactions(SqlTokens rest)
    {
        for (; !rest.AtEnd; rest.Skip())
        {
            var body = rest.Text.ToString();
            if (rest.Kind == SqlTokenKind.Literal && TransactionWords.Any(word => body.Contains(word, StringComparison.OrdinalIgnoreCase)))
            {
                return true;
            }
        }

        return false;
    }
}

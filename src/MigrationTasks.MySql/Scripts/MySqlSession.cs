using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.MySql.Scripts;

/// <summary>Which statements of MySQL and MariaDB depend on the session.</summary>
internal static class MySqlSession
{
    private const int LongestKeyword = 16;

    public static SessionEffect EffectOf(SqlTokens statement)
    {
        Span<char> keyword = stackalloc char[LongestKeyword];
        switch (keyword[..statement.TakeKeyword(keyword)])
        {
            case "SET":
                return EffectOfSet(statement);
            case "USE" or "PREPARE" or "DEALLOCATE":
                return SessionEffect.Setting;
            case "LOCK" when statement.Take("TABLES") || statement.Take("TABLE"):
                return SessionEffect.Locks;
            case "UNLOCK" when statement.Take("TABLES") || statement.Take("TABLE"):
            case "BEGIN" when !statement.Take("NOT"):
            case "START" when statement.Take("TRANSACTION"):
                return SessionEffect.Unlocks;
            case "CREATE":
                return CreatesTemporary(statement) ? SessionEffect.Temporary : SessionEffect.None;
            case "DROP":
                return statement.Take("PREPARE") ? SessionEffect.Setting : SessionEffect.None;
            case "SELECT" or "WITH" or "INSERT" or "UPDATE" or "DELETE" or "DO" or "REPLACE":
                return AssignsVariable(statement) ? SessionEffect.Temporary : SessionEffect.None;
            case "HANDLER":
                return SessionEffect.Temporary;
            default:
                return SessionEffect.None;
        }
    }

    /// <summary>Whether a statement that is allowed in a transaction does the same there as outside one.</summary>
    public static bool CanShareTransaction(SqlTokens statement) => !(statement.Take("SAVEPOINT") || statement.Take("RELEASE") || statement.Take("ROLLBACK"));

    private static SessionEffect EffectOfSet(SqlTokens rest)
    {
        if (rest.Take("GLOBAL") || rest.Take("PERSIST") || rest.Take("PERSIST_ONLY") || rest.Take("PASSWORD") || rest.Take("TRANSACTION") || rest.Take("STATEMENT"))
        {
            return SessionEffect.None;
        }

        if (rest.Take("DEFAULT") && rest.Take("ROLE"))
        {
            return SessionEffect.None;
        }

        // What a variable is computed from may be something else the next time.
        return rest.Mentions('@') && ComputesVariable(rest) ? SessionEffect.Temporary : SessionEffect.Setting;
    }

    private static bool ComputesVariable(SqlTokens rest)
    {
        var isOfUser = false;
        for (; !rest.AtEnd; rest.Skip())
        {
            isOfUser |= rest.Take('@') && !rest.Take('@');
            if (isOfUser && rest.Kind == SqlTokenKind.OpenParenthesis)
            {
                return true;
            }
        }

        return false;
    }

    // SELECT … INTO @a, SELECT @a := …
    private static bool AssignsVariable(SqlTokens rest)
    {
        if (!rest.Mentions('@'))
        {
            return false;
        }

        for (; !rest.AtEnd; rest.Skip())
        {
            if ((rest.Take("INTO") && rest.Take('@')) || (rest.Take(':') && rest.Take('=')))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Whether what a CREATE creates is for the session alone.</summary>
    public static bool CreatesTemporary(SqlTokens rest)
    {
        if (rest.Take("OR"))
        {
            rest.Take("REPLACE");
        }

        return rest.Take("TEMPORARY");
    }
}

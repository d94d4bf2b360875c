using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.MySql.Scripts;

/// <summary>Which statements of MySQL and MariaDB control transactions, or commit the one that is open.</summary>
internal static class MySqlStatements
{
    private const int LongestKeyword = 16;

    public static StatementKind Classify(SqlTokens statement)
    {
        // Behind a DELIMITER, one piece may hold several statements, and the server runs them all.
        var kind = ClassifyFirst(statement);
        return kind != StatementKind.CommitsImplicitly && statement.Mentions(';') && HoldsSeveral(statement) ? StatementKind.CommitsImplicitly : kind;
    }

    private static StatementKind ClassifyFirst(SqlTokens statement)
    {
        Span<char> keyword = stackalloc char[LongestKeyword];
        switch (keyword[..statement.TakeKeyword(keyword)])
        {
            case "BEGIN":
                return ClassifyBegin(statement);
            case "START":
                return ClassifyStart(statement);
            case "COMMIT":
                statement.Take("WORK");
                return EndsHere(statement) ? StatementKind.TransactionEnd : StatementKind.TransactionControl;
            case "ROLLBACK":
                statement.Take("WORK");
                return statement.Take("TO") ? StatementKind.Ordinary : StatementKind.TransactionControl;
            case "XA":
                return StatementKind.TransactionControl;
            case "SET":
                return ClassifySet(statement);
            case "CREATE":
                return Commits(!MySqlSession.CreatesTemporary(statement));
            case "DROP":
                return Commits(!statement.Take("TEMPORARY") && !statement.Take("PREPARE"));
            case "ANALYZE":
                return Commits(ChangesTable(statement));
            case "LOAD":
                return Commits(statement.Take("INDEX"));
            case "CALL" or "EXECUTE":
                // What they run may commit.
                return StatementKind.CommitsImplicitly;
            case "IF" or "CASE" or "LOOP" or "WHILE" or "REPEAT" or "FOR":
                // MariaDB's statements outside of a routine: what is in them may commit too.
                return StatementKind.CommitsImplicitly;
            case "ALTER" or "RENAME" or "TRUNCATE" or "GRANT" or "REVOKE" or "LOCK" or "UNLOCK" or "FLUSH" or "RESET":
            case "OPTIMIZE" or "REPAIR" or "CHECK" or "CACHE" or "INSTALL" or "UNINSTALL" or "CHANGE" or "STOP" or "BACKUP" or "CLONE" or "IMPORT":
                return StatementKind.CommitsImplicitly;
            default:
                return StatementKind.Ordinary;
        }
    }

    private static StatementKind Commits(bool commits) => commits ? StatementKind.CommitsImplicitly : StatementKind.Ordinary;

    // BEGIN NOT ATOMIC is MariaDB's block outside a routine; what is in it may commit.
    private static StatementKind ClassifyBegin(SqlTokens rest)
    {
        if (rest.Take("NOT"))
        {
            return StatementKind.CommitsImplicitly;
        }

        rest.Take("WORK");
        return EndsHere(rest) ? StatementKind.TransactionStart : StatementKind.TransactionControl;
    }

    private static StatementKind ClassifyStart(SqlTokens rest)
    {
        if (!rest.Take("TRANSACTION"))
        {
            return StatementKind.CommitsImplicitly;
        }

        return EndsHere(rest) ? StatementKind.TransactionStart : StatementKind.TransactionControl;
    }

    private static StatementKind ClassifySet(SqlTokens rest)
    {
        if (rest.Take("STATEMENT"))
        {
            return rest.SkipPast("FOR") ? ClassifyFirst(rest) : StatementKind.Ordinary;
        }

        if (rest.Take("TRANSACTION"))
        {
            return StatementKind.NeedsNoTransaction;
        }

        if (rest.Take("PASSWORD") || (rest.Take("DEFAULT") && rest.Take("ROLE")))
        {
            return StatementKind.CommitsImplicitly;
        }

        while (!rest.AtEnd)
        {
            var kind = ClassifyAssignment(ref rest);
            if (kind != StatementKind.Ordinary)
            {
                return kind;
            }

            while (!rest.AtEnd && !rest.Take(','))
            {
                rest.Skip();
            }
        }

        return StatementKind.Ordinary;
    }

    // autocommit, SESSION autocommit, @@autocommit, @@SESSION.autocommit; @autocommit is the user's.
    private static StatementKind ClassifyAssignment(ref SqlTokens rest)
    {
        if (rest.Take('@') && !rest.Take('@'))
        {
            return StatementKind.Ordinary;
        }

        if (rest.Take("SESSION") || rest.Take("LOCAL"))
        {
            rest.Take('.');
        }

        if (rest.Take("AUTOCOMMIT"))
        {
            return TurnsOff(rest) ? StatementKind.TransactionControl : StatementKind.CommitsImplicitly;
        }

        if (rest.Take("SQL_MODE"))
        {
            return TakesBackslashes(rest) ? StatementKind.ChangesQuoting : StatementKind.Ordinary;
        }

        return rest.Take("SQL_LOG_BIN") || rest.Take("BINLOG_FORMAT") ? StatementKind.NeedsNoTransaction : StatementKind.Ordinary;
    }

    // However the value is put together; REPLACE takes out of it.
    private static bool TakesBackslashes(SqlTokens rest)
    {
        for (; !rest.AtEnd && !rest.Take("REPLACE"); rest.Skip())
        {
            if (rest.Text.Contains("NO_BACKSLASH_ESCAPES", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static bool TurnsOff(SqlTokens rest)
    {
        rest.Take(':');
        return rest.Take('=') && (rest.Take('0') || rest.Take("OFF") || rest.Take("FALSE"));
    }

    // MariaDB's ANALYZE SELECT only looks.
    private static bool ChangesTable(SqlTokens rest)
    {
        if (!rest.Take("LOCAL"))
        {
            rest.Take("NO_WRITE_TO_BINLOG");
        }

        return rest.Take("TABLE") || rest.Take("TABLES");
    }

    private static bool EndsHere(SqlTokens rest) => rest.AtEnd || rest.Kind == SqlTokenKind.Semicolon;

    private static bool HoldsSeveral(SqlTokens rest)
    {
        while (!rest.AtEnd && rest.Kind != SqlTokenKind.Semicolon)
        {
            rest.Skip();
        }

        while (!rest.AtEnd && rest.Kind == SqlTokenKind.Semicolon)
        {
            rest.Skip();
        }

        return !rest.AtEnd;
    }
}

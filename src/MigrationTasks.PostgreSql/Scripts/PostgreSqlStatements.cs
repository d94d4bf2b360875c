using System.Text.RegularExpressions;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.PostgreSql.Scripts;

/// <summary>Which statements of PostgreSQL control transactions, or are refused inside one.</summary>
internal static partial class PostgreSqlStatements
{
    private const int LongestKeyword = 16;

    public static StatementKind Classify(SqlTokens statement)
    {
        Span<char> keyword = stackalloc char[LongestKeyword];
        switch (keyword[..statement.TakeKeyword(keyword)])
        {
            case "BEGIN":
                return IsPlain(statement) ? StatementKind.TransactionStart : StatementKind.TransactionControl;
            case "START" when statement.Take("TRANSACTION"):
                return statement.AtEnd ? StatementKind.TransactionStart : StatementKind.TransactionControl;
            case "COMMIT" or "END":
                return IsPlain(statement) ? StatementKind.TransactionEnd : StatementKind.TransactionControl;
            case "ROLLBACK" or "ABORT":
                return IsToSavepoint(statement) ? StatementKind.Ordinary : StatementKind.TransactionControl;
            case "PREPARE" when statement.Take("TRANSACTION"):
                return StatementKind.TransactionControl;
            case "SELECT":
                return OpensLargeObject(statement) ? StatementKind.NeedsTransaction : StatementKind.Ordinary;
            case "DO" or "UPDATE":
                return ChangesEncoding(statement) ? StatementKind.ChangesEncoding : StatementKind.Ordinary;
            case "COPY":
                return PostgreSqlCopy.Classify(statement);
            case "CREATE":
                return Refused(CreateIsRefused(statement));
            case "DROP":
                return Refused(DropIsRefused(statement));
            case "ALTER":
                return Refused(AlterIsRefused(statement));
            case "REINDEX":
                return Refused(ReindexIsRefused(statement));
            case "CLUSTER":
                return Refused(ClustersAllTables(statement));
            case "DISCARD":
                return Refused(statement.Take("ALL"));
            case "VACUUM":
                return StatementKind.NeedsNoTransaction;
            default:
                return StatementKind.Ordinary;
        }
    }

    private static StatementKind Refused(bool inTransaction) =>
        inTransaction ? StatementKind.NeedsNoTransaction : StatementKind.Ordinary;

    private static bool IsPlain(SqlTokens rest)
    {
        SkipNoiseWord(ref rest);
        return rest.AtEnd;
    }

    private static bool IsToSavepoint(SqlTokens rest)
    {
        SkipNoiseWord(ref rest);
        return rest.Take("TO");
    }

    private static void SkipNoiseWord(ref SqlTokens rest)
    {
        if (!rest.Take("WORK"))
        {
            rest.Take("TRANSACTION");
        }
    }

    // In the source of a block, or by writing to the view of all settings.
    private static bool ChangesEncoding(SqlTokens rest)
    {
        var isSettings = false;
        for (; !rest.AtEnd; rest.Skip())
        {
            isSettings |= rest.Kind is SqlTokenKind.Word or SqlTokenKind.QuotedName && rest.Text.Trim('"').Equals("pg_settings", StringComparison.OrdinalIgnoreCase);
            if (rest.Kind == SqlTokenKind.Literal
                && (EncodingSetting().IsMatch(rest.Text) || (isSettings && rest.Text.Contains("client_encoding", StringComparison.OrdinalIgnoreCase))))
            {
                return true;
            }
        }

        return false;
    }

    [GeneratedRegex(@"\bset(_config\s*\(\s*'+|\s+(session\s+|local\s+)?""?)client_encoding\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex EncodingSetting();

    // What it returns is a descriptor, which ends with the transaction.
    private static bool OpensLargeObject(SqlTokens rest)
    {
        if (rest.Take("PG_CATALOG"))
        {
            rest.Take('.');
        }

        return rest.Take("LO_OPEN");
    }

    private static bool CreateIsRefused(SqlTokens rest)
    {
        if (rest.Take("SUBSCRIPTION"))
        {
            return !PostgreSqlOptions.IsOff(rest, "CONNECT") && !PostgreSqlOptions.IsOff(rest, "CREATE_SLOT");
        }

        rest.Take("UNIQUE");
        return rest.Take("INDEX") ? rest.Take("CONCURRENTLY") : rest.Take("DATABASE") || rest.Take("TABLESPACE");
    }

    private static bool DropIsRefused(SqlTokens rest) => rest.Take("INDEX")
        ? rest.Take("CONCURRENTLY")
        : rest.Take("DATABASE") || rest.Take("TABLESPACE") || rest.Take("SUBSCRIPTION");

    private static bool AlterIsRefused(SqlTokens rest)
    {
        if (rest.Take("TABLE"))
        {
            return DetachesConcurrently(rest);
        }

        if (rest.Take("DATABASE"))
        {
            return rest.TakeName() && rest.Take("SET") && rest.Take("TABLESPACE");
        }

        return rest.Take("SUBSCRIPTION") ? RefreshesSubscription(rest) : rest.Take("SYSTEM");
    }

    private static bool DetachesConcurrently(SqlTokens rest)
    {
        if (rest.Take("IF"))
        {
            rest.Take("EXISTS");
        }

        rest.Take("ONLY");
        if (rest.Kind == SqlTokenKind.OpenParenthesis)
        {
            rest.SkipParentheses();
        }
        else
        {
            rest.TakeName();
        }

        rest.Take('*');
        return rest.Take("DETACH") && rest.Take("PARTITION") && rest.TakeName() && rest.Take("CONCURRENTLY");
    }

    private static bool RefreshesSubscription(SqlTokens rest)
    {
        rest.TakeName();
        if (rest.Take("REFRESH"))
        {
            return rest.Take("PUBLICATION");
        }

        return (rest.Take("SET") || rest.Take("ADD") || rest.Take("DROP"))
            && rest.Take("PUBLICATION")
            && !PostgreSqlOptions.IsOff(rest, "REFRESH");
    }

    private static bool ReindexIsRefused(SqlTokens rest)
    {
        var isConcurrent = PostgreSqlOptions.IsOn(rest, "CONCURRENTLY");
        rest.SkipParentheses();
        return isConcurrent
            || rest.Take("SCHEMA")
            || rest.Take("DATABASE")
            || rest.Take("SYSTEM")
            || ((rest.Take("INDEX") || rest.Take("TABLE")) && rest.Take("CONCURRENTLY"));
    }

    private static bool ClustersAllTables(SqlTokens rest)
    {
        rest.Take("VERBOSE");
        rest.SkipParentheses();
        return rest.AtEnd;
    }
}

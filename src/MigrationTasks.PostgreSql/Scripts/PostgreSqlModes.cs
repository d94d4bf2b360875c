using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.PostgreSql.Scripts;

/// <summary>How a transaction of PostgreSQL shall be: <c>BEGIN ISOLATION LEVEL …</c>, <c>SET TRANSACTION …</c>.</summary>
internal static class PostgreSqlModes
{
    private const string ReadOnly = "READ ONLY";
    private const int LongestKeyword = 16;

    /// <summary>The modes that a statement begins a transaction with, or gives to the one that has begun, in the order that it has them; <see langword="null"/> when there are none.</summary>
    public static string? Of(SqlTokens statement)
    {
        Span<char> keyword = stackalloc char[LongestKeyword];
        switch (keyword[..statement.TakeKeyword(keyword)])
        {
            case "BEGIN":
                if (!statement.Take("WORK"))
                {
                    statement.Take("TRANSACTION");
                }

                return Read(statement);
            case "START":
                return statement.Take("TRANSACTION") ? Read(statement) : null;
            case "SET":
                return OfSetting(statement);
            default:
                return null;
        }
    }

    private static string? OfSetting(SqlTokens rest)
    {
        if (rest.Take("TRANSACTION"))
        {
            return Read(rest);
        }

        if (!rest.Take("SESSION"))
        {
            rest.Take("LOCAL");
        }

        return rest.Take("TRANSACTION_ISOLATION") && (rest.Take('=') || rest.Take("TO")) && LevelOf(rest.Text.Trim('\'')) is { } level ? $"ISOLATION LEVEL {level}" : null;
    }

    private static string? Read(SqlTokens rest)
    {
        var modes = new List<string>();
        while (!rest.AtEnd)
        {
            if (ReadMode(ref rest) is not { } mode)
            {
                return null;
            }

            modes.Add(mode);
            rest.Take(',');
        }

        return modes.Count == 0 ? null : string.Join(", ", modes);
    }

    private static string? ReadMode(ref SqlTokens rest)
    {
        if (rest.Take("ISOLATION"))
        {
            return rest.Take("LEVEL") && ReadLevel(ref rest) is { } level ? $"ISOLATION LEVEL {level}" : null;
        }

        if (rest.Take("READ"))
        {
            return rest.Take("ONLY") ? ReadOnly : rest.Take("WRITE") ? "READ WRITE" : null;
        }

        if (rest.Take("NOT"))
        {
            return rest.Take("DEFERRABLE") ? "NOT DEFERRABLE" : null;
        }

        return rest.Take("DEFERRABLE") ? "DEFERRABLE" : null;
    }

    private static string? ReadLevel(ref SqlTokens rest)
    {
        if (rest.Take("SERIALIZABLE"))
        {
            return "SERIALIZABLE";
        }

        if (rest.Take("REPEATABLE"))
        {
            return rest.Take("READ") ? "REPEATABLE READ" : null;
        }

        return !rest.Take("READ") ? null : rest.Take("COMMITTED") ? "READ COMMITTED" : rest.Take("UNCOMMITTED") ? "READ UNCOMMITTED" : null;
    }

    private static string? LevelOf(ReadOnlySpan<char> value)
    {
        foreach (var level in (ReadOnlySpan<string>)["SERIALIZABLE", "REPEATABLE READ", "READ COMMITTED", "READ UNCOMMITTED"])
        {
            if (value.Equals(level, StringComparison.OrdinalIgnoreCase))
            {
                return level;
            }
        }

        return null;
    }
}

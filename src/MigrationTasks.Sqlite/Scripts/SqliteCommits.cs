using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Sqlite.Scripts;

/// <summary>
/// Where commits matter to SQLite: foreign keys can be switched on and off between transactions only. A run has them off and checks
/// them before it commits, which is the same for all but what an enforced key does by itself: delete, change or refuse other rows.
/// </summary>
internal sealed class SqliteCommits : CommitTracker
{
    private const int LongestKeyword = 16;

    private bool _isEnforced;

    /// <inheritdoc/>
    public override void Pass(ScriptStatement statement, bool isInTransaction)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var tokens = SqliteDialect.Instance.ReadTokens(statement.Text);
        if (tokens.Take("PRAGMA"))
        {
            _isEnforced = isInTransaction ? _isEnforced : ValueOf(tokens) ?? _isEnforced;
            return;
        }

        Matters |= _isEnforced && MayActOnKeys(tokens);
    }

    // Of PRAGMA foreign_keys; null when it is another one, or only asks.
    private static bool? ValueOf(SqlTokens rest)
    {
        var afterSchema = rest;
        afterSchema.Skip();
        if (afterSchema.Take('.'))
        {
            rest = afterSchema;
        }

        if (!rest.Take("FOREIGN_KEYS") || !(rest.Take('=') || rest.Take('(')))
        {
            return null;
        }

        var value = rest.Text.Trim("'\"");
        return !(value is "0" || value.Equals("off", StringComparison.OrdinalIgnoreCase) || value.Equals("false", StringComparison.OrdinalIgnoreCase)
            || value.Equals("no", StringComparison.OrdinalIgnoreCase));
    }

    private static bool MayActOnKeys(SqlTokens statement)
    {
        Span<char> keyword = stackalloc char[LongestKeyword];
        return keyword[..statement.TakeKeyword(keyword)] switch
        {
            "DELETE" or "UPDATE" or "REPLACE" or "WITH" => true,
            "INSERT" => statement.Take("OR") && statement.Take("REPLACE"),
            "DROP" => statement.Take("TABLE"),
            _ => false,
        };
    }
}

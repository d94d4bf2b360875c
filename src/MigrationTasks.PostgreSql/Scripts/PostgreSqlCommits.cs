using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.PostgreSql.Scripts;

/// <summary>
/// Where commits matter to PostgreSQL: a new value of an enum can be used only behind one, what was set or made for a transaction
/// goes with it, and a procedure may commit by itself only where no transaction is open.
/// </summary>
internal sealed class PostgreSqlCommits : CommitTracker
{
    private const int LongestKeyword = 16;

    private bool _waits;
    private bool _isCommitted;

    /// <inheritdoc/>
    public override void Pass(ScriptStatement statement, bool isInTransaction)
    {
        ArgumentNullException.ThrowIfNull(statement);
        var tokens = PostgreSqlDialect.Instance.ReadTokens(statement.Text);
        Matters |= _isCommitted && statement.SessionEffect != SessionEffect.Setting;
        Matters |= !isInTransaction && PostgreSqlSession.MayCommit(tokens);
        _waits |= IsBoundToTransaction(tokens);
    }

    /// <inheritdoc/>
    public override void Commit() => _isCommitted |= _waits;

    private static bool IsBoundToTransaction(SqlTokens statement)
    {
        Span<char> keyword = stackalloc char[LongestKeyword];
        return keyword[..statement.TakeKeyword(keyword)] switch
        {
            "ALTER" => statement.Take("TYPE") && statement.TakeName() && statement.Take("ADD") && statement.Take("VALUE"),
            "SET" => statement.Take("LOCAL") || statement.Take("CONSTRAINTS"),
            "SELECT" => PostgreSqlSession.TakesSetConfig(ref statement) && !PostgreSqlSession.Mentions(statement, "FALSE"),
            "CREATE" => PostgreSqlSession.TakesTemporary(ref statement) && GoesAtCommit(statement),
            "DECLARE" => true,
            _ => false,
        };
    }

    private static bool GoesAtCommit(SqlTokens rest)
    {
        while (rest.SkipPast("ON"))
        {
            if (rest.Take("COMMIT"))
            {
                return !rest.Take("PRESERVE");
            }
        }

        return false;
    }
}

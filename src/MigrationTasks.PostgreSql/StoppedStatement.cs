using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// A statement that the server stopped: because it took too long, or because somebody asked for that. Both have one code, and what
/// is said of them is in the server's language; but each comes from a place of its own in the server's source. Which of them is that
/// of the time limit shows when a statement runs into one on purpose.
/// </summary>
internal static class StoppedStatement
{
    private const string Savepoint = "migration_tasks_stopped";

    /// <summary>Whether it took longer than its limit.</summary>
    /// <param name="session">The session, where nothing of the script is to be kept.</param>
    /// <param name="exception">What the server said.</param>
    /// <param name="isRehearsal">Whether the transaction that is open must stay as it is.</param>
    public static async Task<bool> IsOverTimeAsync(PostgreSqlScriptSession session, PostgresException exception, bool isRehearsal = false)
    {
        if (exception.SqlState != PostgresErrorCodes.QueryCanceled)
        {
            return false;
        }

        var (begin, end) = isRehearsal
            ? (new[] { $"SAVEPOINT {Savepoint}" }, new[] { $"ROLLBACK TO SAVEPOINT {Savepoint}", $"RELEASE SAVEPOINT {Savepoint}" })
            : (["ROLLBACK", "BEGIN"], ["ROLLBACK"]);
        try
        {
            await session.RunMutedAsync([.. begin, "SET LOCAL statement_timeout = 1", "SELECT pg_catalog.pg_sleep(60)"], CancellationToken.None).ConfigureAwait(false);
        }
        catch (PostgresException sample) when (!ServerErrors.IsConnectionLoss(sample))
        {
            await session.RunMutedAsync(end, CancellationToken.None).ConfigureAwait(false);
            return sample.SqlState == exception.SqlState
                && (sample.Line is null ? sample.MessageText == exception.MessageText : (sample.File, sample.Line) == (exception.File, exception.Line));
        }

        return false;
    }
}

using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>Makes the rollback of a migration this runner's.</summary>
internal static class RollbackClaim
{
    /// <summary>
    /// Begins a transaction that locks the rows of the history, and marks the migration as being undone, when it is applied and the
    /// newest.
    /// </summary>
    /// <returns>Whether it is; the transaction is open either way.</returns>
    /// <exception cref="CommandFailure">The server refused it.</exception>
    public static async Task<bool> TakeAsync(WorkSession session, RollbackScript script, CancellationToken cancellation)
    {
        try
        {
            await MySqlRows.ExecuteAsync(session.Connection, $"{SessionState.ForClaim(session.Config)}; START TRANSACTION", cancellation).ConfigureAwait(false);
            var (columns, rows) = await MySqlRows.ReadAsync(session.Connection, session.History.SelectForUpdate, cancellation).ConfigureAwait(false);
            if (!script.IsNewestOf(HistorySchema.Read(session.History.Name, columns, rows)))
            {
                return false;
            }

            await MySqlRows.ExecuteAsync(session.Connection, session.History.RecordUndoing(script.Name, 0), cancellation).ConfigureAwait(false);
            session.Start(script);
            return true;
        }
        catch (MySqlException exception) when (!ServerErrors.IsConnectionLoss(exception))
        {
            throw new CommandFailure(new CommandOrigin(script, CommandPurpose.Claim), exception);
        }
    }
}

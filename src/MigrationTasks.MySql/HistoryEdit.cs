using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>
/// Changes rows of the history: reads them once more under the run lock and under locks of their own, and then changes all of
/// them or none.
/// </summary>
internal sealed class HistoryEdit(MySqlScriptSession session)
{
    /// <exception cref="MigrationException">MIG3008, MIG3021, or MIG3007 when a key refuses a row.</exception>
    public async Task RunAsync(IReadOnlyList<HistoryChange> changes, CancellationToken cancellation)
    {
        await session.BeginAsync(session.History.LockName, cancellation).ConfigureAwait(false);
        try
        {
            await MySqlRows.ExecuteAsync(session.Connection, $"{SessionState.ForClaim(session.Config)}; START TRANSACTION", cancellation).ConfigureAwait(false);
            var (columns, rows) = await MySqlRows.ReadAsync(session.Connection, session.History.SelectForUpdate, cancellation).ConfigureAwait(false);
            HistoryChange.Check(changes, HistorySchema.Read(session.History.Name, columns, rows));
            foreach (var statements in changes.Where(change => change.After is null || change.Values.Count > 0).Select(change => session.History.Edit(change).Text).Chunk(100))
            {
                await MySqlRows.ExecuteAsync(session.Connection, string.Join(";\n", statements), cancellation).ConfigureAwait(false);
            }

            await MySqlRows.ExecuteAsync(session.Connection, string.Join("; ", [.. session.Lease.Fence, SessionState.Commit]), cancellation).ConfigureAwait(false);
        }
        catch (MySqlException exception) when (exception.ErrorCode == MySqlErrorCode.LockWaitTimeout)
        {
            await RollBackAsync().ConfigureAwait(false);
            throw Errors.LockTimeout(session.Config.Target, session.Config.Settings.LockTimeout);
        }
        catch (MySqlException exception) when (exception.ErrorCode == MySqlErrorCode.DuplicateKeyEntry)
        {
            await RollBackAsync().ConfigureAwait(false);
            throw Errors.HistoryUnusable(session.History.Name.ToString(), $"one of its keys refuses a row: {ServerErrors.Describe(exception)} Remove that key and run again.", exception);
        }
        catch
        {
            await RollBackAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task RollBackAsync()
    {
        try
        {
            await session.RollBackAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (ServerErrors.IsConnectionLoss(exception))
        {
            // A broken connection has rolled back by itself, and what broke it is reported.
        }
    }
}

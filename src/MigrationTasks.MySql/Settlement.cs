using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>Whatever happens to a run, its report must say neither more nor less than what stands.</summary>
/// <param name="connections">The connections.</param>
/// <param name="config">The database.</param>
/// <param name="readHistory">Reads the history.</param>
internal sealed class Settlement(MySqlConnections connections, MySqlConfig config, Func<CancellationToken, Task<MigrationHistory>> readHistory)
{
    /// <summary>Does work, and finds out what stands when it breaks off.</summary>
    /// <param name="work">What the run does with its items.</param>
    /// <param name="items">The items.</param>
    /// <param name="session">Where it is done.</param>
    /// <param name="run">Does it.</param>
    /// <exception cref="MigrationException">MIG4006 when the connection broke, MIG4021 when the lease is lost.</exception>
    public async Task<ApplyOutcome> GuardAsync<TItem>(Work<TItem> work, IReadOnlyList<TItem> items, WorkSession session, Func<Task<ApplyOutcome>> run)
    {
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not MigrationException && session.Lease.IsLost(exception))
        {
            // What the history says now may be another run's doing.
            throw session.LeaseLost("");
        }
        catch (OperationCanceledException)
        {
            await FindAsync(work, items, session).ConfigureAwait(false);
            throw;
        }
        catch (Exception exception) when (exception is not MigrationException && ServerErrors.IsConnectionLoss(exception))
        {
            var location = session.Progress.Current?.Location ?? default;
            var standing = await FindAsync(work, items, session).ConfigureAwait(false);
            throw Errors.ConnectionLost(location, config.Target, ServerErrors.Reason(exception), standing, exception, work.Next);
        }
        catch (MySqlException exception)
        {
            throw ServerErrors.ForOwn(exception, config, "recording what was done");
        }
    }

    private Task<string> FindAsync<TItem>(Work<TItem> work, IReadOnlyList<TItem> items, WorkSession session) => work.SettleAsync(items, AskAsync, session.Progress.Settle, () => session.Progress.Completed);

    private async Task<MigrationHistory> AskAsync(CancellationToken cancellation)
    {
        await connections.ReconnectAsync(cancellation).ConfigureAwait(false);
        return await readHistory(cancellation).ConfigureAwait(false);
    }
}

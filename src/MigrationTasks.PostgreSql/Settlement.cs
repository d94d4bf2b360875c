using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>Whatever happens to a run, its report must say neither more nor less than what stands.</summary>
/// <param name="connections">The connections.</param>
/// <param name="config">The database.</param>
/// <param name="readHistory">Reads the history.</param>
internal sealed class Settlement(PostgreSqlConnections connections, PostgreSqlConfig config, Func<CancellationToken, Task<MigrationHistory>> readHistory)
{
    private const int MaxHangUps = 5;

    private static readonly TimeSpan RecoveryPollInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Does work, and finds out what stands when it breaks off.</summary>
    /// <param name="work">What the run does with its items.</param>
    /// <param name="items">The items.</param>
    /// <param name="progress">What was seen.</param>
    /// <param name="run">Does it.</param>
    /// <exception cref="MigrationException">MIG4006 when the connection broke.</exception>
    public async Task<ApplyOutcome> GuardAsync<TItem>(Work<TItem> work, IReadOnlyList<TItem> items, RunProgress progress, Func<Task<ApplyOutcome>> run)
    {
        try
        {
            return await run().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException || (exception is MigrationException && progress.Current is not null))
        {
            // Cancelled, or a file changed since it was checked: what was under way has no end that the server told.
            await FindAsync(work, items, progress).ConfigureAwait(false);
            throw;
        }
        catch (Exception exception) when (ServerErrors.IsConnectionLoss(exception))
        {
            var location = progress.Current?.Location ?? default;
            var standing = await FindAsync(work, items, progress).ConfigureAwait(false);
            throw Errors.ConnectionLost(location, config.Target, ServerErrors.Reason(exception), standing, exception, work.Next);
        }
        catch (NpgsqlException exception)
        {
            throw ServerErrors.ForOwn(exception, config, "recording what was done");
        }
    }

    private Task<string> FindAsync<TItem>(Work<TItem> work, IReadOnlyList<TItem> items, RunProgress progress) =>
        work.SettleAsync(items, cancellation => AskAsync(progress, cancellation), progress.Settle, () => progress.Completed);

    // A server whose process crashed first hangs up on everybody, those too who just got in, and then refuses them until it has
    // taken itself up again.
    private async Task<MigrationHistory> AskAsync(RunProgress progress, CancellationToken cancellation)
    {
        var hangUps = 0;
        while (true)
        {
            try
            {
                var connection = await connections.ReconnectAsync(cancellation).ConfigureAwait(false);
                await SessionState.RollBackAndFlushAsync(connection, progress, cancellation).ConfigureAwait(false);
                return await readHistory(cancellation).ConfigureAwait(false);
            }
            catch (Exception exception) when (ServerErrors.IsRecovery(exception) || (ServerErrors.IsHangUp(exception) && hangUps++ < MaxHangUps))
            {
                await Task.Delay(RecoveryPollInterval, cancellation).ConfigureAwait(false);
            }
        }
    }
}

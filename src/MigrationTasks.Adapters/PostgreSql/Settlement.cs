using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Runner;
using Npgsql;

namespace MigrationTasks.Adapters.PostgreSql;

/// <summary>After a cancelled or broken run only the database knows what was committed last: it is asked.</summary>
/// <param name="connect">Gives a connection that is open, a new one if need be.</param>
/// <param name="readHistory">Reads the history on it.</param>
internal sealed class Settlement(Func<CancellationToken, Task<NpgsqlConnection>> connect, Func<CancellationToken, Task<MigrationHistory>> readHistory)
{
    private const int MaxHangUps = 5;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan RecoveryPollInterval = TimeSpan.FromMilliseconds(200);

    /// <summary>Finds out what stands, and tells the observer where that is not what was seen.</summary>
    /// <param name="work">What the run does with its items.</param>
    /// <param name="items">The items.</param>
    /// <param name="progress">What was seen.</param>
    /// <returns>How much is done: a sentence.</returns>
    public async Task<string> FindAsync<TItem>(Work<TItem> work, List<TItem> items, RunProgress progress)
    {
        try
        {
            using var patience = new CancellationTokenSource(Patience);
            return work.Settle(items, await AskAsync(progress, patience.Token).ConfigureAwait(false), progress.Settle);
        }
        catch (Exception exception) when (exception is MigrationException or NpgsqlException or OperationCanceledException or InvalidOperationException)
        {
            return work.AsFarAsSeen(progress.Done.Count, items.Count);
        }
    }

    // A server whose process crashed first hangs up on everybody, those too who just got in, and then refuses them until it has
    // taken itself up again.
    private async Task<MigrationHistory> AskAsync(RunProgress progress, CancellationToken cancellation)
    {
        var hangUps = 0;
        while (true)
        {
            try
            {
                var connection = await connect(cancellation).ConfigureAwait(false);
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

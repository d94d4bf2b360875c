using MigrationTasks.Engine.Execution;

namespace MigrationTasks.MongoDb;

/// <summary>
/// Waits for what must be written down even when the user has cancelled. Not for ever: where too few members of a replica set are there to
/// confirm a write, the server itself would wait without end.
/// </summary>
internal static class Patience
{
    // An election and what the driver tries meanwhile.
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    /// <summary>Waits for an answer.</summary>
    /// <param name="ask">Asks the server.</param>
    /// <param name="cancellation">Gives up before.</param>
    /// <exception cref="TimeoutException">There was none.</exception>
    public static async Task<T> ForAsync<T>(Func<CancellationToken, Task<T>> ask, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Limit);
        try
        {
            return await ask(patience.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException(Sentence.NoAnswer, exception);
        }
    }
}

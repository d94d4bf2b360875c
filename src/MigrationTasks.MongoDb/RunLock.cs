using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MongoDB.Bson;

namespace MigrationTasks.MongoDb;

/// <summary>
/// The run lock of an adapter. It is taken for each thing that is done, unless a command holds it already while it reads the
/// history and decides what to change in it.
/// </summary>
/// <param name="config">The database.</param>
/// <param name="time">The clock by which the lock is renewed.</param>
internal sealed class RunLock(MongoDbConfig config, TimeProvider time)
{
    private MongoDbLease? _held;

    /// <summary>Holds the lock for whatever is done until it is disposed.</summary>
    /// <exception cref="MigrationException">MIG3008 when another run holds it for too long.</exception>
    public async Task<IAsyncDisposable> HoldAsync(MongoDbSession session, CancellationToken cancellation)
    {
        _held = await TakeAsync(session, cancellation).ConfigureAwait(false);
        return new Hold(this, _held);
    }

    /// <summary>Does something under the lock.</summary>
    /// <param name="session">The session.</param>
    /// <param name="observer">Watches.</param>
    /// <param name="work">Does it; its token also ends when the lock is lost.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="MigrationException">MIG3008 when another run holds the lock for too long, MIG4021 when it is lost.</exception>
    public async Task<ApplyOutcome> RunAsync(MongoDbSession session, IRunObserver observer, Func<MongoDbRun, CancellationToken, Task<ApplyOutcome>> work, CancellationToken cancellation)
    {
        if (_held is { } held)
        {
            return await RunUnderAsync(held).ConfigureAwait(false);
        }

        var lease = await TakeAsync(session, cancellation).ConfigureAwait(false);
        await using var release = lease.ConfigureAwait(false);
        return await RunUnderAsync(lease).ConfigureAwait(false);

        async Task<ApplyOutcome> RunUnderAsync(MongoDbLease lease)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation, lease.Lost);
            var run = new MongoDbRun(session, config, new MongoDbHistory(session, config), lease, observer);
            try
            {
                return await work(run, stop.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (lease.Lost.IsCancellationRequested)
            {
                throw run.LockLost(default, "");
            }
        }
    }

    private Task<MongoDbLease> TakeAsync(MongoDbSession session, CancellationToken cancellation) =>
        MongoDbLease.TakeAsync(session.Database.GetCollection<BsonDocument>(config.Locks), config, session.Id, session.EndAsync, time, cancellation);

    private sealed class Hold(RunLock runLock, MongoDbLease lease) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            runLock._held = null;
            return lease.DisposeAsync();
        }
    }
}

using MigrationTasks.Engine.Execution;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>The connection that scripts run on, with what they need there: the server is listened to, and what they wait for may be looked at.</summary>
internal sealed class WorkSession : IAsyncDisposable
{
    /// <param name="connections">Where its connection comes from.</param>
    /// <param name="config">The database.</param>
    /// <param name="history">The history.</param>
    /// <param name="progress">Is told what the server says.</param>
    public WorkSession(PostgreSqlConnections connections, PostgreSqlConfig config, PostgreSqlHistory history, RunProgress progress)
    {
        (Connection, Config, History, Progress) = (connections.Current, config, history, progress);
        Copies = new CopyImport(Connection, connections.OpenAsync);
        Retries = new LockRetries(this);
        Connection.Notice += progress.OnNotice;
    }

    public NpgsqlConnection Connection { get; }

    public PostgreSqlConfig Config { get; }

    public PostgreSqlHistory History { get; }

    /// <summary>What runs, and what is done.</summary>
    public RunProgress Progress { get; }

    /// <summary>Streams rows to the server.</summary>
    public CopyImport Copies { get; }

    /// <summary>Looks what a script waits for; <see langword="null"/> when nobody does.</summary>
    public LockWatch? Watch { get; private set; }

    /// <summary>How often something is tried again.</summary>
    public LockRetries Retries { get; }

    /// <summary>From here on, what scripts wait for is looked at.</summary>
    /// <param name="sight">Sees it.</param>
    public void WatchLocks(ILockSight sight) => Watch = new LockWatch(sight, Progress);

    /// <summary>A batch that commands travel in.</summary>
    public PostgreSqlBatch CreateBatch() => new(Connection, Copies);

    /// <summary>Ends an open transaction.</summary>
    public Task RollBackAsync(CancellationToken cancellation) => SessionState.RollBackAsync(Connection, Progress, cancellation);

    /// <summary>Runs housekeeping commands in one round trip; nobody is told what the server has to say to them.</summary>
    public Task RunMutedAsync(IEnumerable<string> commands, CancellationToken cancellation) => SessionState.RunMutedAsync(Connection, Progress, commands, cancellation);

    public async ValueTask DisposeAsync()
    {
        Connection.Notice -= Progress.OnNotice;
        if (Watch is { } watch)
        {
            await watch.DisposeAsync().ConfigureAwait(false);
        }
    }
}

using System.Diagnostics;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Migrations;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>The session in which scripts run one after the other, none of which finds anything that another left there.</summary>
/// <param name="connection">Its connection.</param>
/// <param name="config">The database.</param>
/// <param name="history">The history.</param>
/// <param name="observer">Watches.</param>
/// <param name="cancellation">Ends the work.</param>
internal sealed class WorkSession(MySqlConnection connection, MySqlConfig config, MySqlHistory history, IRunObserver observer, CancellationToken cancellation) : IAsyncDisposable
{
    // Then another runner gets its turn, which would else give up in the end.
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(5);

    private string? _lock;
    private long _lockedAt;
    private bool _isFresh;

    public MySqlConnection Connection => connection;

    public MySqlConfig Config => config;

    public MySqlHistory History => history;

    public IRunObserver Observer => observer;

    /// <summary>What it works under in a cluster.</summary>
    public SessionLease Lease { get; } = new(cancellation);

    /// <summary>What runs, and what is done.</summary>
    public ScriptProgress Progress { get; } = new(observer);

    /// <summary>Looks what a script waits for; <see langword="null"/> when nobody does.</summary>
    public LockWatch? Watch { get; private set; }

    /// <summary>
    /// Makes the session as it is after connecting, and takes a lock for it; nothing needs to be done where the script before has
    /// left nothing in it, and had the same lock.
    /// </summary>
    /// <exception cref="MigrationException">MIG3008 when another runner holds the lock for too long.</exception>
    public async Task BeginAsync(string lockName, CancellationToken cancellation)
    {
        var goesOn = _isFresh && _lock == lockName && Stopwatch.GetElapsedTime(_lockedAt) < LongestTurn;
        _isFresh = false;
        if (!goesOn)
        {
            await EndAsync(cancellation).ConfigureAwait(false);
            Lease.Begin(await RunLock.TakeAsync(connection, lockName, config, cancellation).ConfigureAwait(false));
            _lock = lockName;
            _lockedAt = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Makes the session as it is after connecting: without a lock, too.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        _lock = null;
        await connection.ResetConnectionAsync(cancellation).ConfigureAwait(false);
        await Lease.EndAsync().ConfigureAwait(false);
    }

    /// <summary>Gives back what a reset of the session would not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Watch is { } watch)
        {
            await watch.DisposeAsync().ConfigureAwait(false);
        }

        if (Lease.IsHeld)
        {
            // A transaction that is still open may have the row of the lease.
            await TryRollBackAsync().ConfigureAwait(false);
        }

        await Lease.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>From here on, what scripts wait for is looked at.</summary>
    /// <param name="sight">Sees it.</param>
    public void WatchLocks(ILockSight sight) => Watch = new LockWatch(sight, Progress);

    /// <summary>Changes the history in it.</summary>
    /// <param name="action">What is done: "creating the history".</param>
    /// <param name="consequence">What it means when the lease is lost.</param>
    /// <param name="work">Does it; its token also ends when the lease is lost.</param>
    /// <exception cref="MigrationException">MIG4006, MIG4013 or MIG4021 when it fails.</exception>
    public async Task GuardAsync(string action, string consequence, Func<CancellationToken, Task> work)
    {
        try
        {
            await work(Lease.Stop).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not MigrationException && Lease.IsLost(exception))
        {
            throw LeaseLost(consequence);
        }
        catch (Exception exception) when (exception is MySqlException || ServerErrors.IsConnectionLoss(exception))
        {
            throw ServerErrors.ForOwn(exception, config, action);
        }
    }

    /// <summary>MIG4021: the lease is lost.</summary>
    /// <param name="consequence">What became of the script that was running.</param>
    public MigrationException LeaseLost(string consequence) => Errors.RunLockLost(
        Progress.Current?.Location ?? default,
        config.Target,
        Lease.Problem,
        $"{consequence} {Progress.Completed} {(Progress.Completed == 1 ? "migration was" : "migrations were")} completed by this run before that, each of them completely.".TrimStart());

    /// <summary>Ends the transaction in which a claim was made.</summary>
    /// <param name="isClaimed">Whether it was; else nothing is changed.</param>
    /// <param name="cancellation">Gives up.</param>
    public Task EndClaimAsync(bool isClaimed, CancellationToken cancellation) =>
        MySqlRows.ExecuteAsync(connection, isClaimed ? string.Join("; ", [.. Lease.Fence, SessionState.Commit]) : SessionState.RollBack, cancellation);

    /// <summary>A batch whose claim starts its script, and whose statements' warnings are told.</summary>
    /// <param name="done">Is told what is done, too.</param>
    public CommandBatch CreateBatch(Action<CommandOrigin>? done = null) => new(connection, config.Settings.CommandTimeout, (origin, messages) =>
    {
        if (origin.Purpose == CommandPurpose.Claim)
        {
            Start(origin.Script);
        }

        foreach (var message in messages)
        {
            Tell(origin, message);
        }

        // What comes next has not waited for anything yet.
        Watch?.Forget();
        done?.Invoke(origin);
    });

    /// <summary>A script is this runner's, and starts.</summary>
    public void Start(MigrationScript script)
    {
        if (Progress.Current != script)
        {
            Progress.Start(script, connection.ServerThread);
        }
    }

    /// <summary>What runs is committed.</summary>
    /// <param name="leavesNothing">Whether none of its statements has left anything in the session.</param>
    public void Complete(bool leavesNothing)
    {
        _isFresh = leavesNothing;
        Progress.Complete();
    }

    /// <summary>Rolls back what is open.</summary>
    public Task RollBackAsync(CancellationToken cancellation) => MySqlRows.ExecuteAsync(connection, SessionState.RollBack, cancellation);

    private async Task TryRollBackAsync()
    {
        try
        {
            await RollBackAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is MySqlException || ServerErrors.IsConnectionLoss(exception))
        {
            // It goes with its connection.
        }
    }

    private void Tell(CommandOrigin origin, ServerMessage message)
    {
        var text = PlainText.Of(message.ToString());
        if (message.Level == "Note")
        {
            observer.Noticed(origin.Script, text);
        }
        else
        {
            var statement = origin.Statement!;
            observer.Warned(Errors.ServerWarning(origin.Script.Locate(statement.LocationOf(origin.Script.Location.File, 1)), text));
        }
    }
}

using System.Diagnostics;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Rollback;
using MigrationTasks.Engine.Runner;
using MySqlConnector;

namespace MigrationTasks.Adapters.MySql;

/// <summary>The session in which scripts run one after the other, none of which finds anything that another left there.</summary>
internal sealed class WorkSession(MySqlConnection connection, MySqlConfig config, MySqlHistory history, IRunObserver observer) : IAsyncDisposable
{
    // Then another runner gets its turn, which would else give up in the end.
    private static readonly TimeSpan LongestTurn = TimeSpan.FromSeconds(5);

    private readonly List<MigrationScript> _done = [];
    private ClusterLease? _lease;
    private long _startedAt;
    private string? _lock;
    private long _lockedAt;
    private bool _isFresh;

    public MySqlConnection Connection => connection;

    public MySqlConfig Config => config;

    public MySqlHistory History => history;

    public IRunObserver Observer => observer;

    /// <summary>What runs; <see langword="null"/> when nothing does.</summary>
    public MigrationScript? Current { get; private set; }

    /// <summary>What is known to be committed.</summary>
    public IReadOnlyList<MigrationScript> Done => _done;

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
            _lease = await RunLock.TakeAsync(connection, lockName, config, cancellation).ConfigureAwait(false);
            _lock = lockName;
            _lockedAt = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Makes the session as it is after connecting: without a lock, too.</summary>
    public async Task EndAsync(CancellationToken cancellation)
    {
        _lock = null;
        await DisposeAsync().ConfigureAwait(false);
        await connection.ResetConnectionAsync(cancellation).ConfigureAwait(false);
    }

    /// <summary>Gives back what a reset of the session would not.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_lease is { } lease)
        {
            _lease = null;
            await lease.DisposeAsync().ConfigureAwait(false);
        }
    }

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

        done?.Invoke(origin);
    });

    /// <summary>A script is this runner's, and starts.</summary>
    public void Start(MigrationScript script)
    {
        if (Current != script)
        {
            Current = script;
            _startedAt = Stopwatch.GetTimestamp();
            observer.Started(script);
        }
    }

    /// <summary>What runs is committed.</summary>
    /// <param name="leavesNothing">Whether none of its statements has left anything in the session.</param>
    public void Complete(bool leavesNothing)
    {
        _isFresh = leavesNothing;
        Complete(Current!, Stopwatch.GetElapsedTime(_startedAt));
    }

    /// <summary>What runs stopped: it failed, or another runner was faster.</summary>
    public void Stop() => Current = null;

    /// <summary>A script turned out to be committed, or not.</summary>
    public void Settle(MigrationScript script, bool isDone)
    {
        if (isDone && !_done.Contains(script))
        {
            Complete(script, script == Current ? Stopwatch.GetElapsedTime(_startedAt) : TimeSpan.Zero);
        }
        else if (!isDone && _done.Remove(script))
        {
            observer.Lost(script);
        }
    }

    /// <summary>Rolls back what is open.</summary>
    public Task RollBackAsync(CancellationToken cancellation) => MySqlRows.ExecuteAsync(connection, "ROLLBACK", cancellation);

    private void Complete(MigrationScript script, TimeSpan duration)
    {
        Current = null;
        _done.Add(script);
        if (script is RollbackScript rollback)
        {
            observer.RolledBack(rollback, duration);
        }
        else
        {
            observer.Applied((Migration)script, duration);
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

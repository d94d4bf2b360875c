using System.Diagnostics;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using Npgsql;

namespace MigrationTasks.Adapters.PostgreSql;

/// <summary>
/// Looks what a script waits for that takes long, and tells so while it waits: when the wait is over, the server does not
/// know any more who was in the way. The connection that this takes is opened when it is first needed, and a run does
/// without when there is none to be had.
/// </summary>
internal sealed class LockWatch : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(1);

    private readonly PostgreSqlConfig _config;
    private readonly RunProgress _progress;
    private readonly long _runLock;
    private readonly Func<CancellationToken, Task<NpgsqlConnection>> _connect;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _watching;
    private NpgsqlConnection? _connection;
    private volatile Sight? _lastSight;
    private string _told = "";

    /// <param name="config">The database.</param>
    /// <param name="progress">What runs, and in which process of the server.</param>
    /// <param name="runLock">The key of the run lock, the wait for which is not the script's.</param>
    /// <param name="connect">Opens a connection.</param>
    public LockWatch(PostgreSqlConfig config, RunProgress progress, long runLock, Func<CancellationToken, Task<NpgsqlConnection>> connect)
    {
        _config = config;
        _progress = progress;
        _runLock = runLock;
        _connect = connect;
        _watching = Task.Run(WatchAsync);
    }

    /// <summary>What the script waited for that started last, when it was last looked at since <see cref="Forget"/>.</summary>
    public LockWait? LastSeen => _lastSight is { } sight && sight.StartedAt == _progress.LastStartedAt ? sight.Wait : null;

    /// <summary>What was seen is over.</summary>
    public void Forget() => _lastSight = null;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        if (_connection is { } connection)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        _end.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            var lookedAt = Stopwatch.GetTimestamp();
            while (await HasTimeAsync().ConfigureAwait(false))
            {
                if (_progress.Running is { Backend: not 0 } running
                    && Stopwatch.GetElapsedTime(Math.Max(running.StartedAt, lookedAt)) >= PatienceWith(running.Script))
                {
                    await LookAsync(running, _end.Token).ConfigureAwait(false);
                    lookedAt = Stopwatch.GetTimestamp();
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or MigrationException or NpgsqlException or IOException)
        {
            // It is over, or there is no connection to look from: then nobody is named.
        }
    }

    // Most runs end before the first look, and the end must cost them nothing: an exception, or a timer that is cancelled, has the
    // runtime read the program's symbols.
    private async Task<bool> HasTimeAsync()
    {
        await Task.Delay(Tick, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !_end.IsCancellationRequested;
    }

    // A wait that is cut off early has to be looked at early.
    private TimeSpan PatienceWith(MigrationScript script)
    {
        var limit = SessionState.StatementLockTimeout(script, _config) ?? TimeSpan.Zero;
        return limit > TimeSpan.Zero && limit / 3 < LongestPatience ? limit / 3 : LongestPatience;
    }

    private sealed record Sight(long StartedAt, LockWait Wait);

    private async Task LookAsync(RunningScript running, CancellationToken cancellation)
    {
        _connection ??= await _connect(cancellation).ConfigureAwait(false);
        if (await LockWait.ReadAsync(_connection, running.Backend, _runLock, cancellation).ConfigureAwait(false) is not { } wait || _progress.Running != running)
        {
            // It does not wait, or what was seen is another one's by now.
            return;
        }

        _lastSight = new Sight(running.StartedAt, wait);
        var news = $"{running.Script.Name} {wait.What} {string.Join(' ', wait.Holders.Select(holder => holder.Process))}";
        if (_told != news)
        {
            _told = news;
            _progress.Waiting(running.Script, $"waits for {wait.What}. {wait.InItsWay}");
        }
    }
}

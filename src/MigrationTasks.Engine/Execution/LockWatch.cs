using System.Data.Common;
using System.Diagnostics;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Execution;

/// <summary>Sees what a session waits for, over a connection of its own that is opened at the first look.</summary>
internal interface ILockSight : IAsyncDisposable
{
    /// <summary>How long a statement of a script waits for a lock; zero where that is not known, or without limit.</summary>
    TimeSpan LimitOf(MigrationScript script);

    /// <summary>What a session waits for; <see langword="null"/> when it waits for nobody, as far as can be seen.</summary>
    /// <param name="session">The session.</param>
    /// <param name="cancellation">Gives up.</param>
    Task<LockWait?> LookAsync(int session, CancellationToken cancellation);
}

/// <summary>
/// Looks what a script waits for that takes long, and tells so while it waits: when the wait is over, the server does not
/// know any more who was in the way. A run does without when there is no connection to be had for it.
/// </summary>
internal sealed class LockWatch : IAsyncDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPatience = TimeSpan.FromSeconds(1);

    private readonly ILockSight _sight;
    private readonly ScriptProgress _run;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _watching;
    private volatile Observation? _last;
    private string _told = "";

    /// <param name="sight">Sees who waits for whom.</param>
    /// <param name="run">What runs.</param>
    public LockWatch(ILockSight sight, ScriptProgress run)
    {
        (_sight, _run) = (sight, run);
        _watching = Task.Run(WatchAsync);
    }

    /// <summary>What the script waited for that started last, when it was last looked at since <see cref="Forget"/>.</summary>
    public LockWait? LastSeen => _last is { } last && last.StartedAt == _run.LastStartedAt ? last.Wait : null;

    /// <summary>What was seen is over.</summary>
    public void Forget() => _last = null;

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _watching.ConfigureAwait(false);
        await _sight.DisposeAsync().ConfigureAwait(false);
        _end.Dispose();
    }

    private async Task WatchAsync()
    {
        try
        {
            var lookedAt = Stopwatch.GetTimestamp();
            while (await HasTimeAsync().ConfigureAwait(false))
            {
                if (_run.Running is { Session: not 0 } running
                    && Stopwatch.GetElapsedTime(Math.Max(running.StartedAt, lookedAt)) >= PatienceWith(running.Script))
                {
                    await LookAsync(running, _end.Token).ConfigureAwait(false);
                    lookedAt = Stopwatch.GetTimestamp();
                }
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or MigrationException or DbException or IOException)
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
        var limit = _sight.LimitOf(script);
        return limit > TimeSpan.Zero && limit / 3 < LongestPatience ? limit / 3 : LongestPatience;
    }

    private sealed record Observation(long StartedAt, LockWait Wait);

    private async Task LookAsync(RunningScript running, CancellationToken cancellation)
    {
        if (await _sight.LookAsync(running.Session, cancellation).ConfigureAwait(false) is not { } wait || _run.Running != running)
        {
            // It does not wait, or what was seen is another one's by now.
            return;
        }

        _last = new Observation(running.StartedAt, wait);
        var news = $"{running.Script.Name} {wait.What} {string.Join(' ', wait.Holders.Select(holder => holder.Session))}";
        if (_told != news)
        {
            _told = news;
            _run.Waiting(running.Script, $"waits for {wait.What}. {wait.InItsWay}");
        }
    }
}

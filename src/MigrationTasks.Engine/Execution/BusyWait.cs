using System.Diagnostics;

namespace MigrationTasks.Engine.Execution;

/// <summary>Waits for somebody else in short sleeps, for a limited time, and stops at once when it is cancelled.</summary>
/// <param name="limit">How long to wait in all.</param>
internal sealed class BusyWait(TimeSpan limit)
{
    private const int LongestSleepMilliseconds = 50;

    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private int _sleepMilliseconds = 1;

    /// <summary>Whether the time is over.</summary>
    public bool IsOver => Stopwatch.GetElapsedTime(_startedAt) >= limit;

    /// <summary>Sleeps, a little longer every time.</summary>
    public void Next(CancellationToken cancellation)
    {
        cancellation.WaitHandle.WaitOne(_sleepMilliseconds);
        cancellation.ThrowIfCancellationRequested();
        _sleepMilliseconds = Math.Min(_sleepMilliseconds * 2, LongestSleepMilliseconds);
    }
}

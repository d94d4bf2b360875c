using System.Diagnostics;
using System.Globalization;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Execution;

/// <summary>
/// The attempts at what somebody else stands in the way of, with longer and longer pauses between them: in those, whoever had queued
/// up behind the script gets through. They differ by chance, so that two who hindered each other do not meet again.
/// </summary>
/// <param name="retries">How often it is tried again.</param>
internal sealed class Attempts(int retries)
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    private int _failed;
    private long _startedAt = Stopwatch.GetTimestamp();

    /// <summary>How many there were, and for how long: a sentence.</summary>
    public string Summary => $"It was tried {(_failed == 1 ? "once" : $"{_failed} times")} in {Wording.Of(Stopwatch.GetElapsedTime(_startedAt))}.";

    /// <summary>What comes is tried for the first time.</summary>
    /// <param name="startedAt">When it started, in ticks of <see cref="Stopwatch"/>.</param>
    public void Begin(long startedAt) => (_failed, _startedAt) = (0, startedAt);

    /// <summary>The attempt failed.</summary>
    /// <returns>Whether there is another.</returns>
    public bool Fail() => ++_failed <= retries;

    /// <summary>How long to wait for the next one, and a sentence that says so.</summary>
    public (TimeSpan Pause, string Announcement) Next()
    {
        var longest = Math.Min(FirstPause.TotalMilliseconds * Math.Pow(2, _failed - 1), LongestPause.TotalMilliseconds);
        var pause = TimeSpan.FromMilliseconds(longest * (0.5 + (Random.Shared.NextDouble() / 2)));
        return (pause, string.Create(CultureInfo.InvariantCulture, $"Attempt {_failed + 1} of {retries + 1} is in {Wording.Of(pause)}."));
    }
}

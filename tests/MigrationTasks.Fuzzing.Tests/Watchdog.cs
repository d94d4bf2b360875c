namespace MigrationTasks.Fuzzing.Tests;

/// <summary>
/// Ends the process when an input takes forever: nothing else can, and the input would be lost. It is written down
/// first.
/// </summary>
internal sealed class Watchdog : IDisposable
{
    // The inputs are small: this is thousands of times what the slowest one takes on a busy machine.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Timer _timer;
    private Work? _current;

    public Watchdog(string parser) => _timer = new Timer(
        _ =>
        {
            if (Volatile.Read(ref _current) is { } work && Environment.TickCount64 - work.StartedAt > Patience.TotalMilliseconds)
            {
                Environment.FailFast($"{parser} is not done after {Patience.TotalSeconds} s with {Corpus.Keep(parser, work.Input)}");
            }
        },
        null,
        TimeSpan.FromSeconds(1),
        TimeSpan.FromSeconds(1));

    public void Watch(string input, Action<string> check)
    {
        Volatile.Write(ref _current, new Work(input, Environment.TickCount64));
        check(input);
        Volatile.Write(ref _current, null);
    }

    public void Dispose() => _timer.Dispose();

    private sealed record Work(string Input, long StartedAt);
}

namespace MigrationTasks.Adapters.Tests.Chaos;

/// <summary>What an undisturbed run is like.</summary>
/// <param name="Time">How long it takes.</param>
/// <param name="Lines">How many lines it says.</param>
/// <param name="Traffic">How many bytes it sends and receives, where they can be counted.</param>
internal sealed record ChaosMeasure(TimeSpan Time, int Lines, (long ToServer, long ToClient)? Traffic);

/// <summary>
/// A moment of a run at which something goes wrong, made from a seed: after some time; shortly after something that the run
/// says; or after a number of bytes, which is the same place every time.
/// </summary>
internal sealed class ChaosMoment
{
    private readonly double _choice;
    private readonly string _clue;
    private readonly Func<RunnerProcess, ChaosTarget, Harm, Task> _strike;

    public ChaosMoment(int seed, ChaosMeasure usual)
    {
        var random = new Random(seed);
        WithHistoryScript = random.Next(4) == 0;
        _choice = random.NextDouble();
        var delay = usual.Time * 1.1 * random.NextDouble();
        // The first line says that it is ready, the last ones are its report.
        var line = random.Next(2, usual.Lines);
        var pause = TimeSpan.FromMilliseconds(random.Next(30));
        var toServer = random.Next(2) == 0;
        var bytes = usual.Traffic is { } traffic ? BytesOf(random, toServer ? traffic.ToServer : traffic.ToClient) : 0;
        switch (random.Next(usual.Traffic is null ? 2 : 3))
        {
            case 0:
                _clue = $"after {delay.TotalMilliseconds:F0} ms";
                _strike = (victim, _, harm) => StrikeAfterAsync(victim, harm, 1, delay);
                break;
            case 1:
                _clue = $"{pause.TotalMilliseconds:F0} ms after its line {line}";
                _strike = (victim, _, harm) => StrikeAfterAsync(victim, harm, line, pause);
                break;
            default:
                _clue = $"after {bytes} bytes to the {(toServer ? "server" : "client")}";
                _strike = (victim, target, harm) => StrikeAtByteAsync(victim, target, harm, bytes, toServer);
                break;
        }
    }

    /// <summary>Whether the project creates the history table itself.</summary>
    public bool WithHistoryScript { get; }

    public Harm Choose(IReadOnlyList<Harm> harms) => harms[(int)(_choice * harms.Count)];

    /// <summary>Lets the run go, and strikes when the moment has come; a run that is over by then is left in peace.</summary>
    public Task StrikeAsync(RunnerProcess victim, ChaosTarget target, Harm harm) => _strike(victim, target, harm);

    public override string ToString() => _clue;

    // Half of the moments among the first and last bytes: connecting, the history and the last commits are a small part of the traffic.
    private static long BytesOf(Random random, long all) => random.Next(4) switch
    {
        0 => random.NextInt64(Math.Min(all, 2_000)),
        1 => all - random.NextInt64(Math.Min(all, 5_000)),
        _ => random.NextInt64(all),
    };

    private static async Task StrikeAfterAsync(RunnerProcess victim, Harm harm, int line, TimeSpan pause)
    {
        victim.Go();
        await victim.WhenLineAsync(line);
        await Task.Delay(pause);
        await harm.StrikeAsync();
    }

    private static async Task StrikeAtByteAsync(RunnerProcess victim, ChaosTarget target, Harm harm, long bytes, bool toServer)
    {
        if (harm.Name == "cut the line")
        {
            target.CutAfter(bytes, toServer);
            victim.Go();
            return;
        }

        victim.Go();
        while (!victim.HasExited && target.Traffic is { } traffic && (toServer ? traffic.ToServer : traffic.ToClient) < bytes)
        {
            await Task.Yield();
        }

        await harm.StrikeAsync();
    }
}

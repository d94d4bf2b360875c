namespace MigrationTasks.Fuzzing.Tests;

/// <summary>
/// Measures how the cost of reading grows with the input. Time is the processor time of this process, so that whatever else
/// the machine does costs nothing, and the least of several measurements, since nothing makes one too small.
/// </summary>
/// <param name="read">Reads an input.</param>
internal sealed class Scale(Action<string> read)
{
    private const int Doublings = 4;
    private const int LeastRounds = 2;

    // Another round can only bring a time nearer to what it is: what still is not linear after many of them, is not.
    private const int MostRounds = 60;

    // Of sixteen times the text, its square is 256 times as much, and what fits in no cache any more costs a few times as much.
    private const double LimitOfSixteen = 96;

    // Up to here caches, buffers and the heap for large objects make no difference.
    private const int ShortestOfDoublings = 1 << 11;
    private const double LimitOfDoubling = 2.2;

    private static readonly TimeSpan Measurable = TimeSpan.FromMilliseconds(5);

    /// <summary>Measures one kind of text.</summary>
    public GrowthResult Measure(Growth growth)
    {
        // From a text whose time can be measured; of a fast parser, from one that is long.
        var length = 1 << 10;
        while (length < 1 << 16 && TimeOf(growth.Make(length), 2) < Measurable)
        {
            length *= 2;
        }

        return new GrowthResult(
            growth.Name,
            Measure([growth.Make(length), growth.Make(length << Doublings)], LimitOfSixteen),
            Measure([.. Enumerable.Range(0, Doublings + 1).Select(step => growth.Make(ShortestOfDoublings << step))], LimitOfDoubling));
    }

    private GrowthSteps Measure(string[] texts, double limit)
    {
        var times = new TimeSpan[texts.Length];
        Array.Fill(times, TimeSpan.MaxValue);
        var steps = new GrowthSteps(texts[0].Length, times, limit);
        for (var round = 0; round < MostRounds && (round < LeastRounds || !steps.AreLinear); round++)
        {
            for (var i = 0; i < texts.Length; i++)
            {
                var time = TimeOf(texts[i], 1);
                times[i] = time < times[i] ? time : times[i];
            }
        }

        return steps;
    }

    // What is too fast for the clock is read as often as it takes.
    private TimeSpan TimeOf(string text, int measurements)
    {
        var least = TimeSpan.MaxValue;
        for (; measurements > 0; measurements--)
        {
            var start = Environment.CpuUsage.TotalTime;
            var (total, count) = (TimeSpan.Zero, 0);
            do
            {
                read(text);
                count++;
                total = Environment.CpuUsage.TotalTime - start;
            }
            while (total < Measurable);
            least = total / count < least ? total / count : least;
        }

        return least > TimeSpan.Zero ? least : TimeSpan.FromTicks(1);
    }
}

namespace MigrationTasks.Fuzzing.Tests;

/// <summary>
/// Measures how the cost of reading grows with the input. Time is the processor time of this process, so that whatever else
/// the machine does costs nothing, and the least of several measurements, since nothing makes one too small.
/// </summary>
/// <param name="read">Reads an input.</param>
/// <param name="isExact">Whether there is time to measure every doubling for itself.</param>
internal sealed class Scale(Action<string> read, bool isExact)
{
    private const int Doublings = 4;
    private const int Rounds = 3;

    // Of sixteen times the text, its square is 256 times as much, and what fits in no cache any more costs a few times as much.
    private const double LimitOfSixteen = 96;

    // Up to here caches, buffers and the heap for large objects make no difference.
    private const int ShortestExactly = 1 << 11;
    private const double LimitOfDoubling = 2.2;

    private readonly TimeSpan _measurable = TimeSpan.FromMilliseconds(isExact ? 5 : 0.5);

    /// <summary>Measures one kind of text. What is not linear is measured again: only what never is, is not.</summary>
    public GrowthResult Measure(Growth growth)
    {
        // From a text whose time can be measured; of a fast parser, from one that is long.
        var length = 1 << 10;
        while (length < 1 << 16 && TimeOf(growth.Make(length), 2) < _measurable)
        {
            length *= 2;
        }

        return new GrowthResult(
            growth.Name,
            Measure([growth.Make(length), growth.Make(length << Doublings)], LimitOfSixteen),
            isExact ? Measure([.. Enumerable.Range(0, Doublings + 1).Select(step => growth.Make(ShortestExactly << step))], LimitOfDoubling) : null);
    }

    private GrowthSteps Measure(string[] texts, double limit)
    {
        var steps = Once(texts, limit);
        for (var round = 1; round < Rounds && !steps.AreLinear; round++)
        {
            steps = Once(texts, limit);
        }

        return steps;
    }

    private GrowthSteps Once(string[] texts, double limit)
    {
        var times = new TimeSpan[texts.Length];
        Array.Fill(times, TimeSpan.MaxValue);
        for (var repeat = 0; repeat < (isExact ? 9 : 2); repeat++)
        {
            for (var i = 0; i < texts.Length; i++)
            {
                var time = TimeOf(texts[i], 1);
                times[i] = time < times[i] ? time : times[i];
            }
        }

        return new GrowthSteps(texts[0].Length, times, limit);
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
            while (total < _measurable);
            least = total / count < least ? total / count : least;
        }

        return least > TimeSpan.Zero ? least : TimeSpan.FromTicks(1);
    }
}

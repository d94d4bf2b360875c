using System.Globalization;

namespace MigrationTasks.Fuzzing.Tests;

/// <summary>
/// Measures how the work of reading grows with the input, by what it allocates: the same on each machine, however busy it is. A parser
/// that goes over a text again and again makes something of it each time, or else takes so long for the longest that the watchdog sees it.
/// </summary>
/// <param name="read">Reads an input, on this thread.</param>
internal sealed class AllocationScale(Action<string> read)
{
    private const int Length = 1 << 14;
    private const int Times = 16;

    // Of sixteen times the text, its square is 256 times as much; lists that grow by doubling may be twice as large as they need to be.
    private const long Limit = 40;

    // What a refusal costs, and what is made but once.
    private const long Once = 1 << 22;

    /// <summary>Measures one kind of text.</summary>
    public AllocationResult Measure(Growth growth)
    {
        var (shorter, longer) = (growth.Make(Length), growth.Make(Length * Times));
        // What is made but once, is made, and what is lent is there.
        AllocatedBy(longer);
        return new AllocationResult(growth.Name, AllocatedBy(shorter), AllocatedBy(longer), Limit, Once);
    }

    private long AllocatedBy(string text)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        read(text);
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }
}

/// <summary>What reading one kind of text allocates.</summary>
/// <param name="Name">What there is much of.</param>
/// <param name="Shorter">Bytes for a text.</param>
/// <param name="Longer">Bytes for sixteen times as much of it.</param>
/// <param name="Limit">How many times as much that may be.</param>
/// <param name="Once">How many bytes are no matter of the length.</param>
internal sealed record AllocationResult(string Name, long Shorter, long Longer, long Limit, long Once)
{
    public bool IsLinear => Longer <= (Shorter * Limit) + Once;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Name}: {Shorter:N0} bytes, then of sixteen times as much {Longer:N0}");
}

namespace MigrationTasks.Benchmarks.Measuring;

/// <summary>One run of a tool.</summary>
/// <param name="Elapsed">From before its process starts until that has ended.</param>
/// <param name="RoundTrips">How often it waited for the server; <see langword="null"/> where that was not counted.</param>
internal sealed record Measurement(TimeSpan Elapsed, int? RoundTrips = null);

/// <summary>All runs of a tool in one case.</summary>
/// <param name="Tool">The tool's name.</param>
/// <param name="IsPeer">Whether it is an adversary.</param>
/// <param name="Runs">Its runs; none when it could not be measured.</param>
/// <param name="Missing">Why it could not be measured.</param>
internal sealed record ToolResult(string Tool, bool IsPeer, IReadOnlyList<Measurement> Runs, string? Missing = null)
{
    public double Seconds => Statistics.Median(Runs.Select(run => run.Elapsed.TotalSeconds));

    public double Fastest => Runs.Min(run => run.Elapsed.TotalSeconds);

    public double Slowest => Runs.Max(run => run.Elapsed.TotalSeconds);

    public int? RoundTrips => Runs.Max(run => run.RoundTrips);
}

/// <summary>The tools beside each other.</summary>
/// <param name="Title">What they did.</param>
/// <param name="Results">How they fared, MigrationTasks first.</param>
/// <param name="Applied">How many migrations they applied on the loopback, if that is what they did.</param>
internal sealed record Comparison(string Title, IReadOnlyList<ToolResult> Results, int? Applied = null)
{
    /// <summary>
    /// What each migration costs a tool that is running: the difference between two comparisons, without what starting the
    /// process and connecting takes.
    /// </summary>
    public static Comparison Difference(Comparison few, Comparison many) => new(
        "each further one",
        [.. few.Results.Zip(many.Results, (less, more) => more with
        {
            Runs = less.Runs.Count == 0 || more.Runs.Count == 0 ? [] : [new Measurement(TimeSpan.FromSeconds((more.Seconds - less.Seconds) / (many.Applied!.Value - few.Applied!.Value)))],
        })]);
}

/// <summary>Something about MigrationTasks alone.</summary>
/// <param name="Title">What was measured.</param>
/// <param name="Value">The median, in words.</param>
/// <param name="Spread">From the best to the worst.</param>
internal sealed record Figure(string Title, string Value, string Spread);

namespace MigrationTasks.Fuzzing.Tests;

/// <summary>What reading one kind of text costs.</summary>
/// <param name="Name">What there is much of.</param>
/// <param name="Sixteen">The step to sixteen times as much of it.</param>
/// <param name="Doubling">Every doubling of a shorter text.</param>
internal sealed record GrowthResult(string Name, GrowthSteps Sixteen, GrowthSteps Doubling)
{
    public bool IsLinear => Sixteen.AreLinear && Doubling.AreLinear;

    public string ToRow(string parser) => $"| {parser} | {Name} | {Doubling.Start} | {Doubling} | {Sixteen.Start} | {Sixteen} |";

    public override string ToString() =>
        $"{Name}: {Doubling.Start}, then each doubling {Doubling}; {Sixteen.Start}, then sixteen times as much {Sixteen}";
}

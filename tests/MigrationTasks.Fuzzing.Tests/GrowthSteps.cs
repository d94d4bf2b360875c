using System.Globalization;

namespace MigrationTasks.Fuzzing.Tests;

/// <summary>What reading a text costs as it gets longer, step by step.</summary>
/// <param name="Length">The length of the shortest text, in characters.</param>
/// <param name="Times">The processor time for that and for the longer ones.</param>
/// <param name="Limit">How many times as much one step may cost.</param>
internal sealed record GrowthSteps(int Length, IReadOnlyList<TimeSpan> Times, double Limit)
{
    public bool AreLinear => Factors.All(factor => factor <= Limit);

    public string Start => string.Create(CultureInfo.InvariantCulture, $"{Length:N0} in {Times[0].TotalMilliseconds:0.0000} ms");

    private IEnumerable<double> Factors => Times.Skip(1).Zip(Times, (longer, shorter) => longer / shorter);

    public override string ToString() => string.Join(' ', Factors.Select(factor => $"×{factor.ToString("0.00", CultureInfo.InvariantCulture)}"));
}

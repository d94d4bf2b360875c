namespace MigrationTasks.Fuzzing.Tests;

/// <summary>That the measurement would notice.</summary>
[TestClass]
public sealed class ScaleTests
{
    private static readonly Growth Letters = Growth.Of("x");

    [TestMethod]
    public void Reading_once_is_linear() => Assert.IsTrue(MeasureReading(text => text.AsSpan().Count('x')).IsLinear);

    [TestMethod]
    public void Reading_again_for_each_character_is_not() => Assert.IsFalse(
        MeasureReading(text =>
        {
            for (var end = 0; end < text.Length; end++)
            {
                text.AsSpan(0, end).Count('x');
            }
        }).IsLinear);

    private static GrowthResult MeasureReading(Action<string> read) => new Scale(read, isExact: false).Measure(Letters);
}

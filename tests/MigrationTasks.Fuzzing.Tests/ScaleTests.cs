namespace MigrationTasks.Fuzzing.Tests;

/// <summary>That the measurement would notice.</summary>
[TestClass]
public sealed class ScaleTests
{
    private static readonly Growth Letters = Growth.Of("x");

    [TestMethod]
    public void Copying_once_is_linear() => Assert.IsTrue(Measure(text => _ = text.ToUpperInvariant()).IsLinear);

    [TestMethod]
    public void Copying_again_for_each_line_is_not() => Assert.IsFalse(
        Measure(text =>
        {
            for (var end = 0; end < text.Length; end += 1 << 12)
            {
                _ = text[..end];
            }
        }).IsLinear);

    private static AllocationResult Measure(Action<string> read) => new AllocationScale(read).Measure(Letters);
}

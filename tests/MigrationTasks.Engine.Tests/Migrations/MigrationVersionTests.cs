using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Tests.Migrations;

[TestClass]
public sealed class MigrationVersionTests
{
    [TestMethod]
    [DataRow("9", "10")]
    [DataRow("009", "10")]
    [DataRow("0", "1")]
    [DataRow("18446744073709551615", "18446744073709551616")]
    [DataRow("20260102030405060708", "20260102030405060709")]
    public void Versions_are_compared_as_numbers(string smaller, string larger)
    {
        var (one, other) = (Parse(smaller), Parse(larger));

        Assert.IsTrue(one < other && one <= other && other > one && other >= one && one != other, $"{smaller} should come before {larger}.");
    }

    [TestMethod]
    [DataRow("1", "001")]
    [DataRow("0", "000")]
    public void Leading_zeros_do_not_count(string one, string other)
    {
        Assert.AreEqual(Parse(one), Parse(other));
        Assert.AreEqual(Parse(one).GetHashCode(), Parse(other).GetHashCode());
        Assert.AreEqual(one, Parse(other).ToString());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("1a")]
    [DataRow("-1")]
    [DataRow("1.0")]
    [DataRow(" 1")]
    [DataRow("٣")]
    public void Only_ascii_digits_are_a_version(string text) =>
        Assert.IsFalse(MigrationVersion.TryParse(text, out _), $"'{text}' should be no version.");

    private static MigrationVersion Parse(string text) =>
        MigrationVersion.TryParse(text, out var version) ? version : throw new AssertFailedException($"'{text}' should be a version.");
}

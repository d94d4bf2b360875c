using System.Numerics;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>Versions, and how two of them compare.</summary>
[TestClass]
public sealed class VersionFuzz : FuzzContract
{
    protected override IEnumerable<string> Fragments => ["0", "00", "1", "9", "10", "20260102030405", "18446744073709551616", "+", "-", ".", "_", " ", "x"];

    protected override IEnumerable<Growth> Growths => [Growth.Of("0"), Growth.Of("9"), Growth.Of("0", after: "1"), Growth.Of("1", after: "x")];

    protected override void Read(string input)
    {
        if (MigrationVersion.TryParse(input, out var version))
        {
            _ = (version.ToString(), version.GetHashCode(), version.CompareTo(default));
        }
    }

    protected override void Check(string input)
    {
        var (left, right) = (input[..(input.Length / 2)], input[(input.Length / 2)..]);
        if (Parse(left) is { } first && Parse(right) is { } second)
        {
            var (a, b) = (BigInteger.Parse(left), BigInteger.Parse(right));
            Assert.AreEqual(a.CompareTo(b), Math.Sign(first.CompareTo(second)));
            Assert.AreEqual(a == b, first == second);
            Assert.AreEqual(a == b && a.GetHashCode() == b.GetHashCode(), first == second && first.GetHashCode() == second.GetHashCode());
        }
    }

    private static MigrationVersion? Parse(string text)
    {
        var isVersion = MigrationVersion.TryParse(text, out var version);
        Assert.AreEqual(text.Length > 0 && text.All(char.IsAsciiDigit), isVersion);
        if (!isVersion)
        {
            return null;
        }

        Assert.AreEqual(BigInteger.Parse(text).ToString(), version.ToString());
        Assert.AreEqual(BigInteger.Parse(text).IsZero, version.IsZero);
        return version;
    }
}

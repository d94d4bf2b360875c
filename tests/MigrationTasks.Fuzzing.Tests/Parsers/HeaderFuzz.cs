using MigrationTasks.Engine.Scripts.Headers;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>The comments at the top of a migration.</summary>
[TestClass]
public sealed class HeaderFuzz : FuzzContract
{
    protected override IEnumerable<string> Fragments =>
    [
        "--", "-- ", "--\n", "\n", "\n", "\r\n", "\r", " ", ":", ",", "Migration", "Created", "Rollback", "Requires", "Transaction", "-- Migration: ", "-- Created: ", "-- Rollback: ",
        "-- Requires: ", "-- Transaction: ", "transaction:", "none", "NONE", "Lock timeout", "-- Lock timeout: ", "500ms", "10s", "2 min", "0", "99999999999s", "---", "-- ====\n", "001", "001_a.sql", "2026-01-02", "DROP TABLE a;", "SELECT 1;", "/*", "*/", "'", "-- a\n", "--a:b\n",
    ];

    protected override IEnumerable<Growth> Growths =>
    [
        Growth.Of("--\n"), Growth.Of("-- a: b\n"), Growth.Of("-- Migration: a\n"), Growth.Of("-- Requires: 1\n"), Growth.Of("1,", "-- Requires: "), Growth.Of("1 ", "-- Requires: "),
        Growth.Of("-- Transaction: none\n"), Growth.Of("-- Transaction: x\n"), Growth.Of("1", "-- Lock timeout: ", "s"), Growth.Of("-- Rollback: a\n"), Growth.Of("-- a\n", "-- Rollback: b\n"), Growth.Of("a", "-- Rollback: "), Growth.Of("\n"), Growth.Of("\r"), Growth.Of(" "),
        Growth.Of(":", "--"), Growth.Of("-"),
    ];

    protected override void Read(string input) => SqlHeader.Read(input);

    protected override void Check(string input)
    {
        var header = SqlHeader.Read(input);

        Assert.IsFalse(header.Requires.Any(required => required.Length == 0 || required.AsSpan().ContainsAny(',', ' ')));
        foreach (var problem in header.Problems)
        {
            Assert.EndsWith(problem.Value, LinesOf(input)[problem.Line - 1].Trim());
        }

        foreach (var line in LinesOf(header.Rollback ?? ""))
        {
            Assert.Contains(line, input);
        }

        // What stands below the code is no header, and how lines end makes no difference.
        Assert.AreEqual(Describe(header), Describe(SqlHeader.Read(input + "\nSELECT 1;\n-- Rollback: x\n-- Requires: 9\n-- Transaction: x")));
        Assert.AreEqual(Describe(header), Describe(SqlHeader.Read(string.Join('\n', LinesOf(input)))));
    }

    private static string[] LinesOf(string text) => text.Split(["\r\n", "\n", "\r"], StringSplitOptions.None);

    private static string Describe(MigrationHeader header) =>
        $"{header.Title}|{header.Created}|{header.Rollback}|{string.Join(',', header.Requires)}|{header.IsTransactional}|{header.LockTimeout}|{string.Join(',', header.Problems)}";
}

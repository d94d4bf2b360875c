namespace MigrationTasks.Fuzzing.Tests;

/// <summary>What all parsers cost, in one table that a run leaves behind.</summary>
[TestClass]
public static class GrowthTable
{
    private static readonly List<string> Rows = [];

    internal static void Add(string parser, IEnumerable<GrowthResult> results) => Rows.AddRange(results.Select(result => result.ToRow(parser)));

    [AssemblyCleanup]
    public static void Write()
    {
        Directory.CreateDirectory(Repository.Artifacts);
        File.WriteAllLines(
            Path.Combine(Repository.Artifacts, "growth.md"),
            ["| Parser | Input | From characters | Each doubling | From characters | Sixteen times |", "| --- | --- | ---: | --- | ---: | ---: |", .. Rows]);
    }
}

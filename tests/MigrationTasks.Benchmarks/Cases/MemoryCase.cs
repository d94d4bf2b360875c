using System.Diagnostics;
using System.Globalization;
using MigrationTasks.Benchmarks.Hosts;
using MigrationTasks.Benchmarks.Measuring;
using MigrationTasks.Benchmarks.Migrations;
using MigrationTasks.Benchmarks.Tools;
using MigrationTasks.TestServers;

namespace MigrationTasks.Benchmarks.Cases;

/// <summary>Whether memory grows with the length of a script: the same work on a small one is beside it.</summary>
internal sealed class MemoryCase() : Case("memory")
{
    private const long SmallScript = 1_000_000;

    public override async Task RunAsync(Workbench bench)
    {
        foreach (var length in new[] { SmallScript, bench.Scale.HugeScript })
        {
            using var folder = new TemporaryFolder();
            var script = Path.Combine(folder.Path, $"{SampleMigration.WithTables(1)[0].Name}.sql");
            SampleScript.WriteDump(script, length);
            await MeasureAsync(bench, $"split a script of {Megabytes(length)}", Host.Start(SplitHost.Memory, [script]));

            SampleScript.WriteRows(script, length);
            await using var database = await bench.Server.CreateDatabaseAsync();
            await MeasureAsync(bench, $"apply a migration of {Megabytes(length)}", Host.Start(
                MigrationTasksHost.PostgreSqlMemory, [folder.Path], new Database(database.Url, database.ConnectionString)));
        }
    }

    private static async Task MeasureAsync(Workbench bench, string what, ProcessStartInfo host)
    {
        var (_, output) = await ToolProcess.RunAsync(host);
        bench.Report.Add(new Figure($"peak memory, {what}", Megabytes(long.Parse(output, CultureInfo.InvariantCulture)), "one run"));
    }

    private static string Megabytes(long bytes) => string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:F0} MB");
}

using System.Globalization;
using MigrationTasks.Benchmarks.Hosts;
using MigrationTasks.Benchmarks.Measuring;
using MigrationTasks.Benchmarks.Migrations;
using MigrationTasks.TestServers;

namespace MigrationTasks.Benchmarks.Cases;

/// <summary>What a run costs before it asks the database anything.</summary>
internal sealed class PlanCase() : Case("plan")
{
    public override async Task RunAsync(Workbench bench)
    {
        using var folder = new TemporaryFolder();
        var migrations = SampleMigration.WithTables(bench.Scale.VeryMany);
        foreach (var migration in migrations)
        {
            folder.Write($"{migration.Name}.sql", migration.Sql);
        }

        var milliseconds = new List<double>();
        for (var round = 0; round < bench.Scale.Rounds; round++)
        {
            var (_, output) = await ToolProcess.RunAsync(Host.Start(PlanHost.Name, [folder.Path]));
            milliseconds.Add(double.Parse(output, CultureInfo.InvariantCulture) * 1000);
        }

        bench.Report.Add(new Figure(
            string.Create(CultureInfo.InvariantCulture, $"plan {migrations.Count:N0} files: read, checksum, compare"),
            string.Create(CultureInfo.InvariantCulture, $"{Statistics.Median(milliseconds):F0} ms"),
            string.Create(CultureInfo.InvariantCulture, $"{milliseconds.Min():F0}–{milliseconds.Max():F0} ms")));
    }
}

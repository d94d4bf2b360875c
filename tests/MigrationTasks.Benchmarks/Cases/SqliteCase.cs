using System.Globalization;
using MigrationTasks.Benchmarks.Measuring;
using MigrationTasks.Benchmarks.Migrations;
using MigrationTasks.Benchmarks.Tools;
using MigrationTasks.TestServers;

namespace MigrationTasks.Benchmarks.Cases;

/// <summary>A first run on SQLite.</summary>
internal sealed class SqliteCase() : Case("sqlite")
{
    public override async Task RunAsync(Workbench bench)
    {
        var migrations = SampleMigration.WithTables(bench.Scale.Many);
        using var folders = new ToolFolders(bench.SqliteTools, migrations);
        var results = await new Rounds(bench.Scale.Rounds, bench.Scale.Patience).RunAsync(bench.SqliteTools, async tool =>
        {
            using var folder = new TemporaryFolder();
            var file = Path.Combine(folder.Path, "app.db");
            var (elapsed, _) = await ToolProcess.RunAsync(tool.Migrate(folders.Of(tool), new Database($"sqlite:{file}", $"Data Source={file}")));
            return new Measurement(elapsed);
        });
        bench.Report.Add(new Comparison(string.Create(CultureInfo.InvariantCulture, $"SQLite, apply {migrations.Count:N0}"), results));
    }
}

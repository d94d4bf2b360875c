using System.Globalization;
using MigrationTasks.Benchmarks.Measuring;
using MigrationTasks.Benchmarks.Migrations;
using MigrationTasks.Benchmarks.Tools;
using MigrationTasks.TestServers;

namespace MigrationTasks.Benchmarks.Cases;

/// <summary>The run that happens most: everything is applied, and the tool has to find that out.</summary>
/// <param name="name">What <c>--case</c> selects it by.</param>
/// <param name="count">How many migrations are applied.</param>
internal sealed class NothingPendingCase(string name, Func<Scale, int> count) : Case(name)
{
    private static readonly TimeSpan SetupPatience = TimeSpan.FromSeconds(60);

    public override async Task RunAsync(Workbench bench)
    {
        var migrations = SampleMigration.WithoutEffect(count(bench.Scale));
        using var folders = new ToolFolders(bench.PostgreSqlTools, migrations);
        var databases = new Dictionary<Tool, TestDatabase>();
        try
        {
            var results = await new Rounds(bench.Scale.Rounds, bench.Scale.Patience).RunAsync(bench.PostgreSqlTools, async tool =>
            {
                if (!databases.TryGetValue(tool, out var database))
                {
                    databases[tool] = database = await bench.Server.CreateDatabaseAsync();
                    // Nobody's time is measured here.
                    await database.ExecuteAsync($"ALTER DATABASE {database.Name} SET synchronous_commit = off");
                    await ToolProcess.RunAsync(tool.Migrate(folders.Of(tool), TargetOf(database)), SetupPatience);
                }

                var (elapsed, _) = await ToolProcess.RunAsync(tool.FindNothing(folders.Of(tool), TargetOf(database)));
                return new Measurement(elapsed);
            });
            bench.Report.Add(new Comparison(string.Create(CultureInfo.InvariantCulture, $"nothing pending of {migrations.Count:N0}"), results));
        }
        finally
        {
            foreach (var database in databases.Values)
            {
                await database.DisposeAsync();
            }
        }
    }

    private static Database TargetOf(TestDatabase database) => new(database.Url, database.ConnectionString);
}

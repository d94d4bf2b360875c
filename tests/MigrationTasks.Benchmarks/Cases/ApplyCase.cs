using System.Diagnostics;
using System.Globalization;
using MigrationTasks.Benchmarks.Measuring;
using MigrationTasks.Benchmarks.Migrations;
using MigrationTasks.Benchmarks.Tools;
using MigrationTasks.TestServers;

namespace MigrationTasks.Benchmarks.Cases;

/// <summary>
/// A first run: everything is pending, and the database is empty. Libraries are also measured inside a program that runs already,
/// beside the commands, which always start.
/// </summary>
/// <param name="name">What <c>--case</c> selects it by.</param>
/// <param name="count">How many migrations.</param>
/// <param name="roundTrip">What each round trip to the server takes; none on the loopback.</param>
internal sealed class ApplyCase(string name, Func<Scale, int> count, TimeSpan? roundTrip = null) : Case(name)
{
    public override async Task RunAsync(Workbench bench)
    {
        var migrations = SampleMigration.WithTables(count(bench.Scale));
        using var folders = new ToolFolders(bench.PostgreSqlTools, migrations);
        await using var relay = roundTrip is { } time ? Relay.Start(bench.Server, time / 2) : null;

        var running = bench.PostgreSqlTools.ToDictionary(tool => tool.Name, _ => new List<Measurement>());
        var results = await new Rounds(bench.Scale.Rounds, bench.Scale.Patience).RunAsync(bench.PostgreSqlTools, async tool =>
        {
            var folder = folders.Of(tool);
            if (tool.Running is { } again)
            {
                await using var warmUp = await bench.Server.CreateDatabaseAsync();
                var (run, output) = await RunAsync(bench.Server, relay, migrations.Count, database => again.Migrate(folder, TargetOf(warmUp, null), database));
                running[tool.Name].Add(run with { Elapsed = RunningTool.ElapsedOf(output) });
            }

            return (await RunAsync(bench.Server, relay, migrations.Count, database => tool.Migrate(folder, database))).Run;
        });

        var place = roundTrip is null ? "loopback" : string.Create(CultureInfo.InvariantCulture, $"{roundTrip.Value.TotalMilliseconds:F0} ms a round trip");
        var title = string.Create(CultureInfo.InvariantCulture, $"apply {migrations.Count:N0}, {place}");
        bench.Report.Add(new Comparison(title, results, relay is null ? migrations.Count : null));
        bench.Report.Add(new Comparison(
            $"{title}, libraries in a program that runs",
            [.. results.Select(result => running[result.Tool] is { Count: > 0 } runs ? result with { Runs = runs } : result)]));
    }

    private static async Task<(Measurement Run, string Output)> RunAsync(PostgreSqlServer server, Relay? relay, int expected, Func<Database, ProcessStartInfo> command)
    {
        await using var database = await server.CreateDatabaseAsync();
        relay?.ResetCounts();
        var (elapsed, output) = await ToolProcess.RunAsync(command(TargetOf(database, relay)));
        var tables = await database.QueryScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relname LIKE 'items_%'");
        return tables == expected ? (new Measurement(elapsed, relay?.RoundTrips), output) : throw new ToolFailedException($"{tables} of {expected} tables are there.");
    }

    private static Database TargetOf(TestDatabase database, Relay? relay) => relay is null
        ? new Database(database.Url, database.ConnectionString)
        : new Database(database.UrlThrough(relay.Port), database.ConnectionStringThrough(relay.Port));
}

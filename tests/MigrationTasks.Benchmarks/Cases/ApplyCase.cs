using System.Globalization;
using MigrationTasks.Benchmarks.Measuring;
using MigrationTasks.Benchmarks.Migrations;
using MigrationTasks.Benchmarks.Tools;
using MigrationTasks.TestServers;

namespace MigrationTasks.Benchmarks.Cases;

/// <summary>A first run: everything is pending, and the database is empty.</summary>
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

        var results = await new Rounds(bench.Scale.Rounds, bench.Scale.Patience).RunAsync(bench.PostgreSqlTools, async tool =>
        {
            await using var database = await bench.Server.CreateDatabaseAsync();
            var target = relay is null
                ? new Database(database.Url, database.ConnectionString)
                : new Database(database.UrlThrough(relay.Port), database.ConnectionStringThrough(relay.Port));
            relay?.ResetCounts();
            var (elapsed, _) = await ToolProcess.RunAsync(tool.Migrate(folders.Of(tool), target));
            await CheckAsync(database, migrations.Count);
            return new Measurement(elapsed, relay?.RoundTrips);
        });
        var place = roundTrip is null ? "loopback" : string.Create(CultureInfo.InvariantCulture, $"{roundTrip.Value.TotalMilliseconds:F0} ms a round trip");
        bench.Report.Add(new Comparison(string.Create(CultureInfo.InvariantCulture, $"apply {migrations.Count:N0}, {place}"), results, relay is null ? migrations.Count : null));
    }

    private static async Task CheckAsync(TestDatabase database, int expected)
    {
        var tables = await database.QueryScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relname LIKE 'items_%'");
        if (tables != expected)
        {
            throw new ToolFailedException($"{tables} of {expected} tables are there.");
        }
    }
}

using System.Globalization;
using MigrationTasks.Benchmarks.Measuring;
using MigrationTasks.Benchmarks.Migrations;
using MigrationTasks.Benchmarks.Tools;
using MigrationTasks.TestServers;

namespace MigrationTasks.Benchmarks.Cases;

/// <summary>A first run on MariaDB, which commits at each statement that changes the schema.</summary>
/// <param name="name">What <c>--case</c> selects it by.</param>
/// <param name="count">How many migrations.</param>
/// <param name="roundTrip">What each round trip to the server takes; none on the loopback.</param>
internal sealed class MySqlCase(string name, Func<Scale, int> count, TimeSpan? roundTrip = null) : Case(name)
{
    // As a server is that keeps what it has promised; the tests' own do not.
    private static readonly IReadOnlyDictionary<string, string> Durable = new Dictionary<string, string>
    {
        ["innodb-flush-method"] = "fsync",
        ["innodb-flush-log-at-trx-commit"] = "1",
    };

    public override async Task RunAsync(Workbench bench)
    {
        await using var server = await MySqlServer.StartLocalAsync(Durable);
        var migrations = SampleMigration.WithTables(count(bench.Scale));
        using var folders = new ToolFolders(bench.MySqlTools, migrations);
        await using var relay = roundTrip is { } time ? Relay.Start(server.Host, server.Port, time / 2) : null;

        var results = await new Rounds(bench.Scale.Rounds, bench.Scale.Patience).RunAsync(bench.MySqlTools, async tool =>
        {
            await using var database = await server.CreateDatabaseAsync();
            var port = relay?.Port ?? server.Port;
            relay?.ResetCounts();
            var (elapsed, _) = await ToolProcess.RunAsync(tool.Migrate(folders.Of(tool), new Database(database.UrlThrough(port, ""), database.ConnectionStringThrough(port))));
            await CheckAsync(database, migrations.Count);
            return new Measurement(elapsed, relay?.RoundTrips);
        });
        var place = roundTrip is null ? "loopback" : string.Create(CultureInfo.InvariantCulture, $"{roundTrip.Value.TotalMilliseconds:F0} ms a round trip");
        bench.Report.Add(new Comparison(string.Create(CultureInfo.InvariantCulture, $"MariaDB {server.Version.Split('-')[0]}, apply {migrations.Count:N0}, {place}"), results));
    }

    private static async Task CheckAsync(MySqlDatabase database, int expected)
    {
        var tables = await database.QueryScalarAsync<long>("SELECT count(*) FROM information_schema.tables WHERE table_schema = database() AND table_name LIKE 'items_%'");
        if (tables != expected)
        {
            throw new ToolFailedException($"{tables} of {expected} tables are there.");
        }
    }
}

using MigrationTasks.ContractTests;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>What a run costs over a network, counted by a relay in front of the server: the connection is included.</summary>
[TestClass]
public sealed class RoundTripTests : PostgreSqlTest
{
    // TCP, startup with SCRAM (3), and one query for the history; on a first run one for other tools', and then everything at once.
    private const int NothingPending = 5;
    private const int HundredPending = 7;
    private const int HundredUndone = 9;

    [TestMethod]
    public async Task A_rollback_costs_a_few_round_trips_however_many_migrations_it_undoes()
    {
        await using var relay = Relay.Start(Server, TimeSpan.FromMilliseconds(10));
        ProjectAt(Database.UrlThrough(relay.Port));
        for (var i = 1; i <= 100; i++)
        {
            Project.Write($"{i:000}_m.sql", $"-- Rollback: DROP TABLE t{i};\n\nCREATE TABLE t{i} (id int);");
        }

        (await Project.MigrateAsync()).Succeeded();
        relay.ResetCounts();

        Assert.HasCount(100, (await Project.RollBackToAsync("0")).Succeeded().RolledBack);

        Assert.IsLessThanOrEqualTo(HundredUndone, relay.RoundTrips, "Round trips of a rollback of 100 migrations.");
        Console.WriteLine($"Round trips: {relay.RoundTrips} for 100 migrations to undo.");
    }

    [TestMethod]
    public async Task A_run_costs_a_few_round_trips_however_many_migrations_it_applies()
    {
        await using var relay = Relay.Start(Server, TimeSpan.FromMilliseconds(10));
        ProjectAt(Database.UrlThrough(relay.Port));
        for (var i = 1; i <= 100; i++)
        {
            Project.Write($"{i:000}_m.sql", $"CREATE TABLE t{i} (id int);\nINSERT INTO t{i} VALUES (1);\nCREATE INDEX ON t{i} (id);\n");
        }

        (await Project.MigrateAsync()).Succeeded();
        var first = relay.RoundTrips;
        relay.ResetCounts();
        (await Project.MigrateAsync()).Applied();

        Assert.IsLessThanOrEqualTo(HundredPending, first, "Round trips of a first run with 100 migrations.");
        Assert.IsLessThanOrEqualTo(NothingPending, relay.RoundTrips, "Round trips of a run with nothing pending.");
        Console.WriteLine($"Round trips: {first} for 100 pending migrations, {relay.RoundTrips} with nothing pending.");
    }
}

using MigrationTasks.ContractTests;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.MySql;

/// <summary>What a run costs over a network, counted by a relay in front of the server: the connection is included.</summary>
[TestClass]
public sealed class RoundTripTests : MySqlTest
{
    // TCP, the greeting, the login, the character set, and one query for the history.
    private const int NothingPending = 6;

    // A reset of the session and the lock, for all migrations that leave nothing in the session.
    private const int ForAll = 2;

    [TestMethod]
    public async Task A_migration_costs_the_same_however_many_statements_it_has()
    {
        await using var relay = Relay.Start("127.0.0.1", Server.Port, TimeSpan.FromMilliseconds(5));
        ProjectAt(Database.UrlThrough(relay.Port));
        (await Project.Write("000_first.sql", "CREATE TABLE r (id int);").MigrateAsync()).Succeeded();
        relay.ResetCounts();
        (await Project.MigrateAsync()).Applied();
        var nothing = relay.RoundTrips;

        for (var i = 1; i <= 10; i++)
        {
            Project.Write($"{i:000}_rows.sql", string.Concat(Enumerable.Repeat("INSERT INTO r VALUES (1);\n", 50)));
        }

        relay.ResetCounts();
        (await Project.MigrateAsync()).Succeeded();
        var rows = relay.RoundTrips - nothing;

        for (var i = 11; i <= 20; i++)
        {
            Project.Write($"{i:000}_tables.sql", $"CREATE TABLE t{i} (id int);\nINSERT INTO t{i} VALUES (1);\nALTER TABLE t{i} ADD note text;\nCREATE INDEX i ON t{i} (id);\n");
        }

        relay.ResetCounts();
        (await Project.MigrateAsync()).Succeeded();
        var tables = relay.RoundTrips - nothing;

        Console.WriteLine($"Round trips: {nothing} with nothing pending; for ten migrations more: {rows} of 50 rows each, {tables} of four statements each that commit.");
        Assert.IsLessThanOrEqualTo(NothingPending, nothing, "Round trips of a run with nothing pending.");
        Assert.IsLessThanOrEqualTo(ForAll + 10, rows, "Round trips of ten migrations of rows.");
        Assert.IsLessThanOrEqualTo(ForAll + 10, tables, "Round trips of ten migrations of tables.");
    }
}

using MigrationTasks.ContractTests;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>History tables as other runners left them, with types and rules of their own.</summary>
[TestClass]
public sealed class EarlierHistoryTests : PostgreSqlTest
{
    [TestMethod]
    public async Task Columns_of_types_that_the_database_defines_are_read()
    {
        await Database.ExecuteAsync("CREATE TYPE outcome AS ENUM ('applied', 'failed')");
        await Database.ExecuteAsync("CREATE DOMAIN file_name AS text");
        await Database.ExecuteAsync("CREATE TABLE schema_migrations (migration_name file_name PRIMARY KEY, status outcome NOT NULL DEFAULT 'applied')");
        await Database.ExecuteAsync("INSERT INTO schema_migrations VALUES ('001_a.sql')");

        (await Project.Write("001_a.sql", "SELECT nope;").MigrateAsync()).Applied();
    }

    [TestMethod]
    public async Task Columns_that_mean_something_else_do_no_harm()
    {
        await Database.ExecuteAsync("CREATE TABLE schema_migrations (migration_name text PRIMARY KEY, execution_ms interval, statements_done text, executed_at text)");
        await Database.ExecuteAsync("INSERT INTO schema_migrations VALUES ('001_a.sql', '2 s', 'all', 'yesterday')");

        (await Project.Write("001_a.sql", "SELECT nope;").MigrateAsync()).Applied();
    }

    [TestMethod]
    public async Task Times_and_counts_are_read_as_they_were_written()
    {
        (await Project.Write("001_a.sql", "SELECT 1;").MigrateAsync()).Succeeded();
        await Database.ExecuteAsync($"ALTER DATABASE {Database.Name} SET timezone = 'Asia/Kolkata'");
        await Database.ExecuteAsync("UPDATE schema_migrations SET executed_at = '2026-01-02 03:04:05.678+00', execution_ms = 1234");

        var row = (await Project.GetStatusAsync()).Entries.Single().Row!;

        Assert.AreEqual(new DateTimeOffset(2026, 1, 2, 3, 4, 5, 678, TimeSpan.Zero), row.ExecutedAt);
        Assert.AreEqual(TimeSpan.FromMilliseconds(1234), row.Duration);
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_constraint_that_refuses_every_new_row_ends_the_run()
    {
        await Database.ExecuteAsync("CREATE TABLE schema_migrations (id int PRIMARY KEY DEFAULT 1, migration_name text NOT NULL UNIQUE)");
        await Database.ExecuteAsync("INSERT INTO schema_migrations (migration_name) VALUES ('001_a.sql')");
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        Project.Write("001_a.sql", "SELECT 1;").Write("002_b.sql", "SELECT 1;");

        (await Project.MigrateAsync(null, cancellation.Token)).HasApplied().FailedWith("MIG3007").Says("schema_migrations_pkey");
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_constraint_that_refuses_every_new_row_ends_a_run_outside_a_transaction()
    {
        await Database.ExecuteAsync("CREATE TABLE schema_migrations (id int PRIMARY KEY DEFAULT 1, migration_name text NOT NULL UNIQUE)");
        await Database.ExecuteAsync("INSERT INTO schema_migrations (migration_name) VALUES ('001_a.sql')");
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        Project.Write("001_a.sql", "SELECT 1;").Write("002_b.sql", "-- Transaction: none\nSELECT 1;");

        (await Project.MigrateAsync(null, cancellation.Token)).HasApplied().FailedWith("MIG3007").Says("schema_migrations_pkey");
    }
}

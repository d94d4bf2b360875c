using MigrationTasks.Adapters.Tests.Contract;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>History tables as other runners left them, with types and rules of their own.</summary>
[TestClass]
public sealed class EarlierHistoryTests : PostgreSqlTest
{
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

using MigrationTasks.Adapters.Tests.Contract;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>Migrations outside a transaction whose statements stand in the way of their own journal.</summary>
[TestClass]
public sealed class SequentialRunTests : PostgreSqlTest
{
    private const string Untransacted = "-- Transaction: none\n";

    [TestMethod]
    public async Task A_role_that_may_not_write_the_history_is_an_error_of_the_run()
    {
        Project.Write("001_a.sql", Untransacted + "SET ROLE pg_monitor;\nSELECT 1;\nRESET ROLE;\n");

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG4013").Says("permission denied").Says("stands");

        Assert.AreEqual("failed", (await Database.RowsAsync("SELECT status FROM schema_migrations")).Single());
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Indexes_are_built_concurrently_also_where_transactions_keep_their_snapshot()
    {
        await Database.ExecuteAsync($"ALTER DATABASE {Database.Name} SET default_transaction_isolation = 'repeatable read'");
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        Project.Write("001_a.sql", "CREATE TABLE a (id int);").Write("002_b.sql", Untransacted + "CREATE INDEX CONCURRENTLY ON a (id);");

        (await Project.MigrateAsync(null, cancellation.Token)).Applied("001_a.sql", "002_b.sql");
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task First_runs_at_once_create_the_history_also_where_transactions_keep_their_snapshot()
    {
        await Database.ExecuteAsync($"ALTER DATABASE {Database.Name} SET default_transaction_isolation = 'repeatable read'");
        Project.Write("001_a.sql", "CREATE TABLE a (id int);");

        foreach (var report in await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Project.MigrateAsync()))))
        {
            report.Succeeded();
        }
    }

    [TestMethod]
    public async Task A_transaction_of_its_own_may_choose_its_isolation()
    {
        Project.Write("001_a.sql", Untransacted + "BEGIN;\nSET TRANSACTION ISOLATION LEVEL SERIALIZABLE;\nCREATE TABLE a AS SELECT current_setting('transaction_isolation') AS level;\nCOMMIT;\n");

        (await Project.MigrateAsync()).Applied("001_a.sql");

        Assert.AreEqual("serializable", (await Database.RowsAsync("SELECT level FROM a")).Single());
    }

    [TestMethod]
    public async Task Cancelling_does_not_claim_that_anything_was_undone()
    {
        Project.Write("001_a.sql", Untransacted + "CREATE TABLE a (id int);\nSELECT pg_sleep(60);\n");
        using var cancellation = new CancellationTokenSource();
        var observer = new RecordingObserver();

        var run = Project.MigrateAsync(observer, cancellation.Token);
        await Task.WhenAny(observer.WhenStarted("001_a.sql"), run);
        await cancellation.CancelAsync();

        Assert.DoesNotContain("undone", (await run).FailedWith("MIG4007").Message);
    }
}

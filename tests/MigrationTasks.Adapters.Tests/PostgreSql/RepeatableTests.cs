using MigrationTasks.ContractTests;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>What PostgreSQL may do to the row of a repeatable migration, and what repeating costs over a network.</summary>
[TestClass]
public sealed class RepeatableTests : PostgreSqlTest
{
    private const int Count = 50;

    // TCP, startup with SCRAM (3), the history, and the stream.
    private const int Repeating = 8;

    [TestMethod]
    public async Task Repeatable_migrations_travel_in_one_stream()
    {
        await using var relay = Relay.Start(Server, TimeSpan.FromMilliseconds(10));
        ProjectAt(Database.UrlThrough(relay.Port));
        WriteViews("1");
        (await Project.MigrateAsync()).Succeeded();
        WriteViews("2");
        relay.ResetCounts();

        Assert.HasCount(Count, (await Project.MigrateAsync()).Succeeded().Applied);

        Assert.IsLessThanOrEqualTo(Repeating, relay.RoundTrips, "Round trips of a run that repeats 50 migrations.");
        Console.WriteLine($"Round trips: {relay.RoundTrips} for {Count} changed repeatable migrations.");
    }

    [TestMethod]
    public async Task Runners_whose_transactions_keep_their_snapshots_repeat_a_migration_once()
    {
        await Database.ExecuteAsync($"ALTER DATABASE {Database.Name} SET default_transaction_isolation = 'repeatable read'");
        (await Project.Write("001_log.sql", "CREATE TABLE log (entry text);").Write("R__a.sql", "SELECT 1;").MigrateAsync()).Succeeded();
        Project.Write("R__a.sql", "INSERT INTO log VALUES ('a'); SELECT pg_sleep(0.2);");

        var reports = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Project.MigrateAsync())));

        Assert.AreEqual(1, reports.Sum(report => report.Succeeded().Applied.Count));
        Assert.AreEqual("a", string.Join(' ', await Database.RowsAsync("SELECT entry FROM log")));
    }

    [TestMethod]
    [Timeout(60_000)]
    [DataRow("")]
    [DataRow("-- Transaction: none\n")]
    public async Task A_row_that_nobody_may_change_ends_the_run(string header)
    {
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        (await Project.Write("R__a.sql", header + "SELECT 1;").MigrateAsync()).Succeeded();
        await Database.ExecuteAsync("CREATE FUNCTION freeze() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'");
        await Database.ExecuteAsync("CREATE TRIGGER frozen BEFORE UPDATE ON schema_migrations FOR EACH ROW EXECUTE FUNCTION freeze()");

        (await Project.Write("R__a.sql", header + "SELECT 2;").MigrateAsync(null, cancellation.Token)).HasApplied().FailedWith("MIG3007").Says("R__a.sql").Says("trigger");
    }

    [TestMethod]
    public async Task A_killed_backend_leaves_a_repeatable_migration_as_it_was()
    {
        (await Project.Write("001_log.sql", "CREATE TABLE log (entry text);").Write("R__a.sql", "SELECT 1;").Write("R__b.sql", "SELECT 1;").MigrateAsync()).Succeeded();
        Project.Write("R__a.sql", "INSERT INTO log VALUES ('a');").Write("R__b.sql", "INSERT INTO log VALUES ('b'); SELECT pg_sleep(30);");
        var observer = new RecordingObserver();

        var run = Project.MigrateAsync(observer);
        await Task.WhenAny(observer.WhenStarted("R__b.sql"), run);
        await Database.TerminateBackendsAsync();

        (await run).HasApplied("R__a.sql").FailedWith("MIG4006").Says("1 of the 2 pending migrations are applied for certain");
        (await Project.Write("R__b.sql", "INSERT INTO log VALUES ('b');").MigrateAsync()).Applied("R__b.sql");
        Assert.AreEqual("a b", string.Join(' ', await Database.RowsAsync("SELECT entry FROM log")));
    }

    [TestMethod]
    public async Task A_division_by_zero_of_its_own_is_an_error_like_any_other()
    {
        (await Project.Write("R__a.sql", "SELECT 1;").MigrateAsync()).Succeeded();

        (await Project.Write("R__a.sql", "SELECT 1 / 0;").MigrateAsync()).HasApplied().FailedWith("MIG4005").At(Project.PathOf("R__a.sql"), 1, 1).Says("22012");
    }

    private void WriteViews(string column)
    {
        for (var i = 0; i < Count; i++)
        {
            Project.Write($"R__{i:00}.sql", $"DROP VIEW IF EXISTS v{i};\nCREATE VIEW v{i} AS SELECT {column} AS number;");
        }
    }
}

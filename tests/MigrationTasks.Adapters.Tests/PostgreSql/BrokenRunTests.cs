using MigrationTasks.ContractTests;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.PostgreSql;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>A connection that breaks in mid-run: what is applied for certain is known, and the next run completes.</summary>
[TestClass]
public sealed class BrokenRunTests : PostgreSqlTest
{
    [TestMethod]
    public async Task A_killed_backend_loses_nothing_that_was_applied()
    {
        WriteThree();
        var observer = new RecordingObserver();

        var run = Project.MigrateAsync(observer);
        await Task.WhenAny(observer.WhenStarted("002_slow.sql"), run);
        await Database.TerminateBackendsAsync();

        var problem = (await run).HasApplied("001_a.sql").FailedWith("MIG4006").Says("1 of the 3 pending migrations are applied for certain");
        Assert.AreEqual(Project.PathOf("002_slow.sql"), problem.Location.File);
        await CompletesAsync();
    }

    [TestMethod]
    public async Task A_connection_that_breaks_while_tables_are_looked_for_is_an_error_with_a_code()
    {
        await using var adapter = Project.CreateAdapter();
        await adapter.ConnectAsync(CancellationToken.None);
        await Database.TerminateBackendsAsync();

        var problem = await Assert.ThrowsExactlyAsync<MigrationException>(() => ((ITableCatalog)adapter).FindTablesAsync([HistoryTableName.Default], CancellationToken.None));

        Assert.AreEqual("MIG4006", problem.Code);
    }

    [TestMethod]
    public async Task A_cut_line_loses_nothing_that_was_applied()
    {
        await using var relay = Relay.Start(Server);
        ProjectAt(Database.UrlThrough(relay.Port));
        WriteThree();
        var observer = new RecordingObserver();

        var run = Project.MigrateAsync(observer);
        await Task.WhenAny(observer.WhenStarted("002_slow.sql"), run);
        relay.Cut();

        (await run).HasApplied("001_a.sql").FailedWith("MIG4006").Says("for certain");
        await Database.TerminateBackendsAsync();
        await CompletesAsync();
    }

    [TestMethod]
    public async Task A_server_that_dies_is_said_to_be_unknown_beyond_what_was_seen()
    {
        await using var server = await Require.ServerAsync(() => PostgreSqlServer.StartLocalAsync());
        await using var database = await server.CreateDatabaseAsync();
        ProjectAt(database.Url);
        WriteThree();
        var observer = new RecordingObserver();

        var run = Project.MigrateAsync(observer);
        await Task.WhenAny(observer.WhenStarted("002_slow.sql"), run);
        await server.Local!.KillAsync();

        (await run).FailedWith("MIG4006").Says("1 of the 3 pending migrations are applied as far as could be seen").Says("cannot be asked what is applied now");
        await server.Local.StartAsync();
        (await Project.Write("002_slow.sql", "CREATE TABLE b (id int);").MigrateAsync()).Succeeded();
        Assert.AreEqual("3", (await database.RowsAsync("SELECT count(*) FROM schema_migrations")).Single());
    }

    [TestMethod]
    public async Task A_backend_that_is_killed_takes_the_server_down_and_the_run_reports_what_survived()
    {
        await using var server = await Require.ServerAsync(StartThatFlushesLateAsync);
        await using var database = await server.CreateDatabaseAsync();
        ProjectAt(database.Url);
        (await Project.Write("000_first.sql", "SELECT 1;").MigrateAsync()).Succeeded();
        WriteThree();
        Project.Write("002_slow.sql", "SELECT pg_sleep(30);");
        var observer = new RecordingObserver();

        var run = Project.MigrateAsync(observer);
        await Task.WhenAny(observer.WhenStarted("002_slow.sql"), run);
        await server.Local!.KillBackendsAsync(database);

        var report = await run;
        var history = await database.RowsAsync("SELECT migration_name FROM schema_migrations WHERE migration_name <> '000_first.sql'");
        report.HasApplied([.. history]).FailedWith("MIG4006").Says($"{history.Count} of the 3 pending migrations are applied for certain");
        (await Project.Write("002_slow.sql", "SELECT 1;").MigrateAsync()).Succeeded();
        Assert.AreEqual("4", (await database.RowsAsync("SELECT count(*) FROM schema_migrations")).Single());
    }

    [TestMethod]
    public async Task What_was_applied_before_a_migration_that_cannot_be_locked_outlives_a_crash_of_the_server()
    {
        await using var server = await Require.ServerAsync(StartThatFlushesLateAsync);
        await using var database = await server.CreateDatabaseAsync();
        ProjectAt(database.Url);
        (await Project.Write("000_first.sql", "SELECT 1;").MigrateAsync()).Succeeded();
        Project.Write("001_a.sql", "CREATE TABLE a (id int);").Write("002_b.sql", "-- Transaction: none\nVACUUM;").LockTimeout = TimeSpan.FromMilliseconds(200);
        await using var adapter = new PostgreSqlAdapter(PostgreSqlConfig.Parse(database.Url, new() { ProjectDirectory = Project.Path, Variable = "DATABASE_URL" }));
        await using (await adapter.LockRunAsync(default))
        {
            (await Project.MigrateAsync()).HasApplied("001_a.sql").FailedWith("MIG3008");
        }

        await server.Local!.KillAsync();

        await server.Local.StartAsync();
        Assert.AreEqual("000_first.sql, 001_a.sql", string.Join(", ", await database.RowsAsync("SELECT migration_name FROM schema_migrations ORDER BY 1")));
    }

    [TestMethod]
    public async Task A_file_that_is_gone_in_mid_run_leaves_a_true_report()
    {
        var observer = new DeletingObserver("001_a.sql", () => File.Delete(Project.PathOf("003_c.sql")));
        WriteThree();
        Project.Write("002_slow.sql", string.Concat(Enumerable.Repeat($"SELECT '{new string('x', 10_000)}';\n", 150)));

        (await Project.MigrateAsync(observer)).HasApplied("001_a.sql").FailedWith("MIG2013");

        await CompletesAsync();
    }

    [TestMethod]
    public async Task Cancelling_stops_the_statement_on_the_server()
    {
        WriteThree();
        var observer = new RecordingObserver();
        using var cancellation = new CancellationTokenSource();

        var run = Project.MigrateAsync(observer, cancellation.Token);
        await Task.WhenAny(observer.WhenStarted("002_slow.sql"), run);
        await cancellation.CancelAsync();

        (await run).HasApplied("001_a.sql").FailedWith("MIG4007");
        Assert.AreEqual("0", (await Database.RowsAsync("SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE '%pg_sleep%' AND pid <> pg_backend_pid()")).Single());
        await CompletesAsync();
    }

    [TestMethod]
    public async Task The_holder_of_the_lock_is_named_when_the_wait_is_over()
    {
        (await Project.Write("001_a.sql", "SELECT 1;").MigrateAsync()).Succeeded();
        Project.Write("002_slow.sql", "SELECT pg_sleep(30);");
        var observer = new RecordingObserver();
        using var cancellation = new CancellationTokenSource();
        var first = Project.MigrateAsync(observer, cancellation.Token);
        await Task.WhenAny(observer.WhenStarted("002_slow.sql"), first);

        Project.LockTimeout = TimeSpan.FromMilliseconds(300);
        var second = await Project.MigrateAsync();

        second.FailedWith("MIG3008").Says("process ").Says("MigrationTasks").Says("0.3 s");
        await cancellation.CancelAsync();
        (await first).FailedWith("MIG4007");
    }

    // A commit that does not wait for the disk is on it a fifth of a second later; here it takes long enough to be lost.
    private static Task<PostgreSqlServer> StartThatFlushesLateAsync() =>
        PostgreSqlServer.StartLocalAsync(new Dictionary<string, string> { ["wal_writer_delay"] = "10s" });

    private void WriteThree() => Project
        .Write("001_a.sql", "CREATE TABLE a (id int);")
        .Write("002_slow.sql", "CREATE TABLE b (id int);\nSELECT pg_sleep(30);")
        .Write("003_c.sql", "CREATE TABLE c (id int);");

    /// <summary>Does something when a migration starts.</summary>
    private sealed class DeletingObserver(string name, Action delete) : IRunObserver
    {
        public void Started(MigrationScript script)
        {
            if (script.Name == name)
            {
                delete();
            }
        }
    }

    private async Task CompletesAsync()
    {
        Assert.AreEqual("001_a.sql", string.Join(',', await Database.RowsAsync("SELECT migration_name FROM schema_migrations")));
        (await Project.Write("002_slow.sql", "CREATE TABLE b (id int);").Write("003_c.sql", "CREATE TABLE c (id int);").MigrateAsync()).Applied("002_slow.sql", "003_c.sql");
    }
}

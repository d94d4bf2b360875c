using MigrationTasks.Engine.Databases;

namespace MigrationTasks.ContractTests;

/// <summary>What a database has to do besides on which migrations can be tried and rolled back too (<see cref="IRehearsalStage"/>).</summary>
public abstract class RehearsalContract : ScriptContract
{
    [TestMethod]
    public async Task What_is_pending_is_tried_and_nothing_of_it_is_left()
    {
        Project.Placeholders["name"] = "b";
        Project.Write("001_a.sql", Table("a")).Write("002_b.sql", Table("${name}") + "INSERT INTO b SELECT count(*) FROM a;\n");
        var observer = new RecordingObserver();

        (await Project.RehearseAsync(observer)).Succeeded().WithoutWarnings().HasTried("001_a.sql", "002_b.sql");

        Assert.AreEqual("started 001_a.sql, tried 001_a.sql, started 002_b.sql, tried 002_b.sql", string.Join(", ", observer.Events));
        await NoTableAsync("schema_migrations");
        await NoTableAsync("a");
        (await Project.MigrateAsync()).Applied("001_a.sql", "002_b.sql");
        var before = Database.Dump();
        (await Project.Write("003_c.sql", Table("c") + "DELETE FROM b;\nDROP TABLE a;\n").RehearseAsync()).Succeeded().HasTried("003_c.sql");
        Assert.AreEqual(before, Database.Dump());
        await HistoryIsAsync("001_a.sql|applied", "002_b.sql|applied");
    }

    [TestMethod]
    public async Task With_nothing_pending_nothing_is_tried()
    {
        (await Project.Write("001_a.sql", Table("a")).MigrateAsync()).Succeeded();

        var report = (await Project.RehearseAsync()).Succeeded().HasTried();

        Assert.AreEqual((0, 1), (report.Pending, report.AlreadyApplied));
    }

    [TestMethod]
    public async Task A_real_error_is_at_its_line_and_stops_the_dry_run()
    {
        Project.Write("001_a.sql", Table("a")).Write("002_b.sql", "\n  SELECT nope FROM a;\n").Write("003_c.sql", Table("c"));

        var report = (await Project.RehearseAsync()).HasTried("001_a.sql");

        report.FailedWith("MIG4005").At(Project.PathOf("002_b.sql"), 2, 10).Says("nope").Says("nothing is left");
        Assert.AreEqual(3, report.Pending);
        await NoTableAsync("schema_migrations");
        await NoTableAsync("a");
    }

    [TestMethod]
    [DataRow("SELECT 'oops;\n", "MIG2004", DisplayName = "a quote that is not closed")]
    [DataRow("ROLLBACK;\n", "MIG2007", DisplayName = "transaction control")]
    [DataRow("VACUUM;\n", "MIG2008", DisplayName = "what needs no transaction")]
    [DataRow("-- Requires: 007\nSELECT 1;\n", "MIG2011", DisplayName = "a requirement that is not there")]
    public async Task What_stops_a_run_before_anything_runs_stops_this_too(string sql, string code)
    {
        (await Project.Write("001_a.sql", Table("a")).Write("002_b.sql", sql).RehearseAsync()).HasTried().FailedWith(code);

        await NoTableAsync("a");
    }

    [TestMethod]
    public async Task What_runs_outside_a_transaction_is_not_tried_and_that_is_said()
    {
        Project.Write("001_a.sql", Table("a")).Write("002_b.sql", Untransacted + Table("b")).Write("003_c.sql", Table("c")).Write("004_d.sql", "INSERT INTO b VALUES (1);\n").Write("005_e.sql", Table("e"));

        var report = (await Project.RehearseAsync()).Succeeded().HasTried("001_a.sql", "003_c.sql", "005_e.sql");

        Assert.AreEqual("002_b.sql, 004_d.sql", string.Join(", ", report.Untried.Select(untried => untried.Name)));
        Assert.AreEqual("MIG4017, MIG4018", string.Join(", ", report.Warnings.Select(warning => warning.Code)));
        Assert.AreEqual(Project.PathOf("002_b.sql"), report.Warnings[0].Location.File);
        Assert.AreEqual((Project.PathOf("004_d.sql"), 1), (report.Warnings[1].Location.File, report.Warnings[1].Location.Line));
        report.Warnings[1].Says("002_b.sql").Says("not certain");
        await NoTableAsync("b");
        (await Project.MigrateAsync()).Applied("001_a.sql", "002_b.sql", "003_c.sql", "004_d.sql", "005_e.sql");
    }

    [TestMethod]
    public async Task Repeatable_migrations_find_their_order_in_a_dry_run_too()
    {
        Project.Write("001_a.sql", Table("a")).Write("R__1.sql", "DROP VIEW IF EXISTS one;\nCREATE VIEW one AS SELECT * FROM two;\nSELECT * FROM one;\n").Write("R__2.sql", "DROP VIEW IF EXISTS two;\nCREATE VIEW two AS SELECT * FROM a;\n");

        (await Project.RehearseAsync()).Succeeded().WithoutWarnings().HasTried("001_a.sql", "R__2.sql", "R__1.sql");

        (await Project.MigrateAsync()).Applied("001_a.sql", "R__2.sql", "R__1.sql");
        (await Project.Write("R__2.sql", "SELECT nope FROM a;\n").Write("002_b.sql", Table("b")).RehearseAsync()).HasTried("002_b.sql").FailedWith("MIG4005").Says("nope");
        await RowsAreAsync("SELECT count(*) FROM two", "0");
    }

    [TestMethod]
    public async Task No_state_of_the_session_gets_from_one_migration_to_the_next_in_a_dry_run()
    {
        Project.Write("001_leak.sql", Dialect.LeaveState.Replace("ATTACH ':memory:' AS other;", "", StringComparison.Ordinal).Replace("CREATE TABLE other.attached (id INTEGER);", "", StringComparison.Ordinal))
            .Write("002_state.sql", Dialect.ObserveState)
            .Write("003_check.sql", $"CREATE TABLE checked (s TEXT CHECK (s = 'clean'));\nINSERT INTO checked SELECT CASE WHEN ({CleanCondition}) THEN 'clean' ELSE 'not' END FROM state;\n");

        (await Project.RehearseAsync()).Succeeded().HasTried("001_leak.sql", "002_state.sql", "003_check.sql");
    }

    [TestMethod]
    public async Task The_history_is_created_by_its_migration_or_completed_in_a_dry_run()
    {
        (await Project.Write("000_migrations_table.sql", Dialect.HistoryScript).Write("001_a.sql", Table("a")).RehearseAsync()).Succeeded().HasTried("000_migrations_table.sql", "001_a.sql");
        await NoTableAsync("schema_migrations");

        Project.Delete("000_migrations_table.sql");
        await Database.ExecuteAsync(Dialect.BareHistory + "INSERT INTO schema_migrations (migration_name) VALUES ('001_a');");
        var before = await Database.QueryAsync("SELECT * FROM schema_migrations");
        (await Project.Write("002_b.sql", Table("b")).RehearseAsync()).Succeeded().HasTried("002_b.sql");
        await RowsAreAsync("SELECT * FROM schema_migrations", [.. before]);
        await NoTableAsync("b");
    }

    [TestMethod]
    public async Task A_dry_run_that_is_cancelled_leaves_nothing_and_lets_the_next_run_in()
    {
        Project.Write("001_a.sql", Table("a")).Write("002_slow.sql", Dialect.Slow(60) + ";\n");
        using var cancellation = new CancellationTokenSource();
        var observer = new RecordingObserver();

        var run = Project.RehearseAsync(observer, cancellation.Token);
        await Task.WhenAny(observer.WhenStarted("002_slow.sql"), run);
        await cancellation.CancelAsync();

        (await run).HasTried("001_a.sql").FailedWith("MIG4007").Says("as it was before");
        await NoTableAsync("a");
        (await Project.Write("002_slow.sql", Table("b")).MigrateAsync()).Applied("001_a.sql", "002_slow.sql");
    }

    [TestMethod]
    public async Task Nothing_is_tried_while_another_dry_run_is_at_it()
    {
        Project.Write("001_a.sql", Table("a")).Write("002_slow.sql", Dialect.Slow(1) + ";\n");
        var observer = new RecordingObserver();
        await Database.ExecuteAsync("CREATE TABLE there (id INTEGER);");
        var first = Project.RehearseAsync(observer);
        await Task.WhenAny(observer.WhenStarted("002_slow.sql"), first);

        (await Project.MigrateAsync()).Applied("001_a.sql", "002_slow.sql");

        (await first).Succeeded().HasTried("001_a.sql", "002_slow.sql");
    }

    /// <summary>Holds for the row of the table <c>state</c> when nothing is left: SQL.</summary>
    protected abstract string CleanCondition { get; }
}

using System.Diagnostics;

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    private const string FailsOnNope = "CREATE TABLE half (id INTEGER);\nINSERT INTO half VALUES (1);\nSELECT nope;\n";

    [TestMethod]
    public async Task A_failure_in_the_middle_keeps_what_came_before_and_leaves_no_trace()
    {
        Project.Write("001_a.sql", Table("a")).Write("002_half.sql", FailsOnNope).Write("003_c.sql", Table("c"));

        var report = await Project.MigrateAsync();

        report.HasApplied("001_a.sql").FailedWith("MIG4005").At(Project.PathOf("002_half.sql"), 3, 8).Says("nope").Says(Dialect.CommitsSchemaChanges ? "first 2 statements stand" : "rolled back");
        Assert.AreEqual(2, report.Pending);
        await NoTableAsync("c");
        if (Dialect.CommitsSchemaChanges)
        {
            await HistoryIsAsync("001_a.sql|applied", "002_half.sql|failed");
            await RowsAreAsync("SELECT id FROM half", "1");
            return;
        }

        await HistoryIsAsync("001_a.sql|applied");
        await NoTableAsync("half");
    }

    [TestMethod]
    public async Task A_run_completes_once_the_failed_file_is_corrected()
    {
        Project.Write("001_a.sql", Table("a")).Write("002_half.sql", FailsOnNope).Write("003_c.sql", Table("c"));
        (await Project.MigrateAsync()).FailedWith("MIG4005");

        (await Project.Write("002_half.sql", FailsOnNope.Replace("nope", "1", StringComparison.Ordinal)).MigrateAsync()).Applied("002_half.sql", "003_c.sql").WithoutWarnings();

        await HistoryIsAsync("001_a.sql|applied", "002_half.sql|applied", "003_c.sql|applied");
    }

    [TestMethod]
    public async Task An_error_is_at_its_line_and_column_whatever_stands_before_it()
    {
        Project.Write(
            "001_a.sql",
            "-- ünï 😀\r\nCREATE TABLE a (id INTEGER); -- ; no end\r\n\t/* 😀 ; */ SELECT '😀' ||\r\n\t'😀' || nope;\r\n");

        (await Project.MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), 4, 9).Says("nope");
    }

    [TestMethod]
    public async Task An_error_is_at_its_line_and_column_behind_a_byte_order_mark()
    {
        Project.Write("001_a.sql", [0xEF, 0xBB, 0xBF, .. "SELECT nope;"u8]);

        (await Project.MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), 1, 8);
    }

    [TestMethod]
    public async Task A_violated_constraint_is_at_its_statement()
    {
        Project.Write("001_a.sql", "CREATE TABLE a (id INTEGER NOT NULL UNIQUE);\n\nINSERT INTO a VALUES (1);\n  INSERT INTO a VALUES (1);\n");

        (await Project.MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), 4, 3);

        await (Dialect.CommitsSchemaChanges ? RowsAreAsync("SELECT id FROM a", "1") : NoTableAsync("a"));
    }

    [TestMethod]
    public async Task A_statement_that_is_never_closed_is_found_before_anything_runs()
    {
        Project.Write("001_a.sql", Table("a")).Write("002_b.sql", "CREATE TABLE b (id INTEGER);\nINSERT INTO b VALUES ('oops);\n");

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG2004").At(Project.PathOf("002_b.sql"), 2, 23);

        await NoTableAsync("a");
    }

    [TestMethod]
    public async Task A_statement_that_needs_no_transaction_is_found_before_anything_runs()
    {
        Project.Write("001_a.sql", Table("a")).Write("002_b.sql", $"-- tidy up\n{Dialect.Alone};\n");
        if (Dialect.CommitsSchemaChanges)
        {
            (await Project.MigrateAsync()).Applied("001_a.sql", "002_b.sql");
            return;
        }

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG2008").At(Project.PathOf("002_b.sql"), 2, 1).Says("Transaction: none");

        await NoTableAsync("a");
    }

    [TestMethod]
    public async Task A_commit_in_the_middle_is_found_before_anything_runs()
    {
        Project.Write("001_a.sql", Table("a")).Write("002_b.sql", "SELECT 1;\nCOMMIT;\nSELECT 2;\n");

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG2007").At(Project.PathOf("002_b.sql"), 2, 1);

        await NoTableAsync("a");
    }

    [TestMethod]
    public async Task Cancelling_stops_a_slow_statement_and_undoes_its_migration()
    {
        Project.Write("001_a.sql", Table("a")).Write("002_slow.sql", Table("slow") + Dialect.Slow(60)).Write("003_c.sql", Table("c"));
        using var cancellation = new CancellationTokenSource();
        var observer = new RecordingObserver();

        var run = Project.MigrateAsync(observer, cancellation.Token);
        await Task.WhenAny(observer.WhenStarted("002_slow.sql"), run);
        await Task.Delay(300);
        var cancelledAt = Stopwatch.GetTimestamp();
        await cancellation.CancelAsync();
        var report = await run;

        Assert.IsLessThan(TimeSpan.FromSeconds(5), Stopwatch.GetElapsedTime(cancelledAt), "Cancelling took too long.");
        report.HasApplied("001_a.sql").FailedWith("MIG4007").Says("cancelled");
        if (Dialect.CommitsSchemaChanges)
        {
            await RowsAreAsync("SELECT status, statements_done FROM schema_migrations WHERE migration_name = '002_slow.sql'", "failed|1");
        }
        else
        {
            await HistoryIsAsync("001_a.sql|applied");
            await NoTableAsync("slow");
        }

        (await Project.Write("002_slow.sql", Table("slow")).MigrateAsync()).Applied("002_slow.sql", "003_c.sql");
    }

    [TestMethod]
    public async Task A_statement_that_runs_for_too_long_is_stopped()
    {
        Project.CommandTimeout = TimeSpan.FromSeconds(1);
        Project.Write("001_slow.sql", Table("slow") + "  " + Dialect.Slow(60));

        var report = await Project.MigrateAsync();

        report.FailedWith("MIG4012").At(Project.PathOf("001_slow.sql"), 2, 3).Says("1 s").Says(Dialect.CommitsSchemaChanges ? "first statement stands" : "rolled back");
        Assert.IsLessThan(TimeSpan.FromSeconds(10), report.Duration, "Stopping took too long.");
        await (Dialect.CommitsSchemaChanges ? RowsAreAsync("SELECT count(*) FROM slow", "0") : NoTableAsync("slow"));
    }
}

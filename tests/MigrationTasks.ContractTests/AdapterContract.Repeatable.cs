using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Runner;

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    private const string LogTable = "CREATE TABLE log (number VARCHAR(20));\n";

    [TestMethod]
    public async Task Repeatable_migrations_run_after_all_others_by_name()
    {
        Project.Write("R__b.sql", Log("b")).Write("R__a.sql", Log("a")).Write("001_log.sql", LogTable).Write("002_more.sql", Log("2"));

        (await Project.MigrateAsync()).Applied("001_log.sql", "002_more.sql", "R__a.sql", "R__b.sql").WithoutWarnings();

        await LogIsAsync("2 a b");
        await HistoryIsAsync("001_log.sql|applied", "002_more.sql|applied", "R__a.sql|applied", "R__b.sql|applied");
        (await Project.MigrateAsync()).Applied().WithoutWarnings();
        await LogIsAsync("2 a b");
    }

    [TestMethod]
    public async Task A_changed_repeatable_migration_runs_again_and_so_does_its_row()
    {
        await MigrateLoggedAsync(("R__a.sql", Log("a")), ("R__b.sql", Log("b")));
        var before = (await Project.GetStatusAsync()).Entries;

        Project.Write("R__a.sql", Log("a2"));

        Assert.AreEqual("001_log.sql Applied, R__a.sql Changed, R__b.sql Applied", await StatesAsync());
        (await Project.MigrateAsync()).Applied("R__a.sql").WithoutWarnings();
        await LogIsAsync("a b a2");
        await HistoryIsAsync("001_log.sql|applied", "R__a.sql|applied", "R__b.sql|applied");
        var after = (await Project.GetStatusAsync()).Entries;
        Assert.AreNotEqual((before[1].Row!.Checksum, before[1].Row!.TokenChecksum), (after[1].Row!.Checksum, after[1].Row!.TokenChecksum));
        Assert.IsTrue(after[1].Row!.ExecutedAt > before[1].Row!.ExecutedAt, $"It was executed at {after[1].Row!.ExecutedAt:O}.");
        Assert.IsNotNull(after[1].Row!.Duration);
        Assert.AreEqual(before[2].Row, after[2].Row);
        (await Project.MigrateAsync()).Applied();
    }

    [TestMethod]
    public async Task A_repeatable_migration_of_which_only_comments_were_edited_does_not_run_again()
    {
        await MigrateLoggedAsync(("R__a.sql", Log("a")));

        (await Project.Write("R__a.sql", "-- why\n" + Log("a")).MigrateAsync()).Applied().WithoutWarnings();

        await LogIsAsync("a");
        Assert.AreEqual("001_log.sql Applied, R__a.sql Applied", await StatesAsync());
    }

    [TestMethod]
    public async Task Repeatable_migrations_that_need_each_other_find_their_order()
    {
        Project.Write("R__a.sql", Copy("a", "b")).Write("R__b.sql", Copy("b", "c")).Write("R__c.sql", Copy("c", "d")).Write("R__d.sql", Table("d")).Write("R__e.sql", Table("e"));

        (await Project.MigrateAsync()).Applied("R__d.sql", "R__e.sql", "R__c.sql", "R__b.sql", "R__a.sql").WithoutWarnings();

        await RowsAreAsync("SELECT count(*) FROM a", "0");
        (await Project.MigrateAsync()).Applied();
    }

    [TestMethod]
    public async Task Changed_repeatable_migrations_find_their_order_too()
    {
        (await Project.Write("R__a.sql", "SELECT 1;").Write("R__b.sql", "SELECT 1;").MigrateAsync()).Applied("R__a.sql", "R__b.sql");

        (await Project.Write("R__a.sql", Copy("a", "b")).Write("R__b.sql", Table("b")).MigrateAsync()).Applied("R__b.sql", "R__a.sql").WithoutWarnings();

        await RowsAreAsync("SELECT count(*) FROM a", "0");
    }

    [TestMethod]
    public async Task Every_repeatable_migration_that_cannot_succeed_is_told_at_its_place()
    {
        Project.Write("R__a.sql", "-- a\n" + Log("a") + Copy("a", "nope")).Write("R__b.sql", Table("b")).Write("R__c.sql", "SELECT\n  missing;").Write("R__d.sql", Table("d"));
        Project.Write("001_log.sql", LogTable);

        var report = (await Project.MigrateAsync()).HasApplied("001_log.sql", "R__b.sql", "R__d.sql");

        Assert.AreEqual("MIG4005, MIG4005", string.Join(", ", report.Errors.Select(error => error.Code)), string.Join('\n', report.Errors));
        report.Errors[0].Says("nope").Says(Dialect.CommitsSchemaChanges ? "stands" : "rolled back");
        Assert.AreEqual((Project.PathOf("R__a.sql"), 3), (report.Errors[0].Location.File, report.Errors[0].Location.Line));
        report.Errors[1].At(Project.PathOf("R__c.sql"), 2, 3).Says("missing");
        Assert.AreEqual(2, report.Pending);
        if (Dialect.CommitsSchemaChanges)
        {
            await HistoryIsAsync("001_log.sql|applied", "R__a.sql|failed", "R__b.sql|applied", "R__d.sql|applied");
            await LogIsAsync("a");
            return;
        }

        await HistoryIsAsync("001_log.sql|applied", "R__b.sql|applied", "R__d.sql|applied");
        await LogIsAsync("");

        (await Project.Write("R__a.sql", Log("a")).Write("R__c.sql", Log("c")).MigrateAsync()).Applied("R__a.sql", "R__c.sql");
    }

    [TestMethod]
    public async Task A_changed_repeatable_migration_that_fails_leaves_its_row_as_it_was()
    {
        await MigrateLoggedAsync(("R__a.sql", Log("a")));
        var before = await Database.QueryAsync("SELECT * FROM schema_migrations ORDER BY migration_name");

        (await Project.Write("R__a.sql", Log("a2") + "SELECT nope;").MigrateAsync()).HasApplied().FailedWith("MIG4005").At(Project.PathOf("R__a.sql"), 2, 8);

        await LogIsAsync("a");
        await RowsAreAsync("SELECT * FROM schema_migrations ORDER BY migration_name", [.. before]);
    }

    [TestMethod]
    public async Task A_migration_with_a_version_that_fails_keeps_the_repeatable_ones_waiting()
    {
        Project.Write("001_log.sql", LogTable).Write("002_fails.sql", "SELECT nope;").Write("R__a.sql", Log("a"));

        var report = (await Project.MigrateAsync()).HasApplied("001_log.sql");

        report.FailedWith("MIG4005").At(Project.PathOf("002_fails.sql"), 1, 8);
        Assert.AreEqual(2, report.Pending);
        await LogIsAsync("");
    }

    [TestMethod]
    public async Task A_typing_error_in_a_repeatable_migration_is_found_before_anything_runs()
    {
        Project.Write("001_log.sql", LogTable).Write("R__a.sql", "SELECT 'oops;");

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG2004").At(Project.PathOf("R__a.sql"), 1, 8);

        await NoTableAsync("log");
    }

    [TestMethod]
    public async Task Cancelling_a_repeatable_migration_leaves_it_as_it_was()
    {
        await MigrateLoggedAsync(("R__a.sql", Log("a")), ("R__b.sql", Log("b")));
        var before = await Database.QueryAsync("SELECT * FROM schema_migrations WHERE migration_name = 'R__b.sql'");
        using var cancellation = new CancellationTokenSource();
        var observer = new RecordingObserver();

        var run = Project.Write("R__a.sql", Log("a2")).Write("R__b.sql", Log("b2") + Dialect.Slow(60)).MigrateAsync(observer, cancellation.Token);
        await Task.WhenAny(observer.WhenStarted("R__b.sql"), run);
        await Task.Delay(300);
        await cancellation.CancelAsync();

        (await run).HasApplied("R__a.sql").FailedWith("MIG4007");
        await LogIsAsync("a b a2");
        await RowsAreAsync("SELECT * FROM schema_migrations WHERE migration_name = 'R__b.sql'", [.. before]);
    }

    [TestMethod]
    public async Task A_repeatable_migration_outside_a_transaction_runs_again_when_it_is_changed()
    {
        await MigrateLoggedAsync(("R__a.sql", Untransacted + Log("a") + Dialect.Alone + ";"));

        (await Project.Write("R__a.sql", Untransacted + Log("a2") + Dialect.Alone + ";").MigrateAsync()).Applied("R__a.sql").WithoutWarnings();

        await LogIsAsync("a a2");
        await RowsAreAsync("SELECT migration_name, status, statements_done FROM schema_migrations WHERE migration_name LIKE 'R%'", "R__a.sql|applied|2");
        (await Project.MigrateAsync()).Applied();
    }

    [TestMethod]
    public async Task A_repeatable_migration_that_fails_outside_a_transaction_does_not_stop_the_others()
    {
        await MigrateLoggedAsync(("R__a.sql", Log("a")));
        Project.Write("R__a.sql", Untransacted + Log("a2") + "SELECT nope;\n").Write("R__b.sql", Copy("b", "c")).Write("R__c.sql", Table("c"));

        (await Project.MigrateAsync()).HasApplied("R__c.sql", "R__b.sql").FailedWith("MIG4005").At(Project.PathOf("R__a.sql"), 3, 8).Says("first statement stands");

        await LogIsAsync("a a2");
        await RowsAreAsync("SELECT status, statements_done FROM schema_migrations WHERE migration_name = 'R__a.sql'", "failed|1");
        (await Project.Write("R__a.sql", Untransacted + Log("a2") + Log("a3")).MigrateAsync()).Applied("R__a.sql");
        await LogIsAsync("a a2 a3");
    }

    [TestMethod]
    public async Task A_repeatable_migration_outside_a_transaction_that_needs_a_later_one_goes_on_behind_what_stands()
    {
        await MigrateLoggedAsync(("R__a.sql", Log("a")));
        Project.Write("R__a.sql", Untransacted + Log("a2") + "INSERT INTO c VALUES (1);\n" + Log("a3")).Write("R__b.sql", Copy("b", "c")).Write("R__c.sql", Table("c"));
        var observer = new RecordingObserver();

        var report = (await Project.MigrateAsync(observer)).Applied("R__c.sql", "R__b.sql", "R__a.sql").WithoutWarnings();

        Assert.AreEqual(Dialect.CommitsSchemaChanges ? ", 1, 2" : ", , 2", string.Join(", ", report.Applied.Select(applied => applied.ResumedAt)));
        Assert.Contains("resumed R__a.sql at 2: an earlier attempt did not get past line 3.", observer.Events);
        await LogIsAsync("a a2 a3");
        (await Project.MigrateAsync()).Applied().WithoutWarnings();
    }

    [TestMethod]
    public async Task A_repeatable_migration_whose_temporary_table_is_gone_is_not_tried_again()
    {
        Project.Write("R__a.sql", Untransacted + "CREATE TEMPORARY TABLE t (id INTEGER);\nINSERT INTO c VALUES (1);\n").Write("R__b.sql", Table("b")).Write("R__c.sql", Table("c"));

        var problem = (await Project.MigrateAsync()).HasApplied("R__b.sql", "R__c.sql").FailedWith("MIG4005");

        Assert.AreEqual((Project.PathOf("R__a.sql"), 3), (problem.Location.File, problem.Location.Line));
    }

    [TestMethod]
    public async Task A_repeatable_migration_that_failed_runs_from_its_beginning_when_what_stands_was_changed()
    {
        await MigrateLoggedAsync(("R__a.sql", Untransacted + Log("a") + Dialect.Alone + ";"));
        (await Project.Write("R__a.sql", Untransacted + Log("a2") + "SELECT nope;\n").MigrateAsync()).FailedWith("MIG4005");

        (await Project.Write("R__a.sql", Untransacted + Log("a3") + Dialect.Alone + ";").MigrateAsync()).Applied("R__a.sql").WithoutWarnings();

        await LogIsAsync("a a2 a3");
        (await Project.Write("R__a.sql", Untransacted + Log("a4") + "SELECT nope;\n").MigrateAsync()).FailedWith("MIG4005");
        (await Project.Write("R__a.sql", Log("a5")).MigrateAsync()).Applied("R__a.sql");
        await LogIsAsync("a a2 a3 a4 a5");
    }

    [TestMethod]
    public async Task A_target_keeps_the_repeatable_migrations_waiting_while_anything_is_above_it()
    {
        Project.Write("001_log.sql", LogTable).Write("002_b.sql", Log("2")).Write("R__a.sql", Log("a"));

        Project.Plan = TargetOf("1");
        (await Project.MigrateAsync()).Applied("001_log.sql");
        Assert.AreEqual("001_log.sql Applied, 002_b.sql AboveTarget, R__a.sql AboveTarget", await StatesAsync());
        Project.Plan = TargetOf("2");
        (await Project.MigrateAsync()).Applied("002_b.sql", "R__a.sql");
        Project.Plan = TargetOf("1");
        (await Project.Write("R__a.sql", Log("a2")).MigrateAsync()).Applied("R__a.sql");

        await LogIsAsync("2 a a2");

        static PlanOptions TargetOf(string version)
        {
            Assert.IsTrue(MigrationVersion.TryParse(version, out var target));
            return new PlanOptions(Target: target);
        }
    }

    [TestMethod]
    public async Task A_repeatable_migration_without_its_file_is_warned_of_and_is_not_newer_than_anything()
    {
        await MigrateLoggedAsync(("R__a.sql", Log("a")));
        File.Delete(Project.PathOf("R__a.sql"));

        (await Project.Write("002_b.sql", Log("2")).Write("R__b.sql", Log("b")).MigrateAsync()).Applied("002_b.sql", "R__b.sql").WarnedOf("MIG3004").Says("R__a.sql");

        Assert.AreEqual("001_log.sql Applied, 002_b.sql Applied, R__a.sql Missing, R__b.sql Applied", await StatesAsync());
    }

    [TestMethod]
    public async Task A_repeatable_migration_of_which_only_the_name_was_recorded_runs_once_more()
    {
        await Database.ExecuteAsync(Dialect.BareHistory);
        await Database.ExecuteAsync("INSERT INTO schema_migrations (migration_name) VALUES ('R__a'), ('R__b.sql')");
        Project.Write("001_log.sql", LogTable).Write("R__a.sql", Log("a")).Write("R__b.sql", Log("b"));

        (await Project.MigrateAsync()).Applied("001_log.sql", "R__a.sql", "R__b.sql").WithoutWarnings();

        await HistoryIsAsync("001_log.sql|applied", "R__a.sql|applied", "R__b.sql|applied");
        (await Project.MigrateAsync()).Applied();
        await LogIsAsync("a b");
    }

    [TestMethod]
    public async Task A_repeatable_migration_that_another_runner_repeats_first_is_done()
    {
        await MigrateLoggedAsync(("R__a.sql", Log("a")), ("R__b.sql", Log("b")));
        Project.Write("R__a.sql", Log("a2")).Write("R__b.sql", Log("b2"));
        using var rival = new MigrationProject(Definition, Database.Connection);
        rival.Write("001_log.sql", LogTable).Write("R__a.sql", Log("a2")).Write("R__b.sql", Log("b"));

        var report = await Project.MigrateAsync(new RivalObserver(() => rival.MigrateAsync()));

        report.Applied("R__b.sql").WithoutWarnings();
        Assert.AreEqual(2, report.AlreadyApplied);
        await LogIsAsync("a b a2 b2");
    }

    [TestMethod]
    [DataRow("R__x.down.sql", "", "MIG2023")]
    [DataRow("R__x.sql", "-- Rollback: DROP VIEW x;\n", "MIG2023")]
    [DataRow("002_x.sql", "-- Requires: R__a\n", "MIG2025")]
    [DataRow("R__x.sql", "-- Requires: R__a\n", "MIG2025")]
    [DataRow("R__x.sql", "-- Requires: 009\n", "MIG2011")]
    [DataRow("r__x.sql", "", "MIG2001")]
    [DataRow("R__.sql", "", "MIG2001")]
    [DataRow("R__x.sql", "COMMIT;\n", "MIG2007")]
    [DataRow("R__x.sql", "VACUUM;\n", "MIG2008")]
    public async Task A_bad_repeatable_migration_is_refused_before_anything_runs(string name, string text, string code)
    {
        if (code == "MIG2008" && Definition.Language.StatementsDecideTransaction)
        {
            // It runs without a header that says so.
            (await Project.Write(name, Dialect.Alone + ";\n").MigrateAsync()).Applied(name);
            return;
        }

        Project.Write("001_log.sql", LogTable).Write("R__a.sql", Log("a")).Write(name, text);

        Assert.AreEqual(Project.PathOf(name), (await Project.MigrateAsync()).HasApplied().FailedWith(code).Location.File);

        await NoTableAsync("log");
    }

    [TestMethod]
    public async Task Eight_runners_apply_repeatable_migrations_once_and_repeat_them_once()
    {
        WriteRepeated("first");
        await RunTogetherAsync();
        await RowsAreAsync("SELECT count(*), count(DISTINCT number) FROM log", $"{Migrations}|{Migrations}");

        WriteRepeated("again");
        await RunTogetherAsync();
        await RowsAreAsync("SELECT count(*), count(DISTINCT number) FROM log", $"{2 * Migrations}|{2 * Migrations}");
    }

    [TestMethod]
    public async Task Fifty_runners_repeat_a_migration_once()
    {
        await MigrateLoggedAsync(("R__a.sql", Log("a")), ("R__b.sql", Log("b")));
        Project.Write("R__a.sql", Log("a2")).Write("R__b.sql", Log("b2"));

        await RunTogetherAsync(50);

        await RowsAreAsync("SELECT number FROM log WHERE number LIKE '_2' ORDER BY number", "a2", "b2");
    }

    private static string Log(string text) => $"INSERT INTO log VALUES ('{text}');\n";

    private static string Copy(string table, string from) => $"CREATE TABLE {table} AS SELECT * FROM {from};\n";

    private async Task MigrateLoggedAsync(params (string Name, string Text)[] repeatable)
    {
        Project.Write("001_log.sql", LogTable);
        foreach (var (name, text) in repeatable)
        {
            Project.Write(name, text);
        }

        (await Project.MigrateAsync()).Succeeded();
    }

    private void WriteRepeated(string text)
    {
        Project.Write("001_log.sql", LogTable);
        for (var i = 0; i < Migrations; i++)
        {
            Project.Write($"R__{i:D2}.sql", Log($"{text}{i}"));
        }
    }

    private async Task LogIsAsync(string entries) =>
        Assert.AreEqual(entries, string.Join(' ', await Database.QueryAsync("SELECT number FROM log")));

    private async Task<string> StatesAsync() =>
        string.Join(", ", (await Project.GetStatusAsync()).Entries.Select(entry => $"{entry.Name} {entry.State}"));
}

namespace MigrationTasks.ContractTests;

public abstract partial class SqlAdapterContract
{
    [TestMethod]
    public async Task A_repeatable_migration_of_which_only_comments_were_edited_does_not_run_again()
    {
        await MigrateLoggedAsync(("R__a", Log("a")));

        (await Project.Write("R__a.sql", "-- why\n" + Log("a")).MigrateAsync()).Applied().WithoutWarnings();

        await LogIsAsync("a");
        Assert.AreEqual("001_log Applied, R__a Applied", await StatesAsync());
    }

    [TestMethod]
    public async Task Every_repeatable_migration_that_cannot_succeed_is_told_at_its_place()
    {
        Project.Write("R__a.sql", "-- a\n" + Log("a") + "CREATE TABLE a AS SELECT * FROM nope;\n").Write("R__b.sql", Table("b")).Write("R__c.sql", "SELECT\n  missing;").Write("R__d.sql", Table("d"));
        Project.Write("001_log", LogTable);

        var report = (await Project.MigrateAsync()).HasApplied("001_log.sql", "R__b.sql", "R__d.sql");

        Assert.AreEqual("MIG4005, MIG4005", string.Join(", ", report.Errors.Select(error => error.Code)), string.Join('\n', report.Errors));
        report.Errors[0].Says("nope").Says(Dialect.CommitsSchemaChanges ? "was applied" : "rolled back");
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

        (await Project.Write("R__a", Log("a")).Write("R__c", Log("c")).MigrateAsync()).Applied("R__a.sql", "R__c.sql");
    }

    [TestMethod]
    public async Task A_typing_error_in_a_repeatable_migration_is_found_before_anything_runs()
    {
        Project.Write("001_log", LogTable).Write("R__a.sql", "SELECT 'oops;");

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG2004").At(Project.PathOf("R__a.sql"), 1, 8);

        await NoTableAsync("log");
    }

    [TestMethod]
    public async Task A_repeatable_migration_whose_temporary_table_is_gone_is_not_tried_again()
    {
        Project.Write("R__a.sql", Untransacted + "CREATE TEMPORARY TABLE t (id INTEGER);\nINSERT INTO c VALUES (1);\n").Write("R__b.sql", Table("b")).Write("R__c.sql", Table("c"));

        var problem = (await Project.MigrateAsync()).HasApplied("R__b.sql", "R__c.sql").FailedWith("MIG4005");

        Assert.AreEqual((Project.PathOf("R__a.sql"), 3), (problem.Location.File, problem.Location.Line));
    }

    [TestMethod]
    public async Task A_repeatable_migration_of_which_only_the_name_was_recorded_runs_once_more()
    {
        await Database.ExecuteAsync(Dialect.BareHistory);
        await Database.ExecuteAsync("INSERT INTO schema_migrations (migration_name) VALUES ('R__a'), ('R__b.sql')");
        Project.Write("001_log", LogTable).Write("R__a", Log("a")).Write("R__b", Log("b"));

        (await Project.MigrateAsync()).Applied("001_log.sql", "R__a.sql", "R__b.sql").WithoutWarnings();

        await HistoryIsAsync("001_log.sql|applied", "R__a.sql|applied", "R__b.sql|applied");
        (await Project.MigrateAsync()).Applied();
        await LogIsAsync("a b");
    }

    [TestMethod]
    [DataRow("R__x.down.sql", "", "MIG2023")]
    [DataRow("R__x.sql", "-- Rollback: DROP VIEW x;\n", "MIG2023")]
    [DataRow("002_x.sql", "-- Requires: R__a\n", "MIG2025")]
    [DataRow("R__x.sql", "-- Requires: R__a\n", "MIG2025")]
    [DataRow("R__x.sql", "-- Requires: 009\n", "MIG2011")]
    [DataRow("r__x.sql", "", "MIG2001")]
    [DataRow("R__.sql", "", "MIG2001")]
    [DataRow("R__x.sql", "ROLLBACK;\n", "MIG2007")]
    [DataRow("R__x.sql", "VACUUM;\n", "MIG2008")]
    public async Task A_bad_repeatable_migration_is_refused_before_anything_runs(string name, string text, string code)
    {
        if (code == "MIG2008" && Definition.Language.StatementsDecideTransaction)
        {
            // It runs without a header that says so.
            (await Project.Write(name, Dialect.Alone + ";\n").MigrateAsync()).Applied(name);
            return;
        }

        Project.Write("001_log", LogTable).Write("R__a", Log("a")).Write(name, text);

        Assert.AreEqual(Project.PathOf(name), (await Project.MigrateAsync()).HasApplied().FailedWith(code).Location.File);

        await NoTableAsync("log");
    }
}

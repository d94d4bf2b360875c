using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Reporting;
using MigrationTasks.Engine.Runner;

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    private const string TwoStand = Untransacted + "CREATE TABLE a (id INTEGER);\nINSERT INTO a VALUES (1);\n";

    [TestMethod]
    public async Task A_run_goes_on_behind_the_statements_that_stand()
    {
        await FailAsync(TwoStand + "SELECT nope;\nINSERT INTO a VALUES (4);\n");
        Project.Write("001_a.sql", TwoStand + "INSERT INTO a VALUES (3);\nINSERT INTO a VALUES (4);\n").Write("002_b.sql", Table("b"));
        var observer = new RecordingObserver();

        var report = (await Project.MigrateAsync(observer)).Applied("001_a.sql", "002_b.sql").WithoutWarnings();

        Assert.AreEqual("3, ", string.Join(", ", report.Applied.Select(applied => applied.ResumedAt)));
        Assert.Contains("resumed 001_a.sql at 3: an earlier attempt did not get past line 4.", observer.Events);
        await RowsAreAsync("SELECT id FROM a ORDER BY id", "1", "3", "4");
        await RowsAreAsync("SELECT status, statements_done FROM schema_migrations WHERE migration_name = '001_a.sql'", "applied|4");
        (await Project.MigrateAsync()).Applied().WithoutWarnings();
    }

    [TestMethod]
    public async Task The_status_tells_where_a_run_would_go_on()
    {
        await FailAsync(TwoStand + "\n\n  SELECT nope;\n");

        var status = await Project.GetStatusAsync();

        Assert.IsEmpty(status.Warnings, string.Join('\n', status.Warnings));
        Assert.AreEqual((1, "failed, resumes at statement 3 (line 6)"), (status.Pending, Wording.Of(status.Entries.Single())));
    }

    [TestMethod]
    public async Task A_run_that_goes_on_and_fails_again_goes_on_from_there_the_next_time()
    {
        await FailAsync(TwoStand + "SELECT nope;\n");
        Project.Write("001_a.sql", TwoStand + "INSERT INTO a VALUES (3);\nSELECT still_nope;\n");

        var report = await Project.MigrateAsync();

        report.HasApplied().FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), 5, 8).Says("3 statements stand");
        Assert.AreEqual(1, report.Pending);
        (await Project.Write("001_a.sql", TwoStand + "INSERT INTO a VALUES (3);\n").MigrateAsync()).Applied("001_a.sql");
        await RowsAreAsync("SELECT id FROM a ORDER BY id", "1", "3");
    }

    [TestMethod]
    [DataRow(TwoStand + "INSERT INTO a VALUES (3);", "", DisplayName = "the statement that failed is corrected")]
    [DataRow("-- Transaction: none\r\n\r\n-- a\r\ncreate TABLE a\r\n(id INTEGER); /* b */ INSERT INTO a VALUES (1);\r\nINSERT INTO a VALUES (3);", "case", DisplayName = "the case of a word is changed")]
    [DataRow("-- Transaction: none\r\n\r\n-- a\r\nCREATE TABLE a\r\n(id INTEGER); /* b */ INSERT INTO a VALUES (1);\r\nINSERT INTO a VALUES (3);", "", DisplayName = "comments and layout are changed")]
    [DataRow(Untransacted + "CREATE TABLE a (id INTEGER);\nINSERT INTO a VALUES (2);\nINSERT INTO a VALUES (3);", "The text of what stands was changed", DisplayName = "a statement that stands is changed")]
    [DataRow(Untransacted + "SELECT 1;\nCREATE TABLE a (id INTEGER);\nINSERT INTO a VALUES (1);\nINSERT INTO a VALUES (3);", "The text of what stands was changed", DisplayName = "a statement is put before those that stand")]
    [DataRow(Untransacted + "CREATE TABLE a (id INTEGER);", "not in the file any more", DisplayName = "a statement that stands is gone")]
    [DataRow("CREATE TABLE a (id INTEGER);\nINSERT INTO a VALUES (1);\nINSERT INTO a VALUES (3);", "Transaction: none", DisplayName = "the header is gone")]
    public async Task A_run_goes_on_only_when_what_stands_is_what_the_file_says(string corrected, string obstacle)
    {
        await FailAsync(TwoStand + "SELECT nope;\n");

        var report = await Project.Write("001_a.sql", corrected).MigrateAsync();

        if (obstacle.Length == 0 || (obstacle == "Transaction: none" && Dialect.CommitsSchemaChanges))
        {
            report.Applied("001_a.sql");
            await RowsAreAsync("SELECT id FROM a ORDER BY id", "1", "3");
            return;
        }

        report.HasApplied().FailedWith("MIG3005").Says("after 2 statements").Says(obstacle is "case" ? "changed" : obstacle).Says("MigrateRepairFailed=true");
        await RowsAreAsync("SELECT id FROM a", "1");
        (await Project.Write("001_a.sql", TwoStand).MigrateAsync()).Applied("001_a.sql");
    }

    [TestMethod]
    public async Task A_file_that_cannot_be_split_any_more_is_told_so()
    {
        await FailAsync(TwoStand + "SELECT nope;\n");

        (await Project.Write("001_a.sql", TwoStand + "SELECT 'open;\n").MigrateAsync()).HasApplied().FailedWith("MIG2004").At(Project.PathOf("001_a.sql"), 4, 8);

        await RowsAreAsync("SELECT status, statements_done FROM schema_migrations", "failed|2");
    }

    [TestMethod]
    public async Task What_was_temporary_is_no_place_to_go_on_behind()
    {
        await FailAsync(Untransacted + "CREATE TEMPORARY TABLE t (id INTEGER);\nSELECT nope;\n");

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG3005").Says("CREATE TEMPORARY TABLE in line 2").Says("went with its session");
    }

    [TestMethod]
    public async Task A_migration_whose_first_statement_failed_starts_anew()
    {
        await FailAsync(Untransacted + "SELECT nope;\n");

        (await Project.Write("001_a.sql", TwoStand).MigrateAsync()).Applied("001_a.sql");
    }

    [TestMethod]
    public async Task An_interrupted_run_is_completed_by_the_next_one()
    {
        await FailAsync(TwoStand + "SELECT nope;\n");
        await Database.ExecuteAsync("UPDATE schema_migrations SET status = 'running'");
        Assert.AreEqual("running, or interrupted and resumes at statement 3 (line 4)", Wording.Of((await Project.GetStatusAsync()).Entries.Single()));

        (await Project.Write("001_a.sql", TwoStand + "INSERT INTO a VALUES (3);\n").MigrateAsync()).Applied("001_a.sql");

        await RowsAreAsync("SELECT id FROM a ORDER BY id", "1", "3");
    }

    [TestMethod]
    public async Task A_run_that_was_interrupted_at_its_very_end_is_completed()
    {
        (await Project.Write("001_a.sql", TwoStand).MigrateAsync()).Applied("001_a.sql");
        await Database.ExecuteAsync("UPDATE schema_migrations SET status = 'running'");

        var report = (await Project.MigrateAsync()).Applied("001_a.sql");

        Assert.AreEqual(3, report.Applied.Single().ResumedAt);
        await RowsAreAsync("SELECT id FROM a", "1");
    }

    [TestMethod]
    public async Task A_transaction_of_its_own_that_failed_runs_again_as_a_whole()
    {
        const string Own = TwoStand + "BEGIN;\nINSERT INTO a VALUES (2);\nCOMMIT;\nBEGIN;\nINSERT INTO a VALUES (3);\n";
        await FailAsync(Own + "SELECT nope;\nCOMMIT;\n");
        await RowsAreAsync("SELECT status, statements_done FROM schema_migrations", "failed|5");

        (await Project.Write("001_a.sql", Own + "INSERT INTO a VALUES (4);\nCOMMIT;\nINSERT INTO a VALUES (5);\n").MigrateAsync()).Applied("001_a.sql");

        await RowsAreAsync("SELECT id FROM a ORDER BY id", "1", "2", "3", "4", "5");
        await RowsAreAsync("SELECT statements_done FROM schema_migrations", "10");
    }

    [TestMethod]
    public async Task Runs_that_go_on_at_the_same_time_do_so_once()
    {
        await FailAsync(TwoStand + "SELECT nope;\n");
        Project.Write("001_a.sql", TwoStand + "INSERT INTO a VALUES (3);\n").Write("002_b.sql", Table("b"));

        var reports = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => Project.MigrateAsync())));

        Assert.AreEqual("001_a.sql, 002_b.sql", string.Join(", ", reports.SelectMany(report => report.Succeeded().Applied).Select(applied => applied.Name)));
        await RowsAreAsync("SELECT id FROM a ORDER BY id", "1", "3");
    }

    [TestMethod]
    public async Task A_target_version_below_leaves_it_as_it_is()
    {
        (await Project.Write("001_a.sql", Table("b")).Write("002_b.sql", Untransacted + "SELECT nope;").MigrateAsync()).FailedWith("MIG4005");
        Assert.IsTrue(MigrationVersion.TryParse("1", out var target));
        Project.Plan = new PlanOptions(Target: target);

        (await Project.MigrateAsync()).Applied();

        await RowsAreAsync("SELECT status FROM schema_migrations WHERE migration_name = '002_b.sql'", "failed");
    }

    private async Task FailAsync(string text) => (await Project.Write("001_a.sql", text).MigrateAsync()).HasApplied().FailedWith("MIG4005");
}

using MigrationTasks.Engine.Runner;

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    [TestMethod]
    public async Task A_baseline_marks_what_is_there_already_and_the_next_run_applies_the_rest()
    {
        await Database.ExecuteAsync(Table("a"));
        Project.Write("001_a.sql", "-- Rollback: DROP TABLE a;\n" + Table("a")).Write("002_b.sql", "SELECT nope;").Write("003_c.sql", Table("c"));

        var report = (await Project.BaselineAsync("02")).Succeeded();

        Assert.AreSequenceEqual(["001_a.sql", "002_b.sql"], report.Marked);
        await HistoryIsAsync("001_a.sql|baseline", "002_b.sql|baseline");
        (await Project.MigrateAsync()).Applied("003_c.sql").WithoutWarnings();
        Assert.AreSequenceEqual([HistoryStatus.Baseline, HistoryStatus.Baseline, HistoryStatus.Applied], (await Project.GetStatusAsync()).Entries.Select(entry => entry.Row!.Status));
        await RowsAreAsync("SELECT rollback_sql FROM schema_migrations WHERE migration_name = '001_a.sql'", "DROP TABLE a;");
    }

    [TestMethod]
    public async Task A_baseline_adds_to_a_history_what_it_lacks_and_leaves_the_rest_as_it_is()
    {
        (await Project.Write("001_a.sql", Table("a")).Write("003_c.sql", Table("c")).MigrateAsync()).Succeeded();
        var before = await Database.QueryAsync("SELECT * FROM schema_migrations");
        Project.Write("002_b.sql", "SELECT nope;").Write("004_d.sql", Table("d"));

        var report = (await Project.BaselineAsync("003")).Succeeded();

        Assert.AreEqual(("002_b.sql", 2), (report.Marked.Single(), report.AlreadyApplied));
        await RowsAreAsync("SELECT * FROM schema_migrations WHERE status = 'applied'", [.. before]);
        (await Project.MigrateAsync()).Applied("004_d.sql").WithoutWarnings();
    }

    [TestMethod]
    public async Task A_baseline_a_second_time_changes_nothing()
    {
        Project.Write("001_a.sql", Table("a"));
        (await Project.BaselineAsync("1")).Succeeded();
        var before = await Database.QueryAsync("SELECT * FROM schema_migrations");

        Assert.IsEmpty((await Project.BaselineAsync("1")).Succeeded().Marked);

        await RowsAreAsync("SELECT * FROM schema_migrations", [.. before]);
    }

    [TestMethod]
    public async Task A_baseline_completes_a_bare_history()
    {
        await Database.ExecuteAsync(Dialect.BareHistory);
        await Database.ExecuteAsync("INSERT INTO schema_migrations (migration_name) VALUES ('001_a.sql')");
        Project.Write("001_a.sql", "SELECT nope;").Write("002_b.sql", "SELECT nope;");

        Assert.AreEqual("002_b.sql", (await Project.BaselineAsync("2")).Succeeded().Marked.Single());

        await HistoryIsAsync("001_a.sql|applied", "002_b.sql|baseline");
    }

    [TestMethod]
    public async Task A_baseline_creates_the_history_by_its_script()
    {
        Project.Write("000_migrations_table.sql", Dialect.HistoryScript).Write("001_a.sql", "SELECT nope;");

        (await Project.BaselineAsync("1")).Succeeded();

        await HistoryIsAsync("000_migrations_table.sql|applied", "001_a.sql|baseline");
    }

    [TestMethod]
    public async Task An_edited_baseline_is_refused_as_an_edited_migration_is()
    {
        (await Project.Write("001_a.sql", Table("a")).BaselineAsync("1")).Succeeded();

        (await Project.Write("001_a.sql", Table("b")).MigrateAsync()).HasApplied().FailedWith("MIG3002");
    }

    [TestMethod]
    public async Task A_baseline_that_cannot_be_right_marks_nothing()
    {
        Project.Write("001_a.sql", Table("a")).Write("002_b.sql", Table("b"));

        (await Project.BaselineAsync("3")).FailedWith("MIG3022").Says("002_b.sql");
        await NoTableAsync("schema_migrations");

        await Database.ExecuteAsync(Dialect.ForeignHistories["golang-migrate"]);
        (await Project.BaselineAsync("1")).FailedWith("MIG3001");
        await Database.ExecuteAsync("DROP TABLE schema_migrations");

        (await Project.MigrateAsync()).Succeeded();
        Project.Write("001_a.sql", Table("edited")).Write("003_c.sql", Table("c"));
        (await Project.BaselineAsync("3")).FailedWith("MIG3002");
        await HistoryIsAsync("001_a.sql|applied", "002_b.sql|applied");
    }

    [TestMethod]
    public async Task Eight_baselines_at_once_mark_each_migration_once()
    {
        Project.Write("001_a.sql", Table("a")).Write("002_b.sql", Table("b"));

        var reports = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Project.BaselineAsync("2"))));

        Assert.IsTrue(reports.All(report => report.Succeeded), string.Join('\n', reports.SelectMany(report => report.Errors)));
        Assert.AreEqual(2, reports.Sum(report => report.Marked.Count));
        await HistoryIsAsync("001_a.sql|baseline", "002_b.sql|baseline");
    }
}

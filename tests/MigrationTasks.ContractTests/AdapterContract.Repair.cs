using MigrationTasks.Engine.Maintenance;

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    [TestMethod]
    public async Task A_repair_that_nothing_is_asked_of_lists_what_could_be_done_and_changes_nothing()
    {
        await DisorderAsync();
        var before = await Database.QueryAsync("SELECT * FROM schema_migrations");

        var report = (await Project.RepairAsync(Repairs.None)).Succeeded();

        Assert.IsEmpty(report.Done);
        Assert.AreEqual("001_a.sql Checksums, 002_b.sql Renamed, 003_c.sql Missing, 004_d.sql Failed, 004_d.sql Completed", Text(report.Possible));
        await RowsAreAsync("SELECT * FROM schema_migrations", [.. before]);
    }

    [TestMethod]
    public async Task A_repair_does_what_it_is_asked_for_and_the_next_run_goes_on()
    {
        await DisorderAsync();

        var report = (await Project.RepairAsync(Repairs.Checksums | Repairs.Renamed | Repairs.Failed | Repairs.Missing)).Succeeded();

        Assert.AreEqual("001_a.sql Checksums, 002_b.sql Renamed, 003_c.sql Missing, 004_d.sql Failed", Text(report.Done));
        Assert.IsEmpty(report.Possible);
        await HistoryIsAsync("001_a.sql|applied", "002_renamed.sql|applied");
        await RowsAreAsync("SELECT rollback_sql FROM schema_migrations WHERE migration_name = '001_a.sql'", "DROP TABLE edited;");
        (await Project.Write("004_d.sql", Untransacted + "INSERT INTO d VALUES (1);").MigrateAsync()).Applied("004_d.sql").WithoutWarnings();
    }

    [TestMethod]
    public async Task A_repair_leaves_alone_what_it_is_not_asked_for()
    {
        await DisorderAsync();

        var report = (await Project.RepairAsync(Repairs.Checksums | Repairs.Missing, "003_c")).Succeeded();

        Assert.AreEqual("003_c.sql Missing", Text(report.Done));
        await HistoryIsAsync("001_a.sql|applied", "002_b.sql|applied", "004_d.sql|failed");
        Assert.AreEqual("MIG3002, MIG3010", string.Join(", ", (await Project.MigrateAsync()).Errors.Select(error => error.Code)));
    }

    [TestMethod]
    public async Task A_migration_that_was_completed_by_hand_is_applied_as_its_file_is_now()
    {
        await DisorderAsync();
        Project.Write("004_d.sql", Untransacted + Table("d") + "INSERT INTO d VALUES (1);\n");

        (await Project.RepairAsync(Repairs.Completed | Repairs.Checksums | Repairs.Renamed | Repairs.Missing)).Succeeded();

        await HistoryIsAsync("001_a.sql|applied", "002_renamed.sql|applied", "004_d.sql|applied");
        (await Project.MigrateAsync()).Applied().WithoutWarnings();
    }

    [TestMethod]
    public async Task A_migration_whose_runner_died_can_be_repaired()
    {
        (await Project.Write("001_a.sql", Table("a")).MigrateAsync()).Succeeded();
        Project.Write("002_b.sql", Untransacted + Table("b"));
        await Database.ExecuteAsync("INSERT INTO schema_migrations (migration_name, status, statements_done) VALUES ('002_b.sql', 'running', 0)");

        Assert.AreEqual("002_b.sql Failed", Text((await Project.RepairAsync(Repairs.Failed)).Succeeded().Done));

        (await Project.MigrateAsync()).Applied("002_b.sql");
    }

    [TestMethod]
    public async Task A_migration_that_is_running_is_not_repaired_but_waited_for()
    {
        (await Project.Write("001_a.sql", Table("a")).MigrateAsync()).Succeeded();
        Project.Write("002_slow.sql", Untransacted + Dialect.Slow(3) + ";\n" + Table("b"));
        var observer = new RecordingObserver();
        var run = Project.MigrateAsync(observer);
        await Task.WhenAny(observer.WhenStarted("002_slow.sql"), run);

        var repair = await Project.RepairAsync(Repairs.Failed | Repairs.Completed);

        (await run).Applied("002_slow.sql");
        Assert.IsEmpty(repair.Succeeded().Done);
        await HistoryIsAsync("001_a.sql|applied", "002_slow.sql|applied");
    }

    [TestMethod]
    public async Task There_is_nothing_to_repair_without_a_history()
    {
        var report = (await Project.Write("001_a.sql", Table("a")).RepairAsync(Repairs.Checksums | Repairs.Missing | Repairs.Failed)).Succeeded();

        Assert.IsEmpty(report.Done);
        await NoTableAsync("schema_migrations");
    }

    [TestMethod]
    public async Task A_repair_that_cannot_be_meant_changes_nothing()
    {
        await DisorderAsync();
        var before = await Database.QueryAsync("SELECT * FROM schema_migrations");

        (await Project.RepairAsync(Repairs.Missing, "3", "7")).FailedWith("MIG1026").Says(" 7,");
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(Project.PathOf("."))!, "*.sql"))
        {
            File.Delete(file);
        }

        (await Project.RepairAsync(Repairs.Missing)).FailedWith("MIG3023").Says("schema_migrations");
        await RowsAreAsync("SELECT * FROM schema_migrations", [.. before]);
    }

    // One of each: edited, renamed, without a file, failed outside a transaction.
    private async Task DisorderAsync()
    {
        Project.Write("001_a.sql", Table("a")).Write("002_b.sql", Table("b")).Write("003_c.sql", Table("c")).Write("004_d.sql", Untransacted + Table("d") + "SELECT nope;\n");
        (await Project.MigrateAsync()).FailedWith("MIG4005");
        File.Move(Project.PathOf("002_b.sql"), Project.PathOf("002_renamed.sql"));
        File.Delete(Project.PathOf("003_c.sql"));
        Project.Write("001_a.sql", "-- Rollback: DROP TABLE edited;\n" + Table("edited"));
    }

    private static string Text(IEnumerable<Repair> repairs) => string.Join(", ", repairs.Select(repair => $"{repair.Row.Name} {repair.Kind}"));
}

using MigrationTasks.Engine.Commands.Repair;
using MigrationTasks.Engine.History;

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    [TestMethod]
    public async Task A_repair_that_nothing_is_asked_of_lists_what_could_be_done_and_changes_nothing()
    {
        await DisorderAsync();
        var before = await Database.ReadAsync("schema_migrations");

        var report = (await Project.RepairAsync(Repairs.None)).Succeeded();

        Assert.IsEmpty(report.Done);
        Assert.AreEqual("001_a Checksums, 002_b Renamed, 003_c Missing, 004_d Failed, 004_d Completed", Text(report.Possible));
        await TableHoldsAsync("schema_migrations", before);
    }

    [TestMethod]
    public async Task A_repair_does_what_it_is_asked_for_and_the_next_run_goes_on()
    {
        await DisorderAsync();

        var report = (await Project.RepairAsync(Repairs.Checksums | Repairs.Renamed | Repairs.Failed | Repairs.Missing)).Succeeded();

        Assert.AreEqual("001_a Checksums, 002_b Renamed, 003_c Missing, 004_d Failed", Text(report.Done));
        Assert.IsEmpty(report.Possible);
        await HistoryIsAsync("001_a|applied", "002_renamed|applied");
        await KeptRollbackIsAsync("001_a", Drop("edited"));
        (await Project.Write("004_d", Untransacted + Insert("d", 1)).MigrateAsync()).Applied("004_d").WithoutWarnings();
    }

    [TestMethod]
    public async Task A_repair_leaves_alone_what_it_is_not_asked_for()
    {
        await DisorderAsync();

        var report = (await Project.RepairAsync(Repairs.Checksums | Repairs.Missing, "003_c")).Succeeded();

        Assert.AreEqual("003_c Missing", Text(report.Done));
        await HistoryIsAsync("001_a|applied", "002_b|applied", "004_d|failed");
        Assert.AreEqual("MIG3002, MIG3010", string.Join(", ", (await Project.MigrateAsync()).Errors.Select(error => error.Code)));
    }

    [TestMethod]
    public async Task A_migration_that_was_completed_by_hand_is_applied_as_its_file_is_now()
    {
        await DisorderAsync();
        Project.Write("004_d", Untransacted + Create("d") + Insert("d", 1));

        (await Project.RepairAsync(Repairs.Completed | Repairs.Checksums | Repairs.Renamed | Repairs.Missing)).Succeeded();

        await HistoryIsAsync("001_a|applied", "002_renamed|applied", "004_d|applied");
        (await Project.MigrateAsync()).Applied().WithoutWarnings();
    }

    [TestMethod]
    public async Task A_migration_whose_runner_died_can_be_repaired()
    {
        (await Project.Write("001_a", Create("a")).MigrateAsync()).Succeeded();
        Project.Write("002_b", Untransacted + Create("b"));
        await AddRowsAsync(new HistoryRow($"002_b{Extension}", Status: HistoryStatus.Running, StatementsDone: 0));

        Assert.AreEqual("002_b Failed", Text((await Project.RepairAsync(Repairs.Failed)).Succeeded().Done));

        (await Project.MigrateAsync()).Applied("002_b");
    }

    [TestMethod]
    public async Task A_migration_that_is_running_is_not_repaired_but_waited_for()
    {
        (await Project.Write("001_a", Create("a")).MigrateAsync()).Succeeded();
        Project.Write("002_slow", Untransacted + Slow(1) + Create("b"));
        var observer = new RecordingObserver();
        var run = Project.MigrateAsync(observer);
        await Task.WhenAny(observer.WhenStarted("002_slow"), run);

        var repair = await Project.RepairAsync(Repairs.Failed | Repairs.Completed);

        (await run).Applied("002_slow");
        Assert.IsEmpty(repair.Succeeded().Done);
        await HistoryIsAsync("001_a|applied", "002_slow|applied");
    }

    [TestMethod]
    public async Task There_is_nothing_to_repair_without_a_history()
    {
        var report = (await Project.Write("001_a", Create("a")).RepairAsync(Repairs.Checksums | Repairs.Missing | Repairs.Failed)).Succeeded();

        Assert.IsEmpty(report.Done);
        await NoTableAsync("schema_migrations");
    }

    [TestMethod]
    public async Task A_repair_that_cannot_be_meant_changes_nothing()
    {
        await DisorderAsync();
        var before = await Database.ReadAsync("schema_migrations");

        (await Project.RepairAsync(Repairs.Missing, "3", "7")).FailedWith("MIG1026").Says(" 7,");
        foreach (var file in Directory.EnumerateFiles(Path.GetDirectoryName(Project.FileOf("001_a"))!))
        {
            File.Delete(file);
        }

        (await Project.RepairAsync(Repairs.Missing)).FailedWith("MIG3023").Says("schema_migrations");
        await TableHoldsAsync("schema_migrations", before);
    }

    // One of each: edited, renamed, without a file, failed outside a transaction.
    private async Task DisorderAsync()
    {
        Project.Write("001_a", Create("a")).Write("002_b", Create("b")).Write("003_c", Create("c")).Write("004_d", Untransacted + Create("d") + Fails);
        (await Project.MigrateAsync()).FailedWith("MIG4005");
        File.Move(Project.FileOf("002_b"), Project.FileOf("002_renamed"));
        File.Delete(Project.FileOf("003_c"));
        Project.Write("001_a", Rollback(Drop("edited")) + Create("edited"));
    }

    private string Text(IEnumerable<RowRepair> repairs) => Names(repairs.Select(repair => $"{repair.Row.Name} {repair.Kind}"));
}

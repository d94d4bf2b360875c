using MigrationTasks.Engine.Commands.Repair;
using MigrationTasks.Engine.History;

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    [TestMethod]
    public async Task A_rollback_undoes_the_newest_migration_and_removes_its_row()
    {
        await WriteThree().MigrateAsync();

        (await Project.RollBackAsync()).RolledBack("003_c").WithoutWarnings();

        await HistoryIsAsync("001_a|applied", "002_b|applied");
        await NoTableAsync("c");
        (await Project.MigrateAsync()).Applied("003_c");
    }

    [TestMethod]
    public async Task A_rollback_goes_back_as_many_steps_as_asked_newest_first()
    {
        await WriteThree().MigrateAsync();
        var observer = new RecordingObserver();

        (await Project.RollBackAsync(3, observer)).RolledBack("003_c", "002_b", "001_a");

        Assert.AreEqual(
            "started 003_c, rolled back 003_c, started 002_b, rolled back 002_b, started 001_a, rolled back 001_a",
            Told(observer));
        await HistoryIsAsync();
        (await Project.MigrateAsync()).Applied("001_a", "002_b", "003_c");
    }

    [TestMethod]
    public async Task The_target_of_a_rollback_stays_applied()
    {
        await WriteThree().MigrateAsync();

        (await Project.RollBackToAsync("1")).RolledBack("003_c", "002_b");
        (await Project.RollBackToAsync("001")).RolledBack();

        await HistoryIsAsync("001_a|applied");
    }

    [TestMethod]
    public async Task The_target_zero_undoes_all_but_the_history()
    {
        await WriteThree().Write("000_migrations_table", HistoryScript).MigrateAsync();

        (await Project.RollBackToAsync("000")).RolledBack("003_c", "002_b", "001_a");

        await HistoryIsAsync("000_migrations_table|applied");
    }

    [TestMethod]
    public async Task A_rollback_comes_from_the_header_a_file_or_the_history()
    {
        Project.Write("001_a", Rollback(Drop("a")) + Create("a"))
            .Write("002_b", Create("b")).Write("002_b.down", Drop("b"))
            .Write("003_c", Rollback(Drop("c")) + Create("c"))
            .Write("004_d", Create("d")).Write("004_d.down", Drop("d"));
        (await Project.MigrateAsync()).Succeeded();
        File.Delete(Project.FileOf("003_c"));
        File.Delete(Project.FileOf("004_d"));
        File.Delete(Project.FileOf("004_d.down"));

        var report = (await Project.RollBackConfirmedAsync(4)).RolledBack("004_d", "003_c", "002_b", "001_a");

        Assert.AreEqual("History, History, File, Header", string.Join(", ", report.RolledBack.Select(undone => undone.Source)));
        await NoTableAsync("a");
        await NoTableAsync("d");
    }

    [TestMethod]
    public async Task A_corrected_rollback_file_counts_rather_than_what_the_history_keeps()
    {
        await Project.Write("001_a", Create("a")).Write("001_a.down", Fails).MigrateAsync();
        (await Project.RollBackAsync()).FailedWith("MIG4005");

        (await Project.Write("001_a.down", Drop("a")).RollBackAsync()).RolledBack("001_a");
    }

    [TestMethod]
    public async Task A_migration_that_was_changed_is_not_undone_until_it_is_accepted()
    {
        await Project.Write("001_a", Create("a")).Write("001_a.down", Drop("a")).MigrateAsync();
        Project.Write("001_a", Create("a") + Create("b"));

        (await Project.RollBackAsync()).HasRolledBack().FailedWith("MIG3018").Says("changed after it was applied").Says("MigrateRepairChecksums");

        await ValuesAreAsync("a");
        (await Project.RepairAsync(Repairs.Checksums, "001")).Succeeded();
        (await Project.RollBackAsync()).RolledBack("001_a");
        await NoTableAsync("a");
    }

    [TestMethod]
    public async Task What_a_stranger_writes_into_the_history_is_not_run()
    {
        await WriteThree().MigrateAsync();
        await ForgeAsync("003_c", row => row with { Rollback = Create("owned").ToString(), Checksum = "sha256:x", TokenChecksum = "sha256:y" });

        (await Project.RollBackAsync()).HasRolledBack().FailedWith("MIG3018");
        File.Delete(Project.FileOf("003_c"));
        (await Project.RollBackAsync()).HasRolledBack().FailedWith("MIG3033").Says("owned");

        await NoTableAsync("owned");
        await ValuesAreAsync("c");
    }

    [TestMethod]
    public async Task What_was_confirmed_is_run_and_nothing_else()
    {
        await WriteThree().MigrateAsync();
        File.Delete(Project.FileOf("003_c"));
        File.Delete(Project.FileOf("003_c.down"));
        var confirmed = (await Project.RollBackAsync()).FailedWith("MIG3033").Message.Split("MigrateRollbackStored=")[1].Split('.')[0];
        await ForgeAsync("003_c", row => row with { Rollback = Create("owned").ToString() });

        (await Project.RollBackAsync(confirmed)).HasRolledBack().FailedWith("MIG3033").Says("not the one that MigrateRollbackStored confirms");
        await NoTableAsync("owned");

        await ForgeAsync("003_c", row => row with { Rollback = Drop("c").ToString() });
        (await Project.RollBackAsync(confirmed)).RolledBack("003_c");
        await NoTableAsync("c");
    }

    [TestMethod]
    public async Task A_migration_without_rollback_stops_before_anything_is_undone()
    {
        await WriteThree().Write("002_b", Create("b")).MigrateAsync();

        (await Project.RollBackAsync(2)).HasRolledBack().FailedWith("MIG3017").Says("002_b").Says("002_b.down");

        await HistoryIsAsync("001_a|applied", "002_b|applied", "003_c|applied");
        (await Project.RollBackAsync()).RolledBack("003_c");
    }

    [TestMethod]
    public async Task Cancelling_a_rollback_leaves_its_migration_applied()
    {
        await WriteThree().Write("002_b", Create("b")).Write("002_b.down", Drop("b") + Slow(60)).MigrateAsync();
        using var cancellation = new CancellationTokenSource();
        var observer = new RecordingObserver();

        var run = Project.RollBackAsync(3, observer, cancellation.Token);
        await Task.WhenAny(observer.WhenStarted("002_b"), run);
        await Task.Delay(300);
        await cancellation.CancelAsync();

        (await run).HasRolledBack("003_c").FailedWith("MIG4007").Says(Dialect.CommitsSchemaChanges ? "the next run says how to continue" : "1 of 3");
        if (Dialect.CommitsSchemaChanges)
        {
            await HistoryIsAsync("001_a|applied", "002_b|undo_failed");
            await NoTableAsync("b");
            return;
        }

        await HistoryIsAsync("001_a|applied", "002_b|applied");
        await ValuesAreAsync("b");
    }

    private Task ForgeAsync(string name, Func<HistoryRow, HistoryRow> change) => ChangeHistoryAsync(rows =>
    {
        var row = rows.Single(row => row.Name.StartsWith(name, StringComparison.Ordinal));
        return [HistoryChange.Replace(row, change(row))];
    });

    private protected MigrationProject WriteThree() => Project
        .Write("001_a", Rollback(Drop("a")) + Create("a"))
        .Write("002_b", Rollback(Drop("b")) + Create("b"))
        .Write("003_c", Create("c")).Write("003_c.down", Drop("c"));
}

using MigrationTasks.Engine.Commands.Repair;
using MigrationTasks.Engine.History;

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    private const string ChecksumOfNothing = "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

    // As MigrateNew writes it.
    private string NothingYet => Definition.Language.StartFile("nothing yet", new DateOnly(2026, 1, 2));

    [TestMethod]
    public async Task A_migration_without_a_statement_stays_pending_until_it_has_some()
    {
        Project.Write("001_a", Create("a")).Write($"002_later{Extension}", NothingYet);

        var report = (await Project.MigrateAsync()).Applied("001_a");
        report.WarnedOf("MIG2028").Says("stays pending");
        Assert.AreEqual((1, 1), (report.Pending, report.Empty));

        (await Project.MigrateAsync()).Applied().WarnedOf("MIG2028");
        await HistoryIsAsync("001_a|applied");
        Assert.AreEqual("Applied Empty", string.Join(' ', (await Project.GetStatusAsync()).Succeeded().Entries.Select(entry => entry.State)));
        (await Project.ValidateAsync(lint: Engine.Lint.LintScope.Off)).Succeeded().WarnedOf("MIG2028");

        (await Project.Write("002_later", Create("later")).MigrateAsync()).Applied("002_later").WithoutWarnings();
        await ValuesAreAsync("later");
    }

    [TestMethod]
    public async Task What_comes_after_a_migration_without_a_statement_does_not_wait_for_it()
    {
        Project.Write($"001_later{Extension}", NothingYet).Write("002_b", Create("b"));

        (await Project.MigrateAsync()).Applied("002_b").WarnedOf("MIG2028").Says($"002_b{Extension} comes after it and does not wait for it");
        (await Project.MigrateAsync()).Applied().WarnedOf("MIG2028").Says($"002_b{Extension} comes after it");

        (await Project.Write("001_later", Create("later")).MigrateAsync()).Applied("001_later").WarnedOf("MIG3003");
    }

    [TestMethod]
    public async Task A_baseline_does_not_mark_what_has_no_statement()
    {
        Project.Write("001_a", Create("a")).Write($"002_later{Extension}", NothingYet).Write("003_c", Create("c"));

        (await Project.BaselineAsync("3")).Succeeded().WarnedOf("MIG2028");

        await HistoryIsAsync("001_a|baseline", "003_c|baseline");
        (await Project.Write("002_later", Create("later")).MigrateAsync()).Applied("002_later");
    }

    [TestMethod]
    public async Task A_migration_that_was_recorded_without_a_statement_runs_when_its_row_is_removed()
    {
        Project.Write($"001_later{Extension}", NothingYet);
        await AddRowsAsync(new HistoryRow($"001_later{Extension}", "sha256:of-the-file-then", TokenChecksum: ChecksumOfNothing));
        (await Project.MigrateAsync()).Applied().WithoutWarnings();
        Project.Write("001_later", Create("later"));

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG3002").Says("none of it has run").Says("-p:MigrateRepairEmpty=true");
        var report = (await Project.RepairAsync(Repairs.Empty, "1")).Succeeded();

        Assert.AreEqual("001_later Empty", Text(report.Done));
        Assert.IsEmpty(report.Possible);
        (await Project.MigrateAsync()).Applied("001_later").WithoutWarnings();
        await ValuesAreAsync("later");
    }

    [TestMethod]
    public async Task An_edited_migration_runs_as_it_is_now_once_it_is_rolled_back()
    {
        (await Project.Write("001_a", Rollback(Drop("a")) + Create("a")).MigrateAsync()).Succeeded();
        Project.Write("001_a", Rollback(Drop("b")) + Create("b"));
        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG3002").Says("-t:MigrateRollback").Says("without running any of it");

        (await Project.Write("001_a", Rollback(Drop("a")) + Create("a")).RollBackAsync()).RolledBack("001_a");

        (await Project.Write("001_a", Rollback(Drop("b")) + Create("b")).MigrateAsync()).Applied("001_a").WithoutWarnings();
        await NoTableAsync("a");
        await ValuesAreAsync("b");
    }

    [TestMethod]
    public async Task What_did_nothing_needs_no_rollback_to_be_rolled_back()
    {
        Project.Write("001_a", Rollback(Drop("a")) + Create("a")).Write($"002_b{Extension}", NothingYet).Write($"003_c{Extension}", NothingYet).Write($"003_c.down{Extension}", NothingYet);
        (await Project.MigrateAsync()).Applied("001_a");
        await AddRowsAsync(Recorded("002_b"), Recorded("003_c"), Recorded("004_d"));
        Project.Write("004_d", Rollback(Drop("d")) + Create("d"));

        (await Project.RollBackToAsync("0")).RolledBack("004_d", "003_c", "002_b", "001_a").WithoutWarnings();

        await HistoryIsAsync();
        await NoTableAsync("a");

        HistoryRow Recorded(string name) => new($"{name}{Extension}", "sha256:of-the-file-then", TokenChecksum: ChecksumOfNothing);
    }

    [TestMethod]
    public async Task A_rollback_to_zero_undoes_a_migration_of_version_zero()
    {
        (await Project.Write("00000_setup", Rollback(Drop("a")) + Create("a")).Write("001_b", Rollback(Drop("b")) + Create("b")).MigrateAsync()).Succeeded();

        (await Project.RollBackToAsync("0")).RolledBack("001_b", "00000_setup");

        await HistoryIsAsync();
        await NoTableAsync("a");
    }
}

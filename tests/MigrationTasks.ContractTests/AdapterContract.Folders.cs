using MigrationTasks.Engine.Commands.Repair;
using MigrationTasks.Engine.History;

namespace MigrationTasks.ContractTests;

/// <summary>Several folders or projects on one history.</summary>
public abstract partial class AdapterContract
{
    private const string OtherFolder = "Other/migrations";

    [TestMethod]
    public async Task A_row_says_which_folder_it_is_from()
    {
        Project.Write("001_a", Create("a")).Write("002_b", Untransacted + Create("b"));
        (await Project.MigrateAsync()).Succeeded();
        (await Project.Write("003_c", Create("c")).BaselineAsync("3")).Succeeded();

        await FoldersAreAsync("001_a|Contract/migrations", "002_b|Contract/migrations", "003_c|Contract/migrations");
    }

    [TestMethod]
    public async Task A_second_project_is_told_at_its_first_run_to_have_a_history_of_its_own()
    {
        (await Project.Write("001_a", Create("a")).MigrateAsync()).Succeeded();
        using var other = new MigrationProject(Definition, Database.Connection) { ProjectName = "Other" };
        other.Write("002_b", Create("b"));

        (await other.MigrateAsync()).HasApplied().FailedWith("MIG3036").Says("Contract/migrations").Says("HistoryTable=").Says("MigrateBaseline");
        Assert.AreEqual("MIG3036", string.Join(", ", (await other.ValidateAsync()).Errors.Select(error => error.Code)));
        Assert.AreEqual("MIG3036", (await other.BaselineAsync("2")).Errors.Single().Code);
        await NoTableAsync("b");

        other.HistoryTable = "other_migrations";
        (await other.MigrateAsync()).Applied("002_b").WithoutWarnings();
        (await Project.MigrateAsync()).Applied().WithoutWarnings();
    }

    [TestMethod]
    public async Task What_another_folder_applied_is_neither_missing_nor_newer_nor_removed()
    {
        (await Project.Write("001_a", Rollback(Drop("a")) + Create("a")).MigrateAsync()).Succeeded();
        await AddRowsAsync(RowOfOther("900_other"));
        Project.Write("002_b", Rollback(Drop("b")) + Create("b"));

        (await Project.MigrateAsync()).Applied("002_b").WarnedOf("MIG3036").Says(OtherFolder);
        Assert.IsEmpty((await Project.RepairAsync(Repairs.Missing)).Succeeded().Done);
        Assert.IsEmpty((await Project.RepairAsync(Repairs.None)).Succeeded().Possible);
        (await Project.RollBackAsync(2)).RolledBack("002_b", "001_a");

        await HistoryIsAsync("900_other|applied");
    }

    [TestMethod]
    public async Task A_rollback_outside_a_transaction_passes_over_newer_rows_of_others()
    {
        (await Project.Write("001_a", Untransacted + Rollback(Untransacted + Drop("a")) + Create("a")).MigrateAsync()).Succeeded();
        await AddRowsAsync(RowOfOther("900_other"));

        (await Project.RollBackAsync()).RolledBack("001_a");

        await HistoryIsAsync("900_other|applied");
    }

    [TestMethod]
    public async Task A_row_of_another_folder_goes_when_it_is_named()
    {
        (await Project.Write("001_a", Create("a")).MigrateAsync()).Succeeded();
        await AddRowsAsync(RowOfOther("900_other"));

        (await Project.RepairAsync(Repairs.Missing, "900")).FailedWith("MIG1026");
        Assert.AreEqual("900_other Missing", Text((await Project.RepairAsync(Repairs.Missing, "900_other")).Succeeded().Done));

        await HistoryIsAsync("001_a|applied");
    }

    [TestMethod]
    public async Task A_name_that_another_folder_has_applied_is_refused()
    {
        (await Project.Write("001_a", Create("a")).MigrateAsync()).Succeeded();
        await AddRowsAsync(RowOfOther("002_b"));

        (await Project.Write("002_b", Create("b")).MigrateAsync()).HasApplied().FailedWith("MIG3037").Says(OtherFolder);

        await NoTableAsync("b");
    }

    [TestMethod]
    public async Task A_project_that_was_renamed_keeps_its_history()
    {
        (await Project.Write("001_a", Create("a")).Write("002_b", Create("b")).MigrateAsync()).Succeeded();
        Project.ProjectName = "Renamed";
        File.Delete(Project.FileOf("002_b"));
        Project.Write("003_c", Create("c")).Write("004_d", Create("d"));
        Project.Write("002_b", Create("b"));

        (await Project.MigrateAsync()).Applied("003_c", "004_d").WithoutWarnings();

        await FoldersAreAsync("001_a|Contract/migrations", "002_b|Contract/migrations", "003_c|Renamed/migrations", "004_d|Renamed/migrations");
    }

    [TestMethod]
    public async Task Of_what_nobody_knows_whose_it_is_a_repair_removes_only_what_is_named()
    {
        (await Project.Write("001_a", Create("a")).MigrateAsync()).Succeeded();
        await AddRowsAsync(new HistoryRow($"002_b{Extension}"));

        var report = (await Project.RepairAsync(Repairs.Missing)).Succeeded();
        Assert.IsEmpty(report.Done);
        Assert.AreEqual("002_b Missing", Text(report.Possible));
        Assert.AreEqual("002_b Missing", Text((await Project.RepairAsync(Repairs.Missing, "2")).Succeeded().Done));
    }

    private HistoryRow RowOfOther(string name) => new($"{name}{Extension}", "sha256:other", Folder: OtherFolder);

    private async Task FoldersAreAsync(params string[] rows) =>
        Assert.AreEqual(WithoutExtensions(rows), WithoutExtensions((await Database.ReadAsync("schema_migrations", HistorySchema.Name, HistorySchema.Folder)).Order(StringComparer.Ordinal)));
}

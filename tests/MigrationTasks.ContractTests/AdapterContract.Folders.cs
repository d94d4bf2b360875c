using MigrationTasks.Engine;
using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Commands.DryRun;
using MigrationTasks.Engine.Commands.Migrate;
using MigrationTasks.Engine.Commands.Repair;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Lint;

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

        (await Project.MigrateAsync()).Applied("002_b").WarnedOf("MIG3036").Says(OtherFolder).Says("-p:MigrateRepairOnly=900_other");
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

    [TestMethod]
    public async Task Two_folders_of_one_project_with_one_history_are_refused_before_anything_runs()
    {
        Project.Write("001_a", Create("a")).Write("../more/002_b", Create("b"));

        await AllAreRefusedAsync(TwoFolders());
        await NoTableAsync("a");

        Assert.AreEqual("001_a, 002_b", Applied(await TwoFolders("more_migrations").MigrateAsync()));
    }

    [TestMethod]
    public async Task A_folder_that_comes_to_a_history_of_another_one_gets_its_own_and_the_other_waits_for_that()
    {
        (await Project.Write("../more/001_b", Create("b")).Write("001_a", Create("a")).MigrateAsync()).Succeeded();
        Project.Write("002_c", Create("c"));

        Assert.StartsWith("migrations and more lead to ", (await TwoFolders().MigrateAsync()).Single().Errors.Single().Message);
        await NoTableAsync("c");
    }

    [TestMethod]
    public async Task Two_folders_that_have_had_one_history_for_long_go_on()
    {
        (await Project.Write("001_a", Create("a")).MigrateAsync()).Succeeded();
        await AddRowsAsync(new HistoryRow($"002_b{Extension}", "sha256:old", Folder: "Contract/more"));
        Project.Write("../more/003_c", Create("c"));

        var reports = await TwoFolders().MigrateAsync();

        Assert.AreEqual("003_c", Applied(reports));
        Assert.Contains("MIG3036", reports[0].Warnings.Select(warning => warning.Code));
    }

    private async Task AllAreRefusedAsync(MigrationWorkflow workflow)
    {
        IEnumerable<DatabaseReport> reports =
        [
            .. await workflow.MigrateAsync(), .. await workflow.DryRunAsync(new DryRunOptions(Path.Combine(Project.Path, "obj"))),
            .. await workflow.GetStatusAsync(), .. await workflow.ValidateAsync(new LintOptions()), .. await workflow.RepairAsync(new RepairOptions(Repairs.None, [])),
        ];
        Assert.AreEqual("MIG1055 MIG1055 MIG1055 MIG1055 MIG1055", string.Join(' ', reports.SelectMany(report => report.Errors).Select(error => error.Code)));
    }

    private string Applied(IEnumerable<RunReport> reports) =>
        string.Join(", ", reports.SelectMany(report => report.Succeeded().Applied).Select(migration => migration.Name.Replace(Extension, "", StringComparison.Ordinal)));

    // The folder of the project and another one, each by a variable of its own.
    private MigrationWorkflow TwoFolders(string? history = null) => new(
        new AdapterFactory([Definition]),
        new WorkflowOptions
        {
            ProjectDirectory = Project.Path,
            ProjectName = Project.ProjectName,
            Folders = [new DeclaredFolder("migrations", Definition.Name, "FIRST_URL"), new DeclaredFolder("more", Definition.Name, "SECOND_URL", history)],
            Environment = _ => Database.Connection,
        });

    private HistoryRow RowOfOther(string name) => new($"{name}{Extension}", "sha256:other", Folder: OtherFolder);

    private async Task FoldersAreAsync(params string[] rows) =>
        Assert.AreEqual(WithoutExtensions(rows), WithoutExtensions((await Database.ReadAsync("schema_migrations", HistorySchema.Name, HistorySchema.Folder)).Order(StringComparer.Ordinal)));
}

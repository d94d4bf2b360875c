using MigrationTasks.Engine.Planning;

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    [TestMethod]
    public async Task A_folder_in_order_is_valid_and_nothing_is_changed()
    {
        WriteReversible("001_a", "a");
        WriteReversible("002_b", "b");

        var report = (await Project.ValidateAsync()).Succeeded().WithoutWarnings();

        Assert.AreEqual((2, (string?)null), (report.Migrations, report.MissingVariable));
        await NoTableAsync("a");
        await NoTableAsync("schema_migrations");
    }

    [TestMethod]
    public async Task An_applied_file_that_was_edited_is_not_valid()
    {
        WriteReversible("001_a", "a");
        (await Project.MigrateAsync()).Succeeded();
        WriteReversible("001_a", "changed");

        Assert.AreEqual(Project.FileOf("001_a"), (await Project.ValidateAsync()).FailedWith("MIG3002").Location.File);
    }

    [TestMethod]
    public async Task An_applied_migration_without_a_file_is_warned_of()
    {
        WriteReversible("001_a", "a");
        WriteReversible("002_b", "b");
        (await Project.MigrateAsync()).Succeeded();
        File.Delete(Project.FileOf("001_a"));

        (await Project.ValidateAsync()).Succeeded().WarnedOf("MIG3004").Says("001_a");
    }

    [TestMethod]
    [DataRow(OutOfOrderPolicy.Warn, "")]
    [DataRow(OutOfOrderPolicy.Error, "MIG3003")]
    [DataRow(OutOfOrderPolicy.Allow, "")]
    public async Task A_migration_out_of_order_is_judged_as_a_run_would(OutOfOrderPolicy policy, string errors)
    {
        WriteReversible("002_b", "b");
        (await Project.MigrateAsync()).Succeeded();
        WriteReversible("001_a", "a");
        Project.Plan = new PlanOptions(policy);

        var report = await Project.ValidateAsync();

        Assert.AreEqual(errors, string.Join(", ", report.Errors.Select(error => error.Code)));
        Assert.AreEqual(policy == OutOfOrderPolicy.Warn ? "MIG3003" : "", string.Join(", ", report.Warnings.Select(warning => warning.Code)));
    }

    private protected void WriteReversible(string name, string table) => Project.Write(name, Rollback(Drop(table)) + Create(table));
}

using MigrationTasks.Engine.Planning;

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    [TestMethod]
    public async Task An_edited_file_is_refused_and_nothing_runs()
    {
        (await Project.Write("001_a", Create("a")).MigrateAsync()).Succeeded();

        var report = await Project.Write("001_a", Create("changed")).Write("002_b", Create("b")).MigrateAsync();

        report.HasApplied().FailedWith("MIG3002").Says("changed after it was applied");
        await NoTableAsync("b");
    }

    [TestMethod]
    public async Task A_missing_file_is_warned_of()
    {
        (await Project.Write("001_a", Create("a")).Write("002_b", Create("b")).MigrateAsync()).Succeeded();
        File.Delete(Project.FileOf("001_a"));

        var report = await Project.Write("003_c", Create("c")).MigrateAsync();

        report.Applied("003_c").WarnedOf("MIG3004").Says("001_a");
    }

    [TestMethod]
    public async Task A_renamed_file_is_refused()
    {
        (await Project.Write("001_a", Create("a")).MigrateAsync()).Succeeded();
        File.Move(Project.FileOf("001_a"), Project.FileOf("001_better_name"));

        (await Project.MigrateAsync()).FailedWith("MIG3010").Says("001_a");

        await HistoryIsAsync("001_a|applied");
    }

    [TestMethod]
    [DataRow(OutOfOrderPolicy.Warn)]
    [DataRow(OutOfOrderPolicy.Error)]
    [DataRow(OutOfOrderPolicy.Allow)]
    public async Task A_migration_out_of_order_is_treated_as_asked(OutOfOrderPolicy policy)
    {
        (await Project.Write("002_b", Create("b")).MigrateAsync()).Succeeded();
        Project.Plan = new PlanOptions(policy);

        var report = await Project.Write("001_a", Create("a")).MigrateAsync();

        switch (policy)
        {
            case OutOfOrderPolicy.Warn:
                report.Applied("001_a").WarnedOf("MIG3003").Says("002_b");
                break;
            case OutOfOrderPolicy.Error:
                report.HasApplied().FailedWith("MIG3003").Says("002_b");
                break;
            default:
                report.Applied("001_a").WithoutWarnings();
                break;
        }
    }

    [TestMethod]
    public async Task Two_files_of_one_version_are_refused()
    {
        Project.Write("1_a", Create("a")).Write("001_b", Create("b"));

        (await Project.MigrateAsync()).FailedWith("MIG2002").Says("001_b").Says("1_a");

        await NoTableAsync("schema_migrations");
    }

    [TestMethod]
    public async Task A_file_without_a_version_is_refused()
    {
        Project.Write("001_a", Create("a")).Write("create_b", Create("b"));

        Assert.AreEqual(Project.FileOf("create_b"), (await Project.MigrateAsync()).FailedWith("MIG2001").Location.File);

        await NoTableAsync("a");
    }

    [TestMethod]
    public async Task Versions_of_twenty_digits_are_compared_as_numbers()
    {
        Project.Write("20260102030405060709_b", Create("b")).Write("20260102030405060708_a", Create("a")).Write("99999999999999999999_c", Create("c")).Write("2_first", Create("first_one"));

        (await Project.MigrateAsync()).Applied("2_first", "20260102030405060708_a", "20260102030405060709_b", "99999999999999999999_c");
    }

    [TestMethod]
    public async Task Names_may_hold_whatever_a_file_system_takes()
    {
        string[] names = ["001_naïve café 😀", "002_it's 100% done; DROP TABLE a --", "003_$1 {0} @p :q ?"];
        names = [.. names.Where(name => name.IndexOfAny(Path.GetInvalidFileNameChars()) < 0)];
        foreach (var name in names)
        {
            Project.Write(name, Create($"t{name[2]}"));
        }

        (await Project.MigrateAsync()).Applied(names);

        await HistoryIsAsync([.. names.Select(name => $"{name}|applied")]);
        (await Project.MigrateAsync()).Applied().WithoutWarnings();
    }

    [TestMethod]
    public async Task The_rollback_of_a_migration_is_kept_in_the_history()
    {
        Project.Write("001_a", Rollback(Drop("a")) + Create("a"))
            .Write("002_b", Create("b")).Write("002_b.down", Drop("b"))
            .Write("003_c", Create("c"));

        (await Project.MigrateAsync()).Applied("001_a", "002_b", "003_c").WithoutWarnings();

        await KeptRollbackIsAsync("001_a", Drop("a"));
        await KeptRollbackIsAsync("002_b", Drop("b"));
        Assert.IsNull((await ReadHistoryAsync()).Rows.Single(row => row.Name.StartsWith("003", StringComparison.Ordinal)).Rollback);
    }
}

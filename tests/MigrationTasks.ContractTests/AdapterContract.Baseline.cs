using MigrationTasks.Engine.History;

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    [TestMethod]
    public async Task A_baseline_marks_what_is_there_already_and_the_next_run_applies_the_rest()
    {
        await ExecuteAsync(Create("a"));
        Project.Write("001_a", Rollback(Drop("a")) + Create("a")).Write("002_b", Fails).Write("003_c", Create("c"));

        var report = (await Project.BaselineAsync("02")).Succeeded();

        Assert.AreEqual("001_a, 002_b", Names(report.Marked));
        await HistoryIsAsync("001_a|baseline", "002_b|baseline");
        (await Project.MigrateAsync()).Applied("003_c").WithoutWarnings();
        Assert.AreSequenceEqual([HistoryStatus.Baseline, HistoryStatus.Baseline, HistoryStatus.Applied], (await Project.GetStatusAsync()).Entries.Select(entry => entry.Row!.Status));
        await KeptRollbackIsAsync("001_a", Drop("a"));
    }

    [TestMethod]
    public async Task A_baseline_adds_to_a_history_what_it_lacks_and_leaves_the_rest_as_it_is()
    {
        (await Project.Write("001_a", Create("a")).Write("003_c", Create("c")).MigrateAsync()).Succeeded();
        var before = await Database.ReadAsync("schema_migrations");
        Project.Write("002_b", Fails).Write("004_d", Create("d"));

        var report = (await Project.BaselineAsync("003")).Succeeded();

        Assert.AreEqual(("002_b", 2), (Names(report.Marked), report.AlreadyApplied));
        var after = await Database.ReadAsync("schema_migrations");
        Assert.HasCount(2, before);
        CollectionAssert.IsSubsetOf(before.ToArray(), after.ToArray());
        (await Project.MigrateAsync()).Applied("004_d").WithoutWarnings();
    }

    [TestMethod]
    public async Task A_baseline_a_second_time_changes_nothing()
    {
        Project.Write("001_a", Create("a"));
        (await Project.BaselineAsync("1")).Succeeded();
        var before = await Database.ReadAsync("schema_migrations");

        Assert.IsEmpty((await Project.BaselineAsync("1")).Succeeded().Marked);

        await TableHoldsAsync("schema_migrations", before);
    }

    [TestMethod]
    public async Task A_baseline_creates_the_history_by_its_script()
    {
        Project.Write("000_migrations_table", HistoryScript).Write("001_a", Fails);

        (await Project.BaselineAsync("1")).Succeeded();

        await HistoryIsAsync("000_migrations_table|applied", "001_a|baseline");
    }

    [TestMethod]
    public async Task An_edited_baseline_is_refused_as_an_edited_migration_is()
    {
        (await Project.Write("001_a", Create("a")).BaselineAsync("1")).Succeeded();

        (await Project.Write("001_a", Create("b")).MigrateAsync()).HasApplied().FailedWith("MIG3002");
    }

    [TestMethod]
    public async Task A_baseline_that_cannot_be_right_marks_nothing()
    {
        Project.Write("001_a", Create("a")).Write("002_b", Create("b"));

        (await Project.BaselineAsync("3")).FailedWith("MIG3022").Says("002_b");
        await NoTableAsync("schema_migrations");

        await Database.ExecuteAsync(Dialect.ForeignHistories["golang-migrate"]);
        (await Project.BaselineAsync("1")).FailedWith("MIG3001");
        await ExecuteAsync(Drop("schema_migrations"));

        (await Project.MigrateAsync()).Succeeded();
        Project.Write("001_a", Create("edited")).Write("003_c", Create("c"));
        (await Project.BaselineAsync("3")).FailedWith("MIG3002");
        await HistoryIsAsync("001_a|applied", "002_b|applied");
    }

    [TestMethod]
    public async Task Eight_baselines_at_once_mark_each_migration_once()
    {
        Project.Write("001_a", Create("a")).Write("002_b", Create("b"));

        var reports = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Project.BaselineAsync("2"))));

        Assert.IsTrue(reports.All(report => report.Succeeded), string.Join('\n', reports.SelectMany(report => report.Errors)));
        Assert.AreEqual(2, reports.Sum(report => report.Marked.Count));
        await HistoryIsAsync("001_a|baseline", "002_b|baseline");
    }
}

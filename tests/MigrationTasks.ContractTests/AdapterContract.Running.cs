using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    [TestMethod]
    public async Task A_first_run_applies_all_in_the_order_of_their_versions()
    {
        var observer = new RecordingObserver();

        var report = await Project.Write("10_c", Create("c")).Write("9_b", Create("b")).Write("001_a", Create("a")).MigrateAsync(observer);

        report.Applied("001_a", "9_b", "10_c").WithoutWarnings();
        await HistoryIsAsync("001_a|applied", "10_c|applied", "9_b|applied");
        await ValuesAreAsync("a");
        await ValuesAreAsync("b");
        await ValuesAreAsync("c");
        Assert.AreEqual(
            "started 001_a, applied 001_a, started 9_b, applied 9_b, started 10_c, applied 10_c",
            Told(observer));
    }

    [TestMethod]
    public async Task The_history_row_says_what_ran_when_and_for_how_long()
    {
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);

        (await Project.Write("001_a", Create("a")).MigrateAsync()).Succeeded();

        var row = (await Project.GetStatusAsync()).Entries.Single().Row!;
        Assert.StartsWith("sha256:", row.Checksum!);
        Assert.IsTrue(row.ExecutedAt >= before && row.ExecutedAt <= DateTimeOffset.UtcNow.AddSeconds(1), $"It was not executed at {row.ExecutedAt:O}.");
        Assert.IsTrue(row.Duration >= TimeSpan.Zero && row.Duration < TimeSpan.FromSeconds(30), $"It did not take {row.Duration}.");
    }

    [TestMethod]
    public async Task A_run_with_nothing_pending_leaves_the_history_as_it_is()
    {
        (await Project.Write("001_a", Create("a")).Write("002_b", Create("b")).MigrateAsync()).Succeeded();
        var before = await Database.ReadAsync("schema_migrations");

        var report = await Project.MigrateAsync();

        report.Applied().WithoutWarnings();
        Assert.AreEqual(2, report.AlreadyApplied);
        await TableHoldsAsync("schema_migrations", before);
    }

    [TestMethod]
    public async Task A_partly_migrated_database_gets_the_rest()
    {
        (await Project.Write("001_a", Create("a")).MigrateAsync()).Succeeded();

        var report = await Project.Write("002_b", Create("b")).Write("003_c", Create("c")).MigrateAsync();

        report.Applied("002_b", "003_c");
        await HistoryIsAsync("001_a|applied", "002_b|applied", "003_c|applied");
    }

    [TestMethod]
    public async Task A_folder_without_migrations_is_nothing_to_do()
    {
        (await Project.Write("notes.txt", "no migration").MigrateAsync()).Applied().WithoutWarnings();

        await NoTableAsync("schema_migrations");
    }

    [TestMethod]
    public async Task A_target_version_leaves_newer_ones_pending()
    {
        Assert.IsTrue(MigrationVersion.TryParse("2", out var target));
        Project.Write("001_a", Create("a")).Write("002_b", Create("b")).Write("003_c", Create("c"));
        Project.Plan = new PlanOptions(Target: target);

        (await Project.MigrateAsync()).Applied("001_a", "002_b");

        await NoTableAsync("c");
        Project.Plan = new PlanOptions();
        (await Project.MigrateAsync()).Applied("003_c");
    }

    [TestMethod]
    public async Task The_status_tells_where_every_migration_stands_and_changes_nothing()
    {
        (await Project.Write("002_b", Create("b")).MigrateAsync()).Succeeded();

        var report = await Project.Write("001_a", Create("a")).Write("003_c", Create("c")).GetStatusAsync();

        Assert.AreEqual(
            "001_a OutOfOrder, 002_b Applied, 003_c Pending",
            StatesOf(report));
        await HistoryIsAsync("002_b|applied");
        await NoTableAsync("a");
    }

    [TestMethod]
    public async Task The_status_of_an_untouched_database_is_all_pending_and_creates_no_table()
    {
        var report = await Project.Write("001_a", Create("a")).GetStatusAsync();

        Assert.IsTrue(report.Succeeded, string.Join('\n', report.Errors));
        Assert.AreEqual(1, report.Pending);
        await NoTableAsync("schema_migrations");
    }

    [TestMethod]
    public async Task Very_many_migrations_are_applied_and_then_skipped()
    {
        // More than any database takes in one go.
        const int Count = 1_200;
        for (var i = 1; i <= Count; i++)
        {
            Project.Write($"{i:D5}_step", i == 1 ? Create("steps") : Insert("steps", i));
        }

        var first = (await Project.MigrateAsync()).Succeeded();
        var second = (await Project.MigrateAsync()).Succeeded();

        TestContext.WriteLine($"{Count} migrations: {first.Duration.TotalSeconds:0.0} s, then {second.Duration.TotalSeconds:0.00} s");
        Assert.HasCount(Count, first.Applied);
        Assert.AreEqual((0, Count), (second.Applied.Count, second.AlreadyApplied));
        Assert.HasCount(Count - 1, await Database.ReadAsync("steps", "id"));
    }
}

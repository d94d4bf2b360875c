using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Runner;

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    [TestMethod]
    public async Task A_first_run_applies_all_in_the_order_of_their_versions()
    {
        var observer = new RecordingObserver();

        var report = await Project.Write("10_c.sql", Table("c")).Write("9_b.sql", Table("b")).Write("001_a.sql", Table("a")).MigrateAsync(observer);

        report.Applied("001_a.sql", "9_b.sql", "10_c.sql").WithoutWarnings();
        await HistoryIsAsync("001_a.sql|applied", "10_c.sql|applied", "9_b.sql|applied");
        await RowsAreAsync("SELECT count(*) FROM a UNION ALL SELECT count(*) FROM b UNION ALL SELECT count(*) FROM c", "0", "0", "0");
        Assert.AreEqual(
            "started 001_a.sql, applied 001_a.sql, started 9_b.sql, applied 9_b.sql, started 10_c.sql, applied 10_c.sql",
            string.Join(", ", observer.Events));
    }

    [TestMethod]
    public async Task The_history_row_says_what_ran_when_and_for_how_long()
    {
        var before = DateTimeOffset.UtcNow.AddSeconds(-1);

        (await Project.Write("001_a.sql", Table("a")).MigrateAsync()).Succeeded();

        var row = (await Project.GetStatusAsync()).Entries.Single().Row!;
        Assert.StartsWith("sha256:", row.Checksum!);
        Assert.IsTrue(row.ExecutedAt >= before && row.ExecutedAt <= DateTimeOffset.UtcNow.AddSeconds(1), $"It was not executed at {row.ExecutedAt:O}.");
        Assert.IsTrue(row.Duration >= TimeSpan.Zero && row.Duration < TimeSpan.FromSeconds(30), $"It did not take {row.Duration}.");
    }

    [TestMethod]
    public async Task A_run_with_nothing_pending_leaves_the_history_as_it_is()
    {
        (await Project.Write("001_a.sql", Table("a")).Write("002_b.sql", Table("b")).MigrateAsync()).Succeeded();
        var before = await Database.QueryAsync("SELECT * FROM schema_migrations ORDER BY migration_name");

        var report = await Project.MigrateAsync();

        report.Applied().WithoutWarnings();
        Assert.AreEqual(2, report.AlreadyApplied);
        await RowsAreAsync("SELECT * FROM schema_migrations ORDER BY migration_name", [.. before]);
    }

    [TestMethod]
    public async Task A_partly_migrated_database_gets_the_rest()
    {
        (await Project.Write("001_a.sql", Table("a")).MigrateAsync()).Succeeded();

        var report = await Project.Write("002_b.sql", Table("b")).Write("003_c.sql", Table("c")).MigrateAsync();

        report.Applied("002_b.sql", "003_c.sql");
        await HistoryIsAsync("001_a.sql|applied", "002_b.sql|applied", "003_c.sql|applied");
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
        Project.Write("001_a.sql", Table("a")).Write("002_b.sql", Table("b")).Write("003_c.sql", Table("c"));
        Project.Plan = new PlanOptions(Target: target);

        (await Project.MigrateAsync()).Applied("001_a.sql", "002_b.sql");

        await NoTableAsync("c");
        Project.Plan = new PlanOptions();
        (await Project.MigrateAsync()).Applied("003_c.sql");
    }

    [TestMethod]
    public async Task The_status_tells_where_every_migration_stands_and_changes_nothing()
    {
        (await Project.Write("002_b.sql", Table("b")).MigrateAsync()).Succeeded();

        var report = await Project.Write("001_a.sql", Table("a")).Write("003_c.sql", Table("c")).GetStatusAsync();

        Assert.AreEqual(
            "001_a.sql OutOfOrder, 002_b.sql Applied, 003_c.sql Pending",
            string.Join(", ", report.Entries.Select(entry => $"{entry.Name} {entry.State}")));
        await HistoryIsAsync("002_b.sql|applied");
        await NoTableAsync("a");
    }

    [TestMethod]
    public async Task The_status_of_an_untouched_database_is_all_pending_and_creates_no_table()
    {
        var report = await Project.Write("001_a.sql", Table("a")).GetStatusAsync();

        Assert.IsTrue(report.Succeeded, string.Join('\n', report.Errors));
        Assert.AreEqual(1, report.Pending);
        await NoTableAsync("schema_migrations");
    }

    [TestMethod]
    public async Task Five_thousand_migrations_are_applied_and_then_skipped()
    {
        const int Count = 5_000;
        for (var i = 1; i <= Count; i++)
        {
            Project.Write($"{i:D5}_step.sql", i == 1 ? "CREATE TABLE steps (number INTEGER);" : $"INSERT INTO steps VALUES ({i});");
        }

        var first = (await Project.MigrateAsync()).Succeeded();
        var second = (await Project.MigrateAsync()).Succeeded();

        TestContext.WriteLine($"{Count} migrations: {first.Duration.TotalSeconds:0.0} s, then {second.Duration.TotalSeconds:0.00} s");
        Assert.HasCount(Count, first.Applied);
        Assert.AreEqual((0, Count), (second.Applied.Count, second.AlreadyApplied));
        await RowsAreAsync("SELECT count(*) FROM steps", $"{Count - 1}");
    }

    [TestMethod]
    public async Task Nothing_of_a_session_leaks_into_the_next_migration()
    {
        Project.Write("001_leave.sql", Dialect.LeaveState).Write("002_observe.sql", Dialect.ObserveState);

        (await Project.MigrateAsync()).Succeeded();

        await RowsAreAsync("SELECT * FROM state", Dialect.CleanState);
    }
}

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    private const int Runners = 8;
    private const int Migrations = 12;

    [TestMethod]
    public async Task Eight_runners_on_an_untouched_database_apply_each_migration_once()
    {
        WriteCounted();

        await RunTogetherAsync();

        await RowsAreAsync("SELECT count(*), count(DISTINCT number) FROM counted", $"{Migrations}|{Migrations}");
    }

    [TestMethod]
    public async Task Eight_runners_on_a_known_database_apply_each_migration_once()
    {
        (await Project.Write("000_first.sql", Table("first_one")).MigrateAsync()).Succeeded();
        WriteCounted();

        await RunTogetherAsync();

        await RowsAreAsync("SELECT count(*), count(DISTINCT number) FROM counted", $"{Migrations}|{Migrations}");
    }

    [TestMethod]
    public async Task Eight_runners_create_the_history_by_its_own_script_once()
    {
        Project.Write("000_migrations_table.sql", Dialect.HistoryScript);
        WriteCounted();

        await RunTogetherAsync();

        await RowsAreAsync("SELECT count(*), count(DISTINCT number) FROM counted", $"{Migrations}|{Migrations}");
        await RowsAreAsync("SELECT count(*) FROM schema_migrations WHERE migration_name = '000_migrations_table.sql'", "1");
    }

    [TestMethod]
    public async Task Eight_runners_apply_migrations_outside_a_transaction_once()
    {
        Project.Write("001_counted.sql", "CREATE TABLE counted (number INTEGER);");
        for (var i = 2; i <= 4; i++)
        {
            Project.Write($"{i:D3}_more.sql", $"-- Transaction: none\nINSERT INTO counted VALUES ({i});\n{Dialect.Slow(0)};\nINSERT INTO counted VALUES ({i});\n");
        }

        await RunTogetherAsync();

        await RowsAreAsync("SELECT number, count(*) FROM counted GROUP BY number ORDER BY number", "2|2", "3|2", "4|2");
    }

    [TestMethod]
    public async Task A_run_waits_for_one_that_works_outside_a_transaction()
    {
        Project.Write("001_a.sql", $"-- Transaction: none\nCREATE TABLE a (id INTEGER);\n{Dialect.Slow(2)};\nINSERT INTO a VALUES (1);\n").Write("002_b.sql", Table("b"));
        var observer = new RecordingObserver();

        var first = Project.MigrateAsync(observer);
        await Task.WhenAny(observer.WhenStarted("001_a.sql"), first);
        var second = await Project.MigrateAsync();

        (await first).Succeeded();
        second.Succeeded().WithoutWarnings();
        await RowsAreAsync("SELECT count(*) FROM a", "1");
        await HistoryIsAsync("001_a.sql|applied", "002_b.sql|applied");
    }

    [TestMethod]
    public async Task A_run_gives_up_when_another_takes_longer_than_the_lock_timeout()
    {
        Project.Write("001_slow.sql", Table("slow") + Dialect.Slow(60));
        await AssertSecondRunGivesUpAsync("001_slow.sql");
    }

    [TestMethod]
    public async Task A_run_gives_up_when_another_takes_longer_outside_a_transaction()
    {
        Project.Write("001_slow.sql", $"-- Transaction: none\n{Dialect.Slow(60)}");
        await AssertSecondRunGivesUpAsync("001_slow.sql");
    }

    private async Task AssertSecondRunGivesUpAsync(string slow)
    {
        using var cancellation = new CancellationTokenSource();
        var observer = new RecordingObserver();
        var first = Project.MigrateAsync(observer, cancellation.Token);
        await Task.WhenAny(observer.WhenStarted(slow), first);
        Project.LockTimeout = TimeSpan.FromSeconds(1);

        var second = await Project.MigrateAsync();

        await cancellation.CancelAsync();
        (await first).FailedWith("MIG4007");
        second.HasApplied().FailedWith("MIG3008").Says("1 s").Says("MigrateLockTimeout");
    }

    private void WriteCounted()
    {
        Project.Write("001_counted.sql", "CREATE TABLE counted (number INTEGER);\nINSERT INTO counted VALUES (1);");
        for (var i = 2; i <= Migrations; i++)
        {
            Project.Write($"{i:D3}_more.sql", $"INSERT INTO counted VALUES ({i});");
        }
    }

    private async Task RunTogetherAsync(int runners = Runners)
    {
        var pending = (await Project.GetStatusAsync()).Pending;

        var reports = await Task.WhenAll(Enumerable.Range(0, runners).Select(_ => Task.Run(() => Project.MigrateAsync())));

        foreach (var report in reports)
        {
            report.Succeeded();
        }

        var applied = reports.SelectMany(report => report.Applied).Select(migration => migration.Name).Order(StringComparer.Ordinal).ToList();
        Assert.HasCount(pending, applied, $"The runs say that they applied: {string.Join(", ", applied)}");
        CollectionAssert.AllItemsAreUnique(applied, $"Two runs say that they applied the same migration: {string.Join(", ", applied)}");
    }
}

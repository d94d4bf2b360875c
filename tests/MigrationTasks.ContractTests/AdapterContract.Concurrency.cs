namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    private const int Runners = 8;
    private protected const int Migrations = 12;

    [TestMethod]
    public async Task Eight_runners_on_an_untouched_database_apply_each_migration_once()
    {
        WriteCounted();

        await RunTogetherAsync();

        await ValuesAreAsync("counted", [.. Enumerable.Range(1, Migrations)]);
    }

    [TestMethod]
    public async Task Eight_runners_on_a_known_database_apply_each_migration_once()
    {
        (await Project.Write("000_first", Create("first_one")).MigrateAsync()).Succeeded();
        WriteCounted();

        await RunTogetherAsync();

        await ValuesAreAsync("counted", [.. Enumerable.Range(1, Migrations)]);
    }

    [TestMethod]
    public async Task Eight_runners_create_the_history_by_its_own_script_once()
    {
        Project.Write("000_migrations_table", HistoryScript);
        WriteCounted();

        await RunTogetherAsync();

        await ValuesAreAsync("counted", [.. Enumerable.Range(1, Migrations)]);
        Assert.HasCount(1, (await Database.HistoryAsync()).Where(row => row.StartsWith("000", StringComparison.Ordinal)));
    }

    [TestMethod]
    public async Task Eight_runners_apply_migrations_outside_a_transaction_once()
    {
        Project.Write("001_counted", Create("counted"));
        for (var i = 2; i <= 4; i++)
        {
            Project.Write($"{i:D3}_more", Untransacted + Insert("counted", i) + Slow(0) + Insert("counted", i));
        }

        await RunTogetherAsync();

        await ValuesAreAsync("counted", 2, 2, 3, 3, 4, 4);
    }

    [TestMethod]
    public async Task A_run_waits_for_one_that_works_outside_a_transaction()
    {
        Project.Write("001_a", Untransacted + Create("a") + Slow(2) + Insert("a", 1)).Write("002_b", Create("b"));
        var observer = new RecordingObserver();

        var first = Project.MigrateAsync(observer);
        await Task.WhenAny(observer.WhenStarted("001_a"), first);
        var second = await Project.MigrateAsync();

        (await first).Succeeded();
        second.Succeeded().WithoutWarnings();
        await ValuesAreAsync("a", 1);
        await HistoryIsAsync("001_a|applied", "002_b|applied");
    }

    [TestMethod]
    public async Task A_run_gives_up_when_another_takes_longer_than_the_lock_timeout()
    {
        Project.Write("001_slow", Create("slow") + Slow(60));
        await AssertSecondRunGivesUpAsync("001_slow");
    }

    [TestMethod]
    public async Task A_run_gives_up_when_another_takes_longer_outside_a_transaction()
    {
        Project.Write("001_slow", Untransacted + Slow(60));
        await AssertSecondRunGivesUpAsync("001_slow");
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

    private protected void WriteCounted()
    {
        Project.Write("001_counted", Create("counted") + Insert("counted", 1));
        for (var i = 2; i <= Migrations; i++)
        {
            Project.Write($"{i:D3}_more", Insert("counted", i));
        }
    }

    private protected async Task RunTogetherAsync(int runners = Runners)
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

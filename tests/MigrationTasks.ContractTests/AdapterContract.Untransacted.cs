using MigrationTasks.Engine.History;

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    [TestMethod]
    public async Task A_migration_outside_a_transaction_is_applied()
    {
        Project.Write("001_a", Create("a")).Write("002_vacuum", Untransacted + Alone + Insert("a", 1)).Write("003_c", Create("c"));

        (await Project.MigrateAsync()).Applied("001_a", "002_vacuum", "003_c").WithoutWarnings();

        await ProgressIsAsync("002_vacuum", HistoryStatus.Applied, 2);
        await ValuesAreAsync("a", 1);
    }

    [TestMethod]
    public async Task A_failure_outside_a_transaction_says_what_stands()
    {
        Project.Write("001_a", Untransacted + Create("a") + Insert("a", 1) + Fails + Insert("a", 2)).Write("002_b", Create("b"));

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG4005").At(PlaceOf("001_a", 3)).Says(Stand(2)).Says("run again");

        await ProgressIsAsync("001_a", HistoryStatus.Failed, 2);
        await ValuesAreAsync("a", 1);
        await NoTableAsync("b");
    }

    [TestMethod]
    public async Task A_run_goes_on_when_the_row_of_a_failed_migration_is_deleted()
    {
        Project.Write("001_a", Untransacted + Create("a") + Fails).Write("002_b", Create("b"));
        (await Project.MigrateAsync()).FailedWith("MIG4005");

        await ChangeHistoryAsync(rows => [HistoryChange.Remove(rows[0])]);

        (await Project.Write("001_a", Untransacted + Insert("a", 1)).MigrateAsync()).Applied("001_a", "002_b");
    }

    [TestMethod]
    public async Task A_migration_whose_runner_died_stops_the_next_run()
    {
        (await Project.Write("001_a", Create("a")).MigrateAsync()).Succeeded();
        Project.Write("002_b", Untransacted + Create("b")).Write("003_c", Create("c"));
        await AddRowsAsync(new HistoryRow($"002_b{Extension}", Status: HistoryStatus.Running, StatementsDone: 1));

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG3006").Says("after 1 statement for certain, perhaps one more");

        await NoTableAsync("c");
    }

    [TestMethod]
    public async Task Cancelling_outside_a_transaction_keeps_what_stands_and_the_next_run_goes_on()
    {
        Project.Write("001_a", Untransacted + Create("a") + Slow(60));
        using var cancellation = new CancellationTokenSource();
        var observer = new RecordingObserver();

        var run = Project.MigrateAsync(observer, cancellation.Token);
        await Task.WhenAny(observer.WhenStarted("001_a"), run);
        await Task.Delay(500);
        await cancellation.CancelAsync();

        (await run).HasApplied().FailedWith("MIG4007");
        await ProgressIsAsync("001_a", HistoryStatus.Failed, 1);
        (await Project.Write("001_a", Untransacted + Create("a") + Insert("a", 1)).MigrateAsync()).Applied("001_a");
        await ValuesAreAsync("a", 1);
    }
}

using System.Diagnostics;
using MigrationTasks.Engine.History;

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    [TestMethod]
    public async Task A_failure_in_the_middle_keeps_what_came_before_and_leaves_no_trace()
    {
        Project.Write("001_a", Create("a")).Write("002_half", Create("half") + Insert("half", 1) + Fails).Write("003_c", Create("c"));

        var report = await Project.MigrateAsync();

        report.HasApplied("001_a").FailedWith("MIG4005").At(PlaceOf("002_half", 3)).Says("nope").Says(Dialect.CommitsSchemaChanges ? Stand(2) : "rolled back");
        Assert.AreEqual(2, report.Pending);
        await NoTableAsync("c");
        if (Dialect.CommitsSchemaChanges)
        {
            await HistoryIsAsync("001_a|applied", "002_half|failed");
            await ValuesAreAsync("half", 1);
            return;
        }

        await HistoryIsAsync("001_a|applied");
        await NoTableAsync("half");
    }

    [TestMethod]
    public async Task A_run_completes_once_the_failed_file_is_corrected()
    {
        Project.Write("001_a", Create("a")).Write("002_half", Create("half") + Insert("half", 1) + Fails).Write("003_c", Create("c"));
        (await Project.MigrateAsync()).FailedWith("MIG4005");

        (await Project.Write("002_half", Create("half") + Insert("half", 1) + Insert("half", 2)).MigrateAsync()).Applied("002_half", "003_c").WithoutWarnings();

        await HistoryIsAsync("001_a|applied", "002_half|applied", "003_c|applied");
    }

    [TestMethod]
    public async Task Cancelling_stops_a_slow_statement_and_undoes_its_migration()
    {
        Project.Write("001_a", Create("a")).Write("002_slow", Create("slow") + Slow(60)).Write("003_c", Create("c"));
        using var cancellation = new CancellationTokenSource();
        var observer = new RecordingObserver();

        var run = Project.MigrateAsync(observer, cancellation.Token);
        await Task.WhenAny(observer.WhenStarted("002_slow"), run);
        await Task.Delay(300);
        var cancelledAt = Stopwatch.GetTimestamp();
        await cancellation.CancelAsync();
        var report = await run;

        Assert.IsLessThan(TimeSpan.FromSeconds(5), Stopwatch.GetElapsedTime(cancelledAt), "Cancelling took too long.");
        report.HasApplied("001_a").FailedWith("MIG4007").Says("cancelled");
        if (Dialect.CommitsSchemaChanges)
        {
            await ProgressIsAsync("002_slow", HistoryStatus.Failed, 1);
        }
        else
        {
            await HistoryIsAsync("001_a|applied");
            await NoTableAsync("slow");
        }

        (await Project.Write("002_slow", Create("slow")).MigrateAsync()).Applied("002_slow", "003_c");
    }

    [TestMethod]
    public async Task A_statement_that_runs_for_too_long_is_stopped()
    {
        Project.CommandTimeout = TimeSpan.FromSeconds(1);
        Project.Write("001_slow", Create("slow") + Slow(60));

        var report = await Project.MigrateAsync();

        report.FailedWith("MIG4012").At(PlaceOf("001_slow", 2)).Says("1 s").Says(Dialect.CommitsSchemaChanges ? Stand(1) : "rolled back");
        Assert.IsLessThan(TimeSpan.FromSeconds(10), report.Duration, "Stopping took too long.");
        await (Dialect.CommitsSchemaChanges ? ValuesAreAsync("slow") : NoTableAsync("slow"));
    }
}

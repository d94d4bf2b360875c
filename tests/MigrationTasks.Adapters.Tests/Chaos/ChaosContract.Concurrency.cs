using System.Diagnostics;

namespace MigrationTasks.Adapters.Tests.Chaos;

public abstract partial class ChaosContract
{
    private const int PendingMigrations = 100;

    [TestMethod]
    public async Task Processes_that_start_at_once_apply_each_of_a_hundred_migrations_once()
    {
        // Each costs a second of a processor to start; tests/chaos.sh starts fifty.
        var processes = Setting("MIGRATIONTASKS_CHAOS_PROCESSES", 20);
        await using var target = await CreateTargetAsync();
        var migrations = Dialect.ManyMigrations(PendingMigrations);
        using var project = WriteMigrations(target, migrations, withHistoryScript: false);
        var runners = await Task.WhenAll(Enumerable.Range(0, processes).Select(_ => RunnerProcess.StartAsync(Definition, project.Path, target.Database.Connection)));
        var startedAt = Stopwatch.GetTimestamp();
        foreach (var runner in runners)
        {
            runner.Go();
        }

        var outputs = await Task.WhenAll(runners.Select(runner => runner.WaitForExitAsync()));
        var took = Stopwatch.GetElapsedTime(startedAt);

        var failed = outputs.Where((_, index) => runners[index].ExitCode != 0).ToList();
        Assert.IsEmpty(failed, $"{failed.Count} of {processes} runs failed; the first said:\n{failed.FirstOrDefault()}");
        var reported = runners.SelectMany(runner => runner.Lines).Where(line => line.StartsWith("reported ", StringComparison.Ordinal)).ToList();
        CollectionAssert.AllItemsAreUnique(reported, "Two runs say that they applied the same migration.");
        Assert.HasCount(PendingMigrations, reported);
        new ChaosCheck(migrations, await ReadStateAsync(target), Dialect).IsComplete();
        var winners = runners.Count(runner => runner.Lines.Any(line => line.StartsWith("reported ", StringComparison.Ordinal)));
        TestContext.WriteLine($"{processes} processes, {PendingMigrations} migrations: {took.TotalSeconds:F1} s, {winners} of them applied some.");
        foreach (var runner in runners)
        {
            runner.Dispose();
        }
    }
}

using MigrationTasks.Engine.Commands.Repair;
using MigrationTasks.Engine.History;

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    private ContractScript OutsideRollback => Untransacted + Alone + Drop("a");

    [TestMethod]
    [DataRow(1, null, "none is applied", DisplayName = "nothing is applied")]
    [DataRow(0, "001", "no migration of that version is applied", DisplayName = "the target is not applied")]
    public async Task What_is_not_applied_cannot_be_undone(int steps, string? target, string says)
    {
        WriteThree();

        var report = target is null ? await Project.RollBackAsync(steps) : await Project.RollBackToAsync(target);

        report.FailedWith("MIG3019").Says(says);
    }

    [TestMethod]
    public async Task More_steps_than_migrations_undo_nothing()
    {
        await WriteThree().MigrateAsync();

        (await Project.RollBackAsync(4)).HasRolledBack().FailedWith("MIG3019").Says("4 migrations should be undone, but 3 are applied");

        await HistoryIsAsync("001_a|applied", "002_b|applied", "003_c|applied");
    }

    [TestMethod]
    public async Task Eight_rollbacks_of_everything_undo_each_migration_once()
    {
        await WriteCountedRollbacksAsync();

        var reports = await Task.WhenAll(Enumerable.Range(0, Runners).Select(_ => Task.Run(() => Project.RollBackToAsync("1"))));

        var undone = reports.SelectMany(report => report.Succeeded().RolledBack).Select(migration => migration.Name).ToList();
        CollectionAssert.AllItemsAreUnique(undone, string.Join(", ", undone));
        Assert.HasCount(Migrations - 1, undone);
        await ValuesAreAsync("counted", 1);
        await HistoryIsAsync("001_counted|applied");
    }

    [TestMethod]
    public async Task Rollbacks_at_the_same_time_undo_no_more_than_the_first_plan_said()
    {
        await WriteCountedRollbacksAsync();

        // All of them make their plan while the first waits for them.
        using var planned = new CountdownEvent(Runners);
        var reports = await Task.WhenAll(Enumerable.Range(0, Runners).Select(_ => Task.Run(() => Project.RollBackAsync(2, new PlannedObserver(planned)))));

        Assert.AreEqual(2, reports.Sum(report => report.Succeeded().RolledBack.Count));
        Assert.AreEqual((2 * Runners) - 2, reports.Sum(report => report.Overtaken));
        await ValuesAreAsync("counted", [.. Enumerable.Range(1, Migrations - 2)]);
    }

    [TestMethod]
    public async Task A_migration_that_is_applied_meanwhile_keeps_older_ones_from_being_undone()
    {
        await WriteThree().MigrateAsync();

        var observer = new RacingObserver(() => Project.Write("004_d", Create("d")).MigrateAsync().GetAwaiter().GetResult());

        (await Project.RollBackAsync(1, observer)).HasRolledBack().FailedWith("MIG3018").Says("003_c").Says("004_d");
        await HistoryIsAsync("001_a|applied", "002_b|applied", "003_c|applied", "004_d|applied");
    }

    [TestMethod]
    public async Task Rollbacks_and_runs_at_the_same_time_leave_whole_migrations()
    {
        await WriteCountedRollbacksAsync();

        var back = Enumerable.Range(0, 4).Select(_ => Task.Run(() => Project.RollBackToAsync("1")));
        var forth = Enumerable.Range(0, 4).Select(_ => Task.Run(() => Project.MigrateAsync()));
        var errors = (await Task.WhenAll(back)).SelectMany(report => report.Errors).Concat((await Task.WhenAll(forth)).SelectMany(report => report.Errors)).ToList();

        Assert.IsTrue(errors.TrueForAll(error => error.Code == "MIG3018"), string.Join('\n', errors));
        var recorded = await Database.HistoryAsync();
        await ValuesAreAsync("counted", [.. recorded.Select(row => int.Parse(row[..3], System.Globalization.CultureInfo.InvariantCulture))]);
    }

    [TestMethod]
    public async Task A_rollback_outside_a_transaction_runs_as_its_file_says()
    {
        await Project.Write("001_a", Create("a")).Write("001_a.down", OutsideRollback).MigrateAsync();

        (await Project.RollBackAsync()).RolledBack("001_a");

        await HistoryIsAsync();
        await NoTableAsync("a");
    }

    [TestMethod]
    public async Task A_rollback_of_a_migration_outside_a_transaction_leaves_it_too_where_it_must()
    {
        Project.Write("001_a", Untransacted + Rollback(Alone + Drop("a")) + Create("a"))
            .Write("002_b", Untransacted + Rollback(Drop("b") + Fails) + Create("b"));
        (await Project.MigrateAsync()).Succeeded();

        if (Dialect.CommitsSchemaChanges)
        {
            (await Project.RollBackAsync()).FailedWith("MIG4005").Says(Stand(1));
            await NoTableAsync("b");
            return;
        }

        // In a transaction, because it can: nothing of it stands.
        (await Project.RollBackAsync()).FailedWith("MIG4005").Says("still applied");
        await ValuesAreAsync("b");
        (await Project.Write("002_b.down", Drop("b")).Write("002_b", Untransacted + Create("b")).RollBackAsync()).RolledBack("002_b");

        File.Delete(Project.FileOf("001_a"));
        (await Project.RollBackConfirmedAsync()).RolledBack("001_a");
        await NoTableAsync("a");
    }

    [TestMethod]
    public async Task A_rollback_that_fails_outside_a_transaction_says_what_stands_and_stops_the_next_run()
    {
        await Project.Write("001_a", Create("a") + Create("b")).Write("001_a.down", Untransacted + Drop("a") + Fails + Drop("b")).MigrateAsync();

        (await Project.RollBackAsync()).HasRolledBack().FailedWith("MIG4005").At(PlaceOf("001_a.down", 2)).Says(Stand(1));

        await ProgressIsAsync("001_a", HistoryStatus.UndoFailed, 1);
        Assert.DoesNotContain("perhaps", (await Project.RollBackAsync()).FailedWith("MIG3020").Says("failed in an earlier run, after 1 statement").Says("MigrateRepairFailed").Message);
        (await Project.MigrateAsync()).FailedWith("MIG3020").Says("1 statement");
        await ValuesAreAsync("b");
        await ExecuteAsync(Drop("b"));
        (await Project.RepairAsync(Repairs.Failed)).Succeeded();
        (await Project.MigrateAsync()).Applied("001_a");
    }

    [TestMethod]
    public async Task A_rollback_that_fails_outside_a_transaction_at_once_leaves_its_migration_applied()
    {
        await Project.Write("001_a", Create("a")).Write("001_a.down", Untransacted + Fails + Drop("a")).MigrateAsync();

        (await Project.RollBackAsync()).FailedWith("MIG4005").Says("still applied");

        await HistoryIsAsync("001_a|applied");
        (await Project.Write("001_a.down", OutsideRollback).RollBackAsync()).RolledBack("001_a");
    }

    [TestMethod]
    [DataRow(HistoryStatus.Failed, "failed in an earlier run")]
    [DataRow(HistoryStatus.Running, "was interrupted")]
    public async Task What_is_not_whole_is_not_undone(HistoryStatus status, string says)
    {
        await WriteThree().MigrateAsync();
        await SetStatusAsync("003_c", status);

        (await Project.RollBackAsync(2)).HasRolledBack().FailedWith("MIG3018").At(Project.FileOf("003_c"), 0, 0).Says(says);

        await ValuesAreAsync("c");
    }

    [TestMethod]
    public async Task A_rollback_waits_for_a_run_and_no_longer_than_the_lock_timeout()
    {
        await WriteThree().MigrateAsync();
        Project.Write("004_slow", Create("slow") + Slow(60));
        using var cancellation = new CancellationTokenSource();
        var observer = new RecordingObserver();
        var run = Project.MigrateAsync(observer, cancellation.Token);
        await Task.WhenAny(observer.WhenStarted("004_slow"), run);
        Project.LockTimeout = TimeSpan.FromSeconds(1);

        (await Project.RollBackAsync()).HasRolledBack().FailedWith("MIG3008");

        await cancellation.CancelAsync();
        await run;
        if (Dialect.CommitsSchemaChanges)
        {
            // Of what failed outside a transaction some stands, and it comes first.
            (await Project.RollBackAsync()).FailedWith("MIG3018").Says("failed in an earlier run");
            return;
        }

        (await Project.RollBackAsync()).RolledBack("003_c");
    }

    private async Task WriteCountedRollbacksAsync()
    {
        Project.Write("001_counted", Create("counted") + Insert("counted", 1));
        for (var i = 2; i <= Migrations; i++)
        {
            Project.Write($"{i:D3}_more", Rollback(Delete("counted", i)) + Insert("counted", i));
        }

        (await Project.MigrateAsync()).Succeeded();
    }

    /// <summary>Holds the run up after its first plan, until the others have made theirs.</summary>
    private sealed class PlannedObserver(CountdownEvent planned) : Engine.Databases.IRunObserver
    {
        private bool _isFirst = true;

        public void RollbackPlanned(Engine.Planning.RollbackPlan plan)
        {
            if (_isFirst)
            {
                _isFirst = false;
                planned.Signal();
                planned.Wait(TimeSpan.FromSeconds(30));
            }
        }
    }

    /// <summary>Lets another runner be faster, when the first plan is made and nothing is undone.</summary>
    private sealed class RacingObserver(Action race) : Engine.Databases.IRunObserver
    {
        private bool _hasRun;

        public void RollbackPlanned(Engine.Planning.RollbackPlan plan)
        {
            if (!_hasRun)
            {
                _hasRun = true;
                race();
            }
        }
    }
}

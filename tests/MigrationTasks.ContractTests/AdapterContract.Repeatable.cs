using MigrationTasks.Engine.Commands.Status;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    private protected ContractScript LogTable => new(Dialect, Dialect.Create("log", ofText: true));

    [TestMethod]
    public async Task Repeatable_migrations_run_after_all_others_by_name()
    {
        Project.Write("R__b", Log("b")).Write("R__a", Log("a")).Write("001_log", LogTable).Write("002_more", Log("2"));

        (await Project.MigrateAsync()).Applied("001_log", "002_more", "R__a", "R__b").WithoutWarnings();

        await LogIsAsync("2 a b");
        await HistoryIsAsync("001_log|applied", "002_more|applied", "R__a|applied", "R__b|applied");
        (await Project.MigrateAsync()).Applied().WithoutWarnings();
        await LogIsAsync("2 a b");
    }

    [TestMethod]
    public async Task A_changed_repeatable_migration_runs_again_and_so_does_its_row()
    {
        await MigrateLoggedAsync(("R__a", Log("a")), ("R__b", Log("b")));
        var before = (await Project.GetStatusAsync()).Entries;

        Project.Write("R__a", Log("a2"));

        Assert.AreEqual("001_log Applied, R__a Changed, R__b Applied", await StatesAsync());
        (await Project.MigrateAsync()).Applied("R__a").WithoutWarnings();
        await LogIsAsync("a b a2");
        await HistoryIsAsync("001_log|applied", "R__a|applied", "R__b|applied");
        var after = (await Project.GetStatusAsync()).Entries;
        Assert.AreNotEqual((before[1].Row!.Checksum, before[1].Row!.TokenChecksum), (after[1].Row!.Checksum, after[1].Row!.TokenChecksum));
        Assert.IsTrue(after[1].Row!.ExecutedAt > before[1].Row!.ExecutedAt, $"It was executed at {after[1].Row!.ExecutedAt:O}.");
        Assert.IsNotNull(after[1].Row!.Duration);
        Assert.AreEqual(before[2].Row, after[2].Row);
        (await Project.MigrateAsync()).Applied();
    }

    [TestMethod]
    public async Task Repeatable_migrations_that_need_each_other_find_their_order()
    {
        Project.Write("R__a", Read("b") + Create("a")).Write("R__b", Read("c") + Create("b")).Write("R__c", Read("d") + Create("c")).Write("R__d", Create("d")).Write("R__e", Create("e"));

        (await Project.MigrateAsync()).Applied("R__d", "R__e", "R__c", "R__b", "R__a").WithoutWarnings();

        await ValuesAreAsync("a");
        (await Project.MigrateAsync()).Applied();
    }

    [TestMethod]
    public async Task Changed_repeatable_migrations_find_their_order_too()
    {
        (await Project.Write("R__a", Nothing).Write("R__b", Nothing).MigrateAsync()).Applied("R__a", "R__b");

        (await Project.Write("R__a", Read("b") + Create("a")).Write("R__b", Create("b")).MigrateAsync()).Applied("R__b", "R__a").WithoutWarnings();

        await ValuesAreAsync("a");
    }

    [TestMethod]
    public async Task A_changed_repeatable_migration_that_fails_leaves_its_row_as_it_was()
    {
        await MigrateLoggedAsync(("R__a", Log("a")));
        var before = await Database.ReadAsync("schema_migrations");

        (await Project.Write("R__a", Log("a2") + Fails).MigrateAsync()).HasApplied().FailedWith("MIG4005").At(PlaceOf("R__a", 2));

        await LogIsAsync("a");
        await TableHoldsAsync("schema_migrations", before);
    }

    [TestMethod]
    public async Task A_migration_with_a_version_that_fails_keeps_the_repeatable_ones_waiting()
    {
        Project.Write("001_log", LogTable).Write("002_fails", Fails).Write("R__a", Log("a"));

        var report = (await Project.MigrateAsync()).HasApplied("001_log");

        report.FailedWith("MIG4005").At(PlaceOf("002_fails", 1));
        Assert.AreEqual(2, report.Pending);
        await LogIsAsync("");
    }

    [TestMethod]
    public async Task Cancelling_a_repeatable_migration_leaves_it_as_it_was()
    {
        await MigrateLoggedAsync(("R__a", Log("a")), ("R__b", Log("b")));
        var before = (await ReadHistoryAsync()).Rows.Single(row => row.Name.StartsWith("R__b", StringComparison.Ordinal));
        using var cancellation = new CancellationTokenSource();
        var observer = new RecordingObserver();

        var run = Project.Write("R__a", Log("a2")).Write("R__b", Log("b2") + Slow(60)).MigrateAsync(observer, cancellation.Token);
        await Task.WhenAny(observer.WhenStarted("R__b"), run);
        await Task.Delay(300);
        await cancellation.CancelAsync();

        (await run).HasApplied("R__a").FailedWith("MIG4007");
        await LogIsAsync("a b a2");
        Assert.Contains(before, (await ReadHistoryAsync()).Rows);
    }

    [TestMethod]
    public async Task A_repeatable_migration_outside_a_transaction_runs_again_when_it_is_changed()
    {
        await MigrateLoggedAsync(("R__a", Untransacted + Log("a") + Alone));

        (await Project.Write("R__a", Untransacted + Log("a2") + Alone).MigrateAsync()).Applied("R__a").WithoutWarnings();

        await LogIsAsync("a a2");
        await ProgressIsAsync("R__a", HistoryStatus.Applied, 2);
        (await Project.MigrateAsync()).Applied();
    }

    [TestMethod]
    public async Task A_repeatable_migration_that_fails_outside_a_transaction_does_not_stop_the_others()
    {
        await MigrateLoggedAsync(("R__a", Log("a")));
        Project.Write("R__a", Untransacted + Log("a2") + Fails).Write("R__b", Read("c") + Create("b")).Write("R__c", Create("c"));

        (await Project.MigrateAsync()).HasApplied("R__c", "R__b").FailedWith("MIG4005").At(PlaceOf("R__a", 2)).Says(Stand(1));

        await LogIsAsync("a a2");
        await ProgressIsAsync("R__a", HistoryStatus.Failed, 1);
        (await Project.Write("R__a", Untransacted + Log("a2") + Log("a3")).MigrateAsync()).Applied("R__a");
        await LogIsAsync("a a2 a3");
    }

    [TestMethod]
    public async Task A_repeatable_migration_outside_a_transaction_that_needs_a_later_one_goes_on_behind_what_stands()
    {
        await MigrateLoggedAsync(("R__a", Log("a")));
        Project.Write("R__a", Untransacted + Log("a2") + Read("c") + Log("a3")).Write("R__b", Read("c") + Create("b")).Write("R__c", Create("c"));
        var observer = new RecordingObserver();

        var report = (await Project.MigrateAsync(observer)).Applied("R__c", "R__b", "R__a").WithoutWarnings();

        Assert.AreEqual(Dialect.CommitsSchemaChanges ? ", 1, 2" : ", , 2", string.Join(", ", report.Applied.Select(applied => applied.ResumedAt)));
        Assert.Contains($"resumed R__a at 2: an earlier attempt did not get past line {PlaceOf("R__a", 2).Line}.", Told(observer));
        await LogIsAsync("a a2 a3");
        (await Project.MigrateAsync()).Applied().WithoutWarnings();
    }

    [TestMethod]
    public async Task A_repeatable_migration_that_failed_runs_from_its_beginning_when_what_stands_was_changed()
    {
        await MigrateLoggedAsync(("R__a", Untransacted + Log("a") + Alone));
        (await Project.Write("R__a", Untransacted + Log("a2") + Fails).MigrateAsync()).FailedWith("MIG4005");

        (await Project.Write("R__a", Untransacted + Log("a3") + Alone).MigrateAsync()).Applied("R__a").WithoutWarnings();

        await LogIsAsync("a a2 a3");
        (await Project.Write("R__a", Untransacted + Log("a4") + Fails).MigrateAsync()).FailedWith("MIG4005");
        (await Project.Write("R__a", Log("a5")).MigrateAsync()).Applied("R__a");
        await LogIsAsync("a a2 a3 a4 a5");
    }

    [TestMethod]
    public async Task A_target_keeps_the_repeatable_migrations_waiting_while_anything_is_above_it()
    {
        Project.Write("001_log", LogTable).Write("002_b", Log("2")).Write("R__a", Log("a"));

        Project.Plan = TargetOf("1");
        (await Project.MigrateAsync()).Applied("001_log");
        Assert.AreEqual("001_log Applied, 002_b AboveTarget, R__a AboveTarget", await StatesAsync());
        Project.Plan = TargetOf("2");
        (await Project.MigrateAsync()).Applied("002_b", "R__a");
        Project.Plan = TargetOf("1");
        (await Project.Write("R__a", Log("a2")).MigrateAsync()).Applied("R__a");

        await LogIsAsync("2 a a2");

        static PlanOptions TargetOf(string version)
        {
            Assert.IsTrue(MigrationVersion.TryParse(version, out var target));
            return new PlanOptions(Target: target);
        }
    }

    [TestMethod]
    public async Task A_repeatable_migration_without_its_file_is_warned_of_and_is_not_newer_than_anything()
    {
        await MigrateLoggedAsync(("R__a", Log("a")));
        File.Delete(Project.FileOf("R__a"));

        (await Project.Write("002_b", Log("2")).Write("R__b", Log("b")).MigrateAsync()).Applied("002_b", "R__b").WarnedOf("MIG3004").Says("R__a");

        Assert.AreEqual("001_log Applied, 002_b Applied, R__a Missing, R__b Applied", await StatesAsync());
    }

    [TestMethod]
    public async Task A_repeatable_migration_that_another_runner_repeats_first_is_done()
    {
        await MigrateLoggedAsync(("R__a", Log("a")), ("R__b", Log("b")));
        Project.Write("R__a", Log("a2")).Write("R__b", Log("b2"));
        using var rival = new MigrationProject(Definition, Database.Connection);
        rival.Write("001_log", LogTable).Write("R__a", Log("a2")).Write("R__b", Log("b"));

        var report = await Project.MigrateAsync(new RivalObserver(() => rival.MigrateAsync()));

        report.Applied("R__b").WithoutWarnings();
        Assert.AreEqual(2, report.AlreadyApplied);
        await LogIsAsync("a b a2 b2");
    }

    [TestMethod]
    public async Task Eight_runners_apply_repeatable_migrations_once_and_repeat_them_once()
    {
        WriteRepeated("first");
        await RunTogetherAsync();
        await ValuesAreAsync("log", [.. Repeated("first")]);

        WriteRepeated("again");
        await RunTogetherAsync();
        await ValuesAreAsync("log", [.. Repeated("first"), .. Repeated("again")]);
    }

    [TestMethod]
    public async Task Fifty_runners_repeat_a_migration_once()
    {
        await MigrateLoggedAsync(("R__a", Log("a")), ("R__b", Log("b")));
        Project.Write("R__a", Log("a2")).Write("R__b", Log("b2"));

        await RunTogetherAsync(50);

        await ValuesAreAsync("log", "a", "b", "a2", "b2");
    }

    private protected ContractScript Log(string text) => Insert("log", text);

    private protected async Task MigrateLoggedAsync(params (string Name, ContractScript Script)[] repeatable)
    {
        Project.Write("001_log", LogTable);
        foreach (var (name, script) in repeatable)
        {
            Project.Write(name, script);
        }

        (await Project.MigrateAsync()).Succeeded();
    }

    private void WriteRepeated(string text)
    {
        Project.Write("001_log", LogTable);
        for (var i = 0; i < Migrations; i++)
        {
            Project.Write($"R__{i:D2}", Log($"{text}{i}"));
        }
    }

    private static IEnumerable<string> Repeated(string text) => Enumerable.Range(0, Migrations).Select(i => $"{text}{i}");

    private protected async Task LogIsAsync(string entries) =>
        Assert.AreEqual(entries, string.Join(' ', await Database.ReadAsync("log", "id")));

    private protected async Task<string> StatesAsync() => StatesOf(await Project.GetStatusAsync());

    private string StatesOf(StatusReport report) => string.Join(", ", report.Entries.Select(entry => $"{Names([entry.Name])} {entry.State}"));
}

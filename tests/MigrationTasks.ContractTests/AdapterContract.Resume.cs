using MigrationTasks.Engine.Commands.Status;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    private ContractScript TwoStand => Untransacted + Create("a") + Insert("a", 1);

    [TestMethod]
    public async Task A_run_goes_on_behind_the_statements_that_stand()
    {
        await FailAsync(TwoStand + Fails + Insert("a", 4));
        Project.Write("001_a", TwoStand + Insert("a", 3) + Insert("a", 4)).Write("002_b", Create("b"));
        var observer = new RecordingObserver();

        var report = (await Project.MigrateAsync(observer)).Applied("001_a", "002_b").WithoutWarnings();

        Assert.AreEqual("3, ", string.Join(", ", report.Applied.Select(applied => applied.ResumedAt)));
        Assert.Contains($"resumed 001_a at 3: an earlier attempt did not get past line {PlaceOf("001_a", 3).Line}.", Told(observer));
        await ValuesAreAsync("a", 1, 3, 4);
        await ProgressIsAsync("001_a", HistoryStatus.Applied, 4);
        (await Project.MigrateAsync()).Applied().WithoutWarnings();
    }

    [TestMethod]
    public async Task The_status_tells_where_a_run_would_go_on()
    {
        await FailAsync(TwoStand + Fails);

        var status = await Project.GetStatusAsync();

        Assert.IsEmpty(status.Warnings, string.Join('\n', status.Warnings));
        Assert.AreEqual((1, $"failed, resumes at statement 3 (line {PlaceOf("001_a", 3).Line})"), (status.Pending, StatusReport.WordsOf(status.Entries.Single())));
    }

    [TestMethod]
    public async Task A_run_that_goes_on_and_fails_again_goes_on_from_there_the_next_time()
    {
        await FailAsync(TwoStand + Fails);
        Project.Write("001_a", TwoStand + Insert("a", 3) + Fails);

        var report = await Project.MigrateAsync();

        report.HasApplied().FailedWith("MIG4005").At(PlaceOf("001_a", 4)).Says(Stand(3));
        Assert.AreEqual(1, report.Pending);
        (await Project.Write("001_a", TwoStand + Insert("a", 3)).MigrateAsync()).Applied("001_a");
        await ValuesAreAsync("a", 1, 3);
    }

    [TestMethod]
    public async Task A_migration_whose_first_statement_failed_starts_anew()
    {
        await FailAsync(Untransacted + Fails);

        (await Project.Write("001_a", TwoStand).MigrateAsync()).Applied("001_a");
    }

    [TestMethod]
    public async Task An_interrupted_run_is_completed_by_the_next_one()
    {
        await FailAsync(TwoStand + Fails);
        await SetStatusAsync("001_a", HistoryStatus.Running);
        Assert.AreEqual($"running, or interrupted and resumes at statement 3 (line {PlaceOf("001_a", 3).Line})", StatusReport.WordsOf((await Project.GetStatusAsync()).Entries.Single()));

        // What may run twice: of another statement, a database that cannot tell what became of it makes the next run ask.
        (await Project.Write("001_a", TwoStand + Read("a") + Insert("a", 3)).MigrateAsync()).Applied("001_a");

        await ValuesAreAsync("a", 1, 3);
    }

    [TestMethod]
    public async Task A_run_that_was_interrupted_at_its_very_end_is_completed()
    {
        (await Project.Write("001_a", TwoStand).MigrateAsync()).Applied("001_a");
        await SetStatusAsync("001_a", HistoryStatus.Running);

        var report = (await Project.MigrateAsync()).Applied("001_a");

        Assert.AreEqual(3, report.Applied.Single().ResumedAt);
        await ValuesAreAsync("a", 1);
    }

    [TestMethod]
    public async Task Runs_that_go_on_at_the_same_time_do_so_once()
    {
        await FailAsync(TwoStand + Fails);
        Project.Write("001_a", TwoStand + Insert("a", 3)).Write("002_b", Create("b"));

        var reports = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => Project.MigrateAsync())));

        Assert.AreEqual("001_a, 002_b", Names(reports.SelectMany(report => report.Succeeded().Applied).Select(applied => applied.Name).Order(StringComparer.Ordinal)));
        await ValuesAreAsync("a", 1, 3);
    }

    [TestMethod]
    public async Task A_target_version_below_leaves_it_as_it_is()
    {
        (await Project.Write("001_a", Create("b")).Write("002_b", Untransacted + Fails).MigrateAsync()).FailedWith("MIG4005");
        Assert.IsTrue(MigrationVersion.TryParse("1", out var target));
        Project.Plan = new PlanOptions(Target: target);

        (await Project.MigrateAsync()).Applied();

        await HistoryIsAsync("001_a|applied", "002_b|failed");
    }

    private async Task FailAsync(ContractScript script) => (await Project.Write("001_a", script).MigrateAsync()).HasApplied().FailedWith("MIG4005");
}

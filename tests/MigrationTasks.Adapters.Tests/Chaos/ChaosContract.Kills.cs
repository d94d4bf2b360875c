using MigrationTasks.ContractTests;

namespace MigrationTasks.Adapters.Tests.Chaos;

public abstract partial class ChaosContract
{
    private const string KillTheRunner = "kill the runner";

    [TestMethod]
    public Task A_run_that_is_killed_at_any_moment_leaves_whole_migrations_and_the_next_one_completes() => StrikeAsync(Dialect.Migrations);

    [TestMethod]
    public Task A_run_that_is_killed_outside_a_transaction_is_completed_by_the_next_one_with_every_effect_once() => StrikeAsync(Dialect.OutsideMigrations);

    private async Task StrikeAsync(IReadOnlyList<ChaosMigration> migrations)
    {
        var kills = Setting("MIGRATIONTASKS_CHAOS_KILLS", 6);
        var firstSeed = Setting("MIGRATIONTASKS_CHAOS_SEED", Random.Shared.Next(1_000_000));
        var usual = await MeasureAsync(migrations);
        var tally = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var broken = new List<string>();
        for (var seed = firstSeed; seed < firstSeed + kills; seed++)
        {
            var moment = new ChaosMoment(seed, usual);
            try
            {
                var outcome = await StrikeAsync(migrations, moment);
                tally[outcome] = tally.GetValueOrDefault(outcome) + 1;
            }
            catch (Exception exception) when (exception is not AssertInconclusiveException)
            {
                broken.Add($"Seed {seed} ({moment}): {exception}\nAgain: bash tests/chaos.sh --kills 1 --seed {seed} --class {GetType().Name}");
            }
        }

        TestContext.WriteLine($"{kills} moments from seed {firstSeed}:\n{string.Join('\n', tally.Select(entry => $"{entry.Value,5}  {entry.Key}"))}");
        Assert.IsEmpty(broken, $"{broken.Count} of {kills} moments broke something.\n\n{string.Join("\n\n", broken)}");
    }

    // How long an undisturbed run takes and how much it says shows where the moments are.
    private async Task<ChaosMeasure> MeasureAsync(IReadOnlyList<ChaosMigration> migrations)
    {
        await using var target = await CreateTargetAsync();
        using var project = WriteMigrations(target, migrations, withHistoryScript: false);
        using var runner = await RunnerProcess.StartAsync(Definition, project.Path, target.VictimConnection);
        var startedAt = DateTime.UtcNow;
        runner.Go();
        var output = await runner.WaitForExitAsync();
        Assert.AreEqual(0, runner.ExitCode, output);
        var took = DateTime.UtcNow - startedAt;
        new ChaosCheck(migrations, await ChaosState.ReadAsync(target.Database, Dialect), Dialect).IsComplete();
        return new ChaosMeasure(took, runner.Lines.Count, target.Traffic);
    }

    /// <summary>Disturbs one run, and sees that nothing is lost.</summary>
    /// <returns>What was done when.</returns>
    private async Task<string> StrikeAsync(IReadOnlyList<ChaosMigration> migrations, ChaosMoment moment)
    {
        await using var target = await CreateTargetAsync();
        using var project = WriteMigrations(target, migrations, moment.WithHistoryScript);
        using var victim = await RunnerProcess.StartAsync(Definition, project.Path, target.VictimConnection);
        var harm = moment.Choose([new Harm(KillTheRunner, () => Task.Run(victim.Kill)), .. target.Harms]);

        await moment.StrikeAsync(victim, target, harm);
        var output = await victim.WaitForExitAsync();
        var state = await ReadStateAsync(target);
        try
        {
            new ChaosCheck(migrations, state, Dialect).IsWhole();
            AssertReportIsTrue(victim, output, harm, state.Applied);
            await CompleteAsync(target, project, migrations);
            return $"{harm.Name}, {(state.Rows.Count > state.Applied.Count ? "in a migration outside a transaction" : state.Applied.Count == 0 ? "before the first commit" : victim.Lines.Contains("ended well") ? "after the end" : "in between")}";
        }
        catch (Exception exception)
        {
            throw new AssertFailedException($"{harm.Name}: {exception.Message}\nAfter the harm:\n{state}\nThe run had said:\n{string.Join('\n', victim.Lines)}", exception);
        }
    }

    // A run that was not killed itself ends by itself, with a coded error; what it and its progress call applied is there.
    private static void AssertReportIsTrue(RunnerProcess victim, string output, Harm harm, IReadOnlySet<string> recorded)
    {
        if (harm.Name != KillTheRunner)
        {
            Assert.IsTrue(victim.ExitCode is 0 or 1, $"The run crashed:\n{output}");
            Assert.IsTrue(victim.ExitCode == 0 || output.Contains("error MIG", StringComparison.Ordinal), $"The run failed without a coded error:\n{output}");
        }

        var isCertain = !harm.LosesCommits || output.Contains("for certain", StringComparison.Ordinal) || victim.Lines.Contains("ended well");
        string[] words = harm.LosesCommits ? ["reported "] : ["reported ", "applied "];
        foreach (var line in victim.Lines.Where(line => isCertain && words.Any(word => line.StartsWith(word, StringComparison.Ordinal))))
        {
            Assert.Contains(MigrationOf(line), recorded, $"The run said «{line}», but it is not so.");
        }
    }

    // Nobody has to mend anything, wherever it was hit.
    private async Task CompleteAsync(ChaosTarget target, MigrationProject project, IReadOnlyList<ChaosMigration> migrations)
    {
        (await project.MigrateAsync()).Succeeded();
        await target.WhenQuietAsync();
        new ChaosCheck(migrations, await ChaosState.ReadAsync(target.Database, Dialect), Dialect).IsComplete();
    }

    private MigrationProject WriteMigrations(ChaosTarget target, IReadOnlyList<ChaosMigration> migrations, bool withHistoryScript)
    {
        var project = ProjectFor(target);
        foreach (var migration in migrations)
        {
            project.Write(migration.Name + Extension, Dialect.Text(migration));
        }

        return withHistoryScript ? project.Write($"000_migrations_table{Extension}", Dialect.HistoryScript) : project;
    }
}

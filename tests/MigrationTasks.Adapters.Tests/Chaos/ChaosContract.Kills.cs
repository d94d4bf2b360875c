using MigrationTasks.Adapters.Tests.Contract;

namespace MigrationTasks.Adapters.Tests.Chaos;

public abstract partial class ChaosContract
{
    private const string KillTheRunner = "kill the runner";
    private static readonly string[] RepairableCodes = ["MIG3005", "MIG3006"];

    [TestMethod]
    public async Task A_run_that_is_killed_at_any_moment_leaves_whole_migrations_and_the_next_one_completes()
    {
        var kills = Setting("MIGRATIONTASKS_CHAOS_KILLS", 10);
        var firstSeed = Setting("MIGRATIONTASKS_CHAOS_SEED", Random.Shared.Next(1_000_000));
        var usual = await MeasureAsync();
        var tally = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var broken = new List<string>();
        for (var seed = firstSeed; seed < firstSeed + kills; seed++)
        {
            var moment = new ChaosMoment(seed, usual);
            try
            {
                var outcome = await StrikeAsync(moment);
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
    private async Task<ChaosMeasure> MeasureAsync()
    {
        await using var target = await CreateTargetAsync();
        using var project = WriteMigrations(target, withHistoryScript: false);
        using var runner = await RunnerProcess.StartAsync(Definition, project.Path, target.VictimConnection);
        var startedAt = DateTime.UtcNow;
        runner.Go();
        var output = await runner.WaitForExitAsync();
        Assert.AreEqual(0, runner.ExitCode, output);
        var took = DateTime.UtcNow - startedAt;
        new ChaosCheck(Dialect.Migrations, await ChaosState.ReadAsync(target.Database, Dialect)).IsComplete();
        return new ChaosMeasure(took, runner.Lines.Count, target.Traffic);
    }

    /// <summary>Disturbs one run, and sees that nothing is lost.</summary>
    /// <returns>What was done when.</returns>
    private async Task<string> StrikeAsync(ChaosMoment moment)
    {
        await using var target = await CreateTargetAsync();
        using var project = WriteMigrations(target, moment.WithHistoryScript);
        using var victim = await RunnerProcess.StartAsync(Definition, project.Path, target.VictimConnection);
        var harm = moment.Choose([new Harm(KillTheRunner, () => Task.Run(victim.Kill)), .. target.Harms]);

        await moment.StrikeAsync(victim, target, harm);
        var output = await victim.WaitForExitAsync();
        var state = await ChaosState.ReadAsync(target.Database, Dialect);
        try
        {
            new ChaosCheck(Dialect.Migrations, state).IsWhole();
            AssertReportIsTrue(victim, output, harm, state.Applied);
            var wasRepaired = await CompleteAsync(target, project);
            return $"{harm.Name}, {(wasRepaired ? "in a migration outside a transaction" : state.Applied.Count == 0 ? "before the first commit" : victim.Lines.Contains("ended well") ? "after the end" : "in between")}";
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
            Assert.Contains(line.Split(' ', 2)[1], recorded, $"The run said «{line}», but it is not so.");
        }
    }

    /// <returns>Whether the user had to repair something first.</returns>
    private async Task<bool> CompleteAsync(ChaosTarget target, MigrationProject project)
    {
        var second = await project.MigrateAsync();
        var needsRepair = second.Errors is [{ } problem] && RepairableCodes.Contains(problem.Code);
        if (needsRepair)
        {
            // A migration outside a transaction was interrupted: what the message asks of the user is done here.
            await target.WhenQuietAsync();
            var state = await ChaosState.ReadAsync(target.Database, Dialect);
            new ChaosCheck(Dialect.Migrations, state).IsWhole();
            await RepairAsync(target, state);
            second = await project.MigrateAsync();
        }

        second.Succeeded();
        await target.WhenQuietAsync();
        new ChaosCheck(Dialect.Migrations, await ChaosState.ReadAsync(target.Database, Dialect)).IsComplete();
        return needsRepair;
    }

    private async Task RepairAsync(ChaosTarget target, ChaosState state)
    {
        var interrupted = Dialect.Migrations.Single(migration => state.Rows.ContainsKey(migration.Name) && !state.Applied.Contains(migration.Name));
        Assert.IsFalse(interrupted.IsTransactional, $"{interrupted.Name} runs in a transaction, but its row says {state.Rows[interrupted.Name]}.");
        await target.Database.ExecuteAsync($"DELETE FROM {ChaosMigration.LogTable} WHERE migration = {interrupted.Version}");
        await target.Database.ExecuteAsync($"DROP INDEX IF EXISTS chaos_{interrupted.Version:D3}_index");
        await target.Database.ExecuteAsync($"DELETE FROM schema_migrations WHERE migration_name = '{interrupted.Name}'");
    }

    private MigrationProject WriteMigrations(ChaosTarget target, bool withHistoryScript)
    {
        var project = ProjectFor(target);
        foreach (var migration in Dialect.Migrations)
        {
            project.Write(migration.Name, migration.Text);
        }

        return withHistoryScript ? project.Write("000_migrations_table.sql", Dialect.HistoryScript) : project;
    }
}

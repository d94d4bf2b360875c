using MigrationTasks.ContractTests;

namespace MigrationTasks.Adapters.Tests.Chaos;

public abstract partial class ChaosContract
{
    [TestMethod]
    public async Task A_rollback_that_is_killed_at_any_moment_leaves_whole_migrations_and_the_next_one_completes()
    {
        var kills = (Setting("MIGRATIONTASKS_CHAOS_KILLS", 6) + 1) / 2;
        var firstSeed = Setting("MIGRATIONTASKS_CHAOS_SEED", Random.Shared.Next(1_000_000));
        var usual = await MeasureRollbackAsync();
        var broken = new List<string>();
        for (var seed = firstSeed; seed < firstSeed + kills; seed++)
        {
            var moment = new ChaosMoment(seed, usual);
            try
            {
                await StrikeRollbackAsync(moment);
            }
            catch (Exception exception) when (exception is not AssertInconclusiveException)
            {
                broken.Add($"Seed {seed} ({moment}): {exception}\nAgain: bash tests/chaos.sh --kills 1 --seed {seed} --class {GetType().Name}");
            }
        }

        Assert.IsEmpty(broken, $"{broken.Count} of {kills} moments from seed {firstSeed} broke something.\n\n{string.Join("\n\n", broken)}");
    }

    private async Task<ChaosMeasure> MeasureRollbackAsync()
    {
        await using var target = await CreateTargetAsync();
        using var project = await MigrateToUndoAsync(target);
        using var runner = await StartRollbackAsync(target, project);
        var startedAt = DateTime.UtcNow;
        runner.Go();
        var output = await runner.WaitForExitAsync();
        Assert.AreEqual(0, runner.ExitCode, output);
        var took = DateTime.UtcNow - startedAt;
        AssertNothingIsLeft(await ReadUndoneAsync(target));
        return new ChaosMeasure(took, runner.Lines.Count, target.Traffic);
    }

    private async Task StrikeRollbackAsync(ChaosMoment moment)
    {
        await using var target = await CreateTargetAsync();
        using var project = await MigrateToUndoAsync(target);
        using var victim = await StartRollbackAsync(target, project);
        var harm = moment.Choose([new Harm(KillTheRunner, () => Task.Run(victim.Kill)), .. target.Harms]);

        await moment.StrikeAsync(victim, target, harm);
        var output = await victim.WaitForExitAsync();
        var state = await ReadUndoneAsync(target);
        try
        {
            new ChaosCheck(Dialect.UndoneMigrations, state, Dialect).IsWhole();
            var isCertain = !harm.LosesCommits || output.Contains("for certain", StringComparison.Ordinal) || victim.Lines.Contains("ended well");
            foreach (var line in victim.Lines.Where(line => isCertain && line.StartsWith("reported ", StringComparison.Ordinal)))
            {
                Assert.DoesNotContain(MigrationOf(line), state.Applied, $"The run said «{line}», but it is not so.");
            }

            (await project.RollBackToAsync("0")).Succeeded();
            await target.WhenQuietAsync();
            AssertNothingIsLeft(await ReadUndoneAsync(target));
        }
        catch (Exception exception)
        {
            throw new AssertFailedException($"{harm.Name}: {exception.Message}\nAfter the harm:\n{state}\nThe run had said:\n{string.Join('\n', victim.Lines)}", exception);
        }
    }

    private async Task<MigrationProject> MigrateToUndoAsync(ChaosTarget target)
    {
        var project = WriteMigrations(target, Dialect.UndoneMigrations, withHistoryScript: false);
        foreach (var migration in Dialect.UndoneMigrations)
        {
            project.Write($"{migration.Name}.down{Extension}", Dialect.RollbackOf(migration));
        }

        (await project.MigrateAsync()).Succeeded();
        return project;
    }

    private Task<RunnerProcess> StartRollbackAsync(ChaosTarget target, MigrationProject project) =>
        RunnerProcess.StartAsync(Definition, project.Path, target.VictimConnection, "back");

    // Where no transaction can hold a DROP, the log stays.
    private async Task<ChaosState> ReadUndoneAsync(ChaosTarget target)
    {
        var state = await ReadStateAsync(target);
        return Dialect.CommitsAtObjects ? state with { Objects = [.. state.Objects.Where(name => name != ChaosMigration.LogTable)] } : state;
    }

    private static void AssertNothingIsLeft(ChaosState state) =>
        Assert.AreEqual("schema_migrations", string.Join(", ", [.. state.Rows.Keys, .. state.Parts, .. state.Objects]), "Something is left after all was undone.");
}

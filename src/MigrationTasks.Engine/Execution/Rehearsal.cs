using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Execution;

/// <summary>
/// Tries the steps of a plan in the order of a run. What cannot be tried is said, and what fails behind it is a warning: it may only
/// lack what was not tried.
/// </summary>
/// <param name="rehearsal">The transaction.</param>
/// <param name="recorder">Watches, and counts what was tried.</param>
internal sealed class Rehearsal(IMigrationRehearsal rehearsal, RunRecorder recorder)
{
    private sealed record Failure(MigrationStep Step, MigrationException Exception);

    private readonly List<UntriedMigration> _untried = [];

    /// <summary>What was not tried, or not to the end, and why.</summary>
    public IReadOnlyList<UntriedMigration> Untried => _untried;

    /// <exception cref="MigrationException">What a run would fail with; of repeatable migrations all that fail to the end.</exception>
    public async Task RunAsync(IReadOnlyList<MigrationStep> steps, CancellationToken cancellation)
    {
        foreach (var step in steps.Where(step => !step.Migration.IsRepeatable))
        {
            if (await TryAsync(step, cancellation).ConfigureAwait(false) is { } failure)
            {
                Judge([failure]);
            }
        }

        Judge(await PassAsync([.. steps.Where(step => step.Migration.IsRepeatable)], cancellation).ConfigureAwait(false));
    }

    // As in a run: for as long as others bring any of them further.
    private async Task<IReadOnlyList<Failure>> PassAsync(IReadOnlyList<MigrationStep> steps, CancellationToken cancellation)
    {
        while (true)
        {
            var failures = new List<Failure>();
            var hasHelped = false;
            foreach (var step in steps)
            {
                var tried = recorder.TriedMigrations.Count;
                if (await TryAsync(step, cancellation).ConfigureAwait(false) is { } failure)
                {
                    failures.Add(failure);
                }

                hasHelped |= failures.Count > 0 && recorder.TriedMigrations.Count > tried;
            }

            if (!hasHelped)
            {
                return failures;
            }

            steps = [.. failures.Select(failure => failure.Step).Reverse()];
        }
    }

    private async Task<Failure?> TryAsync(MigrationStep step, CancellationToken cancellation)
    {
        if (!step.Migration.IsTransactional)
        {
            Skip(step.Migration, "it runs outside a transaction, which cannot be rolled back");
            return null;
        }

        try
        {
            var reason = await rehearsal.TryAsync(new ScriptUnit(step), cancellation).ConfigureAwait(false);
            if (reason is null)
            {
                recorder.Tried(step.Migration);
                return null;
            }

            recorder.Stopped();
            Skip(step.Migration, reason);
            return null;
        }
        catch (MigrationException exception) when (exception.Code is "MIG4005" or "MIG4009" && (_untried.Count > 0 || step.Migration.IsRepeatable))
        {
            recorder.Stopped();
            return new Failure(step, exception);
        }
    }

    private void Judge(IReadOnlyList<Failure> failures)
    {
        if (failures.Count > 0 && _untried.Count == 0)
        {
            throw new MigrationException([.. failures.OrderBy(failure => failure.Step.Migration.Name, StringComparer.Ordinal).SelectMany(failure => failure.Exception.Diagnostics)]);
        }

        var missing = string.Join(", ", _untried.Select(untried => untried.Name));
        foreach (var (step, exception) in failures)
        {
            _untried.Add(new UntriedMigration(step.Migration.Name, "it failed, perhaps because of what was not tried before it"));
            foreach (var problem in exception.Diagnostics)
            {
                recorder.Warned(Errors.PerhapsFailed(problem, missing));
            }
        }
    }

    private void Skip(Migration migration, string reason)
    {
        _untried.Add(new UntriedMigration(migration.Name, reason));
        recorder.Warned(Errors.NotTried(migration.Path, reason));
    }
}

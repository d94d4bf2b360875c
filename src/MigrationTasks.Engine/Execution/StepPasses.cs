using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Execution;

/// <summary>
/// Applies the steps of a plan. A repeatable migration may need one that comes later by its name: one that fails is set aside
/// and tried again after the others, for as long as that brings any of them further.
/// </summary>
/// <param name="adapter">The database.</param>
/// <param name="recorder">Watches, and counts what is applied.</param>
/// <param name="createsHistory">Whether the database has no history table yet.</param>
internal sealed class StepPasses(DatabaseAdapter adapter, RunRecorder recorder, bool createsHistory = false)
{
    /// <summary>A repeatable migration that failed.</summary>
    private sealed record Failure(MigrationStep Step, MigrationException Exception);

    // What failed outside a transaction, and cannot go on where it stands, is not tried again.
    private readonly List<Failure> _final = [];

    private bool _createsHistory = createsHistory;

    /// <summary>Applies the steps in order, and then again those that failed.</summary>
    /// <param name="steps">What to apply.</param>
    /// <param name="cancellation">Stops the running statement on the server and rolls back.</param>
    /// <returns>Whether all was applied, or another runner turned out to be faster and the plan must be made anew.</returns>
    /// <exception cref="MigrationException">What stopped the run; or the repeatable migrations that failed to the end, all of them.</exception>
    public async Task<ApplyOutcome> ApplyAsync(IReadOnlyList<MigrationStep> steps, CancellationToken cancellation)
    {
        while (true)
        {
            var failures = new List<Failure>();
            var hasHelped = false;
            for (var next = 0; next < steps.Count;)
            {
                var applied = recorder.AppliedMigrations.Count;
                var (outcome, exception) = await TryAsync([.. steps.Skip(next)], cancellation).ConfigureAwait(false);
                if (outcome == ApplyOutcome.Superseded)
                {
                    return _final.Count == 0 ? outcome : throw ExceptionOf(_final);
                }

                applied = recorder.AppliedMigrations.Count - applied;
                hasHelped |= failures.Count > 0 && applied > 0;
                if (exception is null)
                {
                    break;
                }

                var step = steps[next + applied];
                // Not as a diagnostic is written: a pipeline would take it for an error, which it may not be in the end.
                recorder.Noticed(step.Migration, $"failed; the other repeatable migrations come first. {exception.Diagnostics[0].Message}");
                failures.Add(new Failure(step, exception));
                next += applied + 1;
            }

            if (!hasHelped)
            {
                failures.AddRange(_final);
                return failures.Count == 0 ? ApplyOutcome.Completed : throw ExceptionOf(failures);
            }

            // Backwards, because those that need each other in the order of a chain are then all applied by one more pass.
            failures.Reverse();
            steps = await AgainAsync(failures, cancellation).ConfigureAwait(false);
        }
    }

    // What ran outside a transaction goes on behind those of its statements that stand.
    private async Task<IReadOnlyList<MigrationStep>> AgainAsync(List<Failure> failures, CancellationToken cancellation)
    {
        if (failures.TrueForAll(failure => !failure.Step.Migration.MayRunOutsideTransaction))
        {
            return [.. failures.Select(failure => failure.Step)];
        }

        var history = await adapter.ReadHistoryAsync(cancellation).ConfigureAwait(false);
        var steps = new List<MigrationStep>();
        foreach (var failure in failures)
        {
            var (migration, row) = (failure.Step.Migration, history.Rows.FirstOrDefault(row => row.Name == (failure.Step.Resume?.Row.Name ?? failure.Step.Migration.Name)));
            if (!migration.MayRunOutsideTransaction || (migration.IsTransactional && row is null or { IsApplied: true }))
            {
                steps.Add(failure.Step);
            }
            else if (row is not null && ResumePoint.Find(migration, row, out _) is { } resume)
            {
                steps.Add(new MigrationStep(migration, Resume: resume));
            }
            else
            {
                _final.Add(failure);
            }
        }

        return steps;
    }

    private async Task<(ApplyOutcome Outcome, MigrationException? Exception)> TryAsync(List<MigrationStep> steps, CancellationToken cancellation)
    {
        var applied = recorder.AppliedMigrations.Count;
        try
        {
            var creates = _createsHistory;
            _createsHistory = false;
            var apply = adapter.RunAsync([.. steps.Select(step => new ScriptUnit(step))], creates, recorder, cancellation);
            return (await apply.ConfigureAwait(false), null);
        }
        catch (MigrationException exception) when (MayDependOnOthers(exception) && steps[recorder.AppliedMigrations.Count - applied].Migration.IsRepeatable)
        {
            recorder.Stopped();
            return (ApplyOutcome.Completed, exception);
        }
    }

    // What the database says of a statement; not that the disk is full, the connection lost or the time over.
    private static bool MayDependOnOthers(MigrationException exception) => exception.Code is "MIG4005" or "MIG4009";

    private static MigrationException ExceptionOf(IEnumerable<Failure> failures) =>
        new([.. failures.OrderBy(failure => failure.Step.Migration.Name, StringComparer.Ordinal).SelectMany(failure => failure.Exception.Diagnostics)]);
}

using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Commands.Migrate;

/// <summary>Brings one database up to date with one folder.</summary>
internal sealed class MigrationRunner(CommandContext context, PlanOptions options)
{
    private readonly DatabaseAdapter _adapter = context.Adapter;

    /// <summary>Applies what is pending. A failure is in the report, with what was applied before it.</summary>
    /// <param name="cancellation">Stops the running statement on the server and rolls its migration back.</param>
    public async Task<RunReport> MigrateAsync(CancellationToken cancellation)
    {
        var recorder = new RunRecorder(context.Observer, context.Time);
        await using var disposal = recorder.ConfigureAwait(false);
        var warnings = context.Foresee(recorder.Warned);
        MigrationPlan? plan = null;
        return await context.RunAsync(
            async () =>
            {
                var files = await context.OpenAsync(cancellation).ConfigureAwait(false);

                var outcome = ApplyOutcome.Superseded;
                var isChecked = false;
                while (outcome == ApplyOutcome.Superseded)
                {
                    var history = await _adapter.ReadHistoryAsync(cancellation).ConfigureAwait(false);
                    plan = await context.PlanAsync(files, history, options, cancellation).ConfigureAwait(false);
                    warnings.AddRange(plan.Warnings);
                    recorder.Planned(plan);
                    if (plan.Errors.Count == 0 && !plan.IsEmpty && !isChecked)
                    {
                        plan.CheckScripts(context.GuardOwnTables(history), cancellation);
                        isChecked = true;
                    }

                    warnings.Check(plan.Errors);
                    if (plan.IsEmpty)
                    {
                        break;
                    }

                    outcome = await ApplyAsync(plan, history, recorder, cancellation).ConfigureAwait(false);
                    recorder.Stopped();
                }

                return Report(plan, recorder);
            },
            () => Report(plan, recorder),
            () => Errors.Cancelled(recorder.Running?.Location ?? default, recorder.Running?.IsTransactional ?? true),
            cancellation).ConfigureAwait(false);
    }

    private async Task<ApplyOutcome> ApplyAsync(MigrationPlan plan, MigrationHistory history, RunRecorder recorder, CancellationToken cancellation)
    {
        var createsHistory = history.State == HistoryTableState.Absent && plan.HistoryScript is null && plan.Steps.Count > 0;
        if (history.State != HistoryTableState.Complete && !createsHistory)
        {
            await _adapter.EnsureHistoryAsync(plan.HistoryScript, recorder, cancellation).ConfigureAwait(false);
        }

        return plan.Steps.Count == 0
            ? ApplyOutcome.Completed
            : await new StepPasses(_adapter, recorder, createsHistory).ApplyAsync(plan.Steps, cancellation).ConfigureAwait(false);
    }

    private RunReport Report(MigrationPlan? plan, RunRecorder recorder)
    {
        var applied = recorder.AppliedMigrations;
        var planned = plan is null ? [] : plan.Entries.Where(entry => entry.IsPending).Select(entry => entry.Name).ToList();
        var empty = plan?.Count(MigrationState.Empty) ?? 0;
        return context.Start<RunReport>() with
        {
            Applied = [.. applied],
            AlreadyApplied = plan?.Entries.Count(entry => entry.IsApplied && applied.All(done => done.Name != entry.Name)) ?? 0,
            Pending = planned.Except(applied.Select(done => done.Name)).Count() + empty,
            Empty = empty,
            Warnings = [.. recorder.Warnings],
        };
    }
}

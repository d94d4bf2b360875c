using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Commands.Rollback;

/// <summary>Takes one database back to an earlier state of one folder.</summary>
/// <param name="context">The database and the folder.</param>
/// <param name="options">How far to go back.</param>
internal sealed class RollbackRunner(CommandContext context, RollbackOptions options)
{
    // A row that another run brings and takes away again may be in the way more than once by chance.
    private const int MaximumVainAttempts = 3;

    private readonly DatabaseAdapter _adapter = context.Adapter;
    private readonly StoredRollbacks _stored = new(options.Stored, context.Placeholders);

    /// <summary>
    /// Undoes what is asked for, newest first, or nothing when a part of it cannot be undone. A failure is in the report, with
    /// what was undone before it.
    /// </summary>
    /// <param name="cancellation">Stops the running statement on the server and leaves its migration applied.</param>
    public async Task<RollbackReport> RollBackAsync(CancellationToken cancellation)
    {
        var recorder = new RunRecorder(context.Observer, context.Time);
        await using var disposal = recorder.ConfigureAwait(false);
        var progress = new RollbackProgress(recorder);
        return await context.RunAsync(
            async () =>
            {
                var files = context.ReadFolder(cancellation);
                var warnings = context.Foresee(recorder.Warned);
                warnings.AddRange(files.Warnings);
                warnings.Check();
                await context.ConnectAsync(cancellation).ConfigureAwait(false);
                while (await UndoAsync(files, progress, recorder, warnings, cancellation).ConfigureAwait(false) == ApplyOutcome.Superseded)
                {
                    recorder.Stopped();
                }

                return Report(progress, recorder);
            },
            () => Report(progress, recorder),
            () => Errors.Cancelled(recorder.Running?.Location ?? default, recorder.Running?.IsTransactional ?? true, progress.Next),
            cancellation).ConfigureAwait(false);
    }

    private async Task<ApplyOutcome> UndoAsync(MigrationFolder files, RollbackProgress progress, RunRecorder recorder, ForeseenWarnings warnings, CancellationToken cancellation)
    {
        var history = await ReadHistoryAsync(cancellation).ConfigureAwait(false);
        warnings.AddRange(history.Warnings);
        warnings.Check();
        var plan = progress.Plan is { } overtaken
            ? overtaken.Renew(files, history, context.Definition.Language)
            : RollbackPlan.Create(files, history, options, context.Definition.Language);
        Check(plan, context.GuardOwnTables(history), cancellation);
        progress.Go(plan);
        if (progress.VainAttempts > MaximumVainAttempts)
        {
            throw Errors.HistoryUnusable(history.Table.ToString(), $"the row of {plan.Steps[0].Name} cannot be deleted, though no other run undid it. Has the user the right to delete rows, and no trigger or policy forbids it?");
        }

        recorder.RollbackPlanned(plan);
        if (plan.Steps.Count == 0)
        {
            return ApplyOutcome.Completed;
        }

        if (history.State != HistoryTableState.Complete)
        {
            await _adapter.EnsureHistoryAsync(null, recorder, cancellation).ConfigureAwait(false);
        }

        try
        {
            return await _adapter.RunAsync([.. plan.Steps.Select(step => new ScriptUnit(step))], createsHistory: false, recorder, cancellation).ConfigureAwait(false);
        }
        catch (MigrationException exception) when (recorder.Running is RollbackScript { Source: RollbackSource.History } script)
        {
            throw script.Explain(exception);
        }
    }

    private async Task<MigrationHistory> ReadHistoryAsync(CancellationToken cancellation)
    {
        var history = await _adapter.ReadHistoryAsync(cancellation).ConfigureAwait(false);
        if (!history.Rows.Any(row => row.IsInWork))
        {
            return history;
        }

        // Whoever marked the row is at work, or is dead: under the lock that it would hold, the row tells which.
        var running = await _adapter.LockRunAsync(cancellation).ConfigureAwait(false);
        await using var release = running.ConfigureAwait(false);
        return await _adapter.ReadHistoryAsync(cancellation).ConfigureAwait(false);
    }

    // All that will be undone is split and checked before any of it runs: half a way back is worse than none.
    private void Check(RollbackPlan plan, OwnTableGuard guard, CancellationToken cancellation)
    {
        var problems = new List<Diagnostic>([.. plan.Errors, .. _stored.Check(plan)]);
        foreach (var script in plan.Steps)
        {
            try
            {
                var touched = new List<Diagnostic>();
                foreach (var _ in guard.Watch(script, script.ReadStatements(), touched))
                {
                    cancellation.ThrowIfCancellationRequested();
                }

                problems.AddRange(touched.Count > 0 ? script.Explain(new MigrationException(touched)).Diagnostics : []);
                problems.AddRange(script is { IsEmpty: true, UndoesNothing: false } ? [Errors.RollbackEmpty(script.Location, script.Name, script.Language.NothingToDo)] : []);
            }
            catch (MigrationException exception)
            {
                problems.AddRange(script.Explain(exception).Diagnostics);
            }
        }

        if (problems.Count > 0)
        {
            throw new MigrationException(problems);
        }
    }

    private RollbackReport Report(RollbackProgress progress, RunRecorder recorder) => context.Start<RollbackReport>() with
    {
        RolledBack = [.. recorder.UndoneMigrations],
        Overtaken = progress.Overtaken,
        Left = progress.Left,
        Applied = progress.Applied,
        Warnings = [.. recorder.Warnings],
    };
}

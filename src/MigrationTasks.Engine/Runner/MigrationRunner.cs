using MigrationTasks.Engine.Adapters;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Runner;

/// <summary>Brings one database up to date with one folder.</summary>
/// <param name="adapter">The database.</param>
/// <param name="definition">What kind of database it is.</param>
/// <param name="folder">The folder's full path.</param>
/// <param name="options">What the plan is for.</param>
/// <param name="observer">Watches.</param>
/// <param name="time">The clock; that of the system when omitted.</param>
public sealed class MigrationRunner(
    DatabaseAdapter adapter,
    AdapterDefinition definition,
    string folder,
    PlanOptions options,
    IRunObserver observer,
    TimeProvider? time = null)
{
    private readonly TimeProvider _time = time ?? TimeProvider.System;

    /// <summary>Applies what is pending. A failure is in the report, with what was applied before it.</summary>
    /// <param name="cancellation">Stops the running statement on the server and rolls its migration back.</param>
    public async Task<RunReport> MigrateAsync(CancellationToken cancellation)
    {
        var startedAt = _time.GetTimestamp();
        var recorder = new RunRecorder(observer, _time);
        await using var disposal = recorder.ConfigureAwait(false);
        MigrationPlan? plan = null;
        IReadOnlyList<Diagnostic> errors = [];
        try
        {
            var files = MigrationFolder.Read(folder, definition.Language, cancellation);
            await adapter.ConnectAsync(cancellation).ConfigureAwait(false);
            recorder.Connected(adapter.Config.Target);

            var outcome = ApplyOutcome.Superseded;
            while (outcome == ApplyOutcome.Superseded)
            {
                var history = await adapter.ReadHistoryAsync(cancellation).ConfigureAwait(false);
                plan = await PlanAsync(files, history, recorder, cancellation).ConfigureAwait(false);
                if (plan.IsEmpty)
                {
                    break;
                }

                CheckScripts(plan, cancellation);
                outcome = await ApplyAsync(plan, history, recorder, cancellation).ConfigureAwait(false);
                recorder.Stopped();
            }
        }
        catch (MigrationException exception)
        {
            errors = exception.Diagnostics;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            errors = Errors.Cancelled(recorder.Running?.Location ?? default, recorder.Running?.IsTransactional ?? true).Diagnostics;
        }

        await adapter.DisconnectAsync().ConfigureAwait(false);
        return Report(plan, recorder, errors) with { Duration = _time.GetElapsedTime(startedAt) };
    }

    /// <summary>Reads where every migration stands; changes nothing.</summary>
    /// <param name="cancellation">Gives up.</param>
    public async Task<StatusReport> GetStatusAsync(CancellationToken cancellation)
    {
        var report = new StatusReport { Database = definition.Name, Target = adapter.Config.Target, Folder = folder };
        try
        {
            var files = MigrationFolder.Read(folder, definition.Language, cancellation);
            await adapter.ConnectAsync(cancellation).ConfigureAwait(false);
            var history = await adapter.ReadHistoryAsync(cancellation).ConfigureAwait(false);
            var plan = MigrationPlan.Create(files, history, options);
            report = report with
            {
                Entries = plan.Entries,
                Warnings = [.. plan.Warnings, .. plan.Errors.Select(error => error with { Severity = DiagnosticSeverity.Warning })],
            };
        }
        catch (MigrationException exception)
        {
            report = report with { Errors = exception.Diagnostics };
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            report = report with { Errors = Errors.Cancelled(default).Diagnostics };
        }

        await adapter.DisconnectAsync().ConfigureAwait(false);
        return report;
    }

    private async Task<MigrationPlan> PlanAsync(MigrationFolder files, MigrationHistory history, RunRecorder recorder, CancellationToken cancellation)
    {
        var plan = MigrationPlan.Create(files, history, options);
        if (plan.HasRunning)
        {
            // Whoever marked it is at work, or is dead: under the lock that it would hold, the row tells which.
            var running = await adapter.LockRunAsync(cancellation).ConfigureAwait(false);
            await using var release = running.ConfigureAwait(false);
            plan = MigrationPlan.Create(files, await adapter.ReadHistoryAsync(cancellation).ConfigureAwait(false), options);
        }

        foreach (var warning in plan.Warnings)
        {
            recorder.Warned(warning);
        }

        recorder.Planned(plan);
        return plan.Errors.Count == 0 ? plan : throw new MigrationException(plan.Errors);
    }

    // Everything pending is split and checked before anything runs: a typo in the last file must not leave the first ones applied.
    private static void CheckScripts(MigrationPlan plan, CancellationToken cancellation)
    {
        var problems = new List<Diagnostic>();
        var pending = plan.Steps.Select(step => step.Migration);
        foreach (var migration in plan.HistoryScript is { } script ? pending.Prepend(script) : pending)
        {
            try
            {
                foreach (var _ in migration.ReadStatements())
                {
                    cancellation.ThrowIfCancellationRequested();
                }
            }
            catch (MigrationException exception)
            {
                problems.AddRange(exception.Diagnostics);
            }
        }

        if (problems.Count > 0)
        {
            throw new MigrationException(problems);
        }
    }

    private async Task<ApplyOutcome> ApplyAsync(MigrationPlan plan, MigrationHistory history, RunRecorder recorder, CancellationToken cancellation)
    {
        if (history.State != HistoryTableState.Complete)
        {
            await adapter.EnsureHistoryAsync(plan.HistoryScript, recorder, cancellation).ConfigureAwait(false);
        }

        return plan.Steps.Count == 0
            ? ApplyOutcome.Completed
            : await adapter.ApplyAsync(plan.Steps, recorder, cancellation).ConfigureAwait(false);
    }

    private RunReport Report(MigrationPlan? plan, RunRecorder recorder, IReadOnlyList<Diagnostic> errors)
    {
        var applied = recorder.AppliedMigrations;
        var planned = plan is null ? [] : plan.Entries.Where(entry => entry.State is MigrationState.Pending or MigrationState.OutOfOrder).Select(entry => entry.Name).ToList();
        return new RunReport
        {
            Database = definition.Name,
            Target = adapter.Config.Target,
            Folder = folder,
            Applied = [.. applied],
            AlreadyApplied = plan?.Entries.Count(entry => entry.State is MigrationState.Applied or MigrationState.Missing && applied.All(done => done.Name != entry.Name)) ?? 0,
            Pending = planned.Except(applied.Select(done => done.Name)).Count(),
            Warnings = [.. recorder.Warnings],
            Errors = errors,
        };
    }
}

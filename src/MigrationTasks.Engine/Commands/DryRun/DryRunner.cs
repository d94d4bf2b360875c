using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Commands.DryRun;

/// <summary>Tells what a run on one database with one folder would do, and changes nothing there.</summary>
/// <param name="context">The database and the folder.</param>
/// <param name="options">What the plan is for.</param>
/// <param name="mode">How to find out.</param>
/// <param name="scriptFile">The file of the script, a full path; it does not count when there is none to write.</param>
internal sealed class DryRunner(CommandContext context, PlanOptions options, DryRunMode mode, string scriptFile)
{
    /// <summary>Writes the script, or tries what is pending. What would stop a run before its first statement stops this too, and is in the report.</summary>
    /// <param name="cancellation">Gives up; an earlier script stays as it was.</param>
    public async Task<DryRunReport> RunAsync(CancellationToken cancellation)
    {
        var recorder = new RunRecorder(context.Observer, context.Time);
        await using var disposal = recorder.ConfigureAwait(false);
        MigrationPlan? plan = null;
        Rehearsal? rehearsal = null;
        return await context.RunAsync(
            async () =>
            {
                var scripter = mode == DryRunMode.Script ? context.Adapter as IRunScripter ?? throw Errors.NoScripts(context.DisplayName, context.Adapter is IRehearsalStage) : null;
                var stage = mode == DryRunMode.Rollback ? context.Adapter as IRehearsalStage ?? throw Errors.NoRehearsal(context.DisplayName, context.Adapter is IRunScripter) : null;
                var files = await context.OpenAsync(cancellation).ConfigureAwait(false);
                var history = await context.Adapter.ReadHistoryAsync(cancellation).ConfigureAwait(false);
                plan = await context.PlanAsync(files, history, options, cancellation).ConfigureAwait(false);
                Check(plan, history, recorder, cancellation);
                if (scripter is not null)
                {
                    await WriteAsync(scripter, plan, history, cancellation).ConfigureAwait(false);
                    return Report(plan, recorder, rehearsal) with { ScriptFile = scriptFile, Scripted = NamesOf(plan) };
                }

                if (!plan.IsEmpty)
                {
                    var transaction = await stage!.RehearseAsync(recorder, cancellation).ConfigureAwait(false);
                    await using var end = transaction.ConfigureAwait(false);
                    rehearsal = new Rehearsal(transaction, recorder);
                    await RehearseAsync(transaction, rehearsal, plan, history, recorder, cancellation).ConfigureAwait(false);
                }

                return Report(plan, recorder, rehearsal);
            },
            () => Report(plan, recorder, rehearsal),
            () => Errors.Cancelled(recorder.Running?.Location ?? default, next: "The database is as it was before."),
            cancellation).ConfigureAwait(false);
    }

    private static async Task RehearseAsync(
        IMigrationRehearsal transaction, Rehearsal rehearsal, MigrationPlan plan, MigrationHistory history, RunRecorder recorder, CancellationToken cancellation)
    {
        if (history.State != HistoryTableState.Complete)
        {
            await transaction.PrepareHistoryAsync(plan.HistoryScript, cancellation).ConfigureAwait(false);
            if (plan.HistoryScript is { } script)
            {
                recorder.Tried(script);
            }
        }

        await rehearsal.RunAsync(plan.Steps, cancellation).ConfigureAwait(false);
    }

    private void Check(MigrationPlan plan, MigrationHistory history, RunRecorder recorder, CancellationToken cancellation)
    {
        var warnings = context.Foresee(recorder.Warned);
        warnings.AddRange(plan.Warnings);
        recorder.Planned(plan);
        if (plan.Errors.Count > 0)
        {
            warnings.Check(plan.Errors);
        }

        // What the statement that stopped has left behind, only a run can look at and clear away.
        var begun = plan.Steps.Where(step => mode == DryRunMode.Script && step.Resume is not null).Select(step => Errors.CannotScriptResume(step.Migration.Path)).ToList();
        if (begun.Count > 0)
        {
            throw new MigrationException(begun);
        }

        plan.CheckScripts(context.GuardOwnTables(history), cancellation);
        warnings.Check();
    }

    private async Task WriteAsync(IRunScripter scripter, MigrationPlan plan, MigrationHistory history, CancellationToken cancellation)
    {
        var comment = context.Definition.ScriptComment;
        var title = $"what -t:Migrate would do to {context.DisplayName} {context.Adapter.Config.Target}: {Wording.Of(NamesOf(plan).Count, "migration")} to apply.";
        using var output = ScriptOutput.Create(scriptFile, context.Folder, comment, title);
        try
        {
            if (plan.Steps.Count(step => step.Migration.IsRepeatable) > 1)
            {
                output.Writer.WriteLine($"{comment} Repeatable migrations run in the order of their names here. Where one needs a later one, a run tries it again; this script stops.");
            }

            if (!plan.IsEmpty)
            {
                await scripter.WriteScriptAsync(plan, history, output.Writer, cancellation).ConfigureAwait(false);
            }

            output.Complete();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Errors.ScriptFile(scriptFile, exception.Message, exception);
        }
    }

    private static IReadOnlyList<string> NamesOf(MigrationPlan plan) => [.. plan.Entries.Where(entry => entry.IsPending).Select(entry => entry.Name)];

    private DryRunReport Report(MigrationPlan? plan, RunRecorder recorder, Rehearsal? rehearsal) => context.Start<DryRunReport>() with
    {
        Mode = mode,
        Tried = [.. recorder.TriedMigrations],
        Untried = [.. rehearsal?.Untried ?? []],
        AlreadyApplied = plan?.Entries.Count(entry => entry.IsApplied) ?? 0,
        Pending = plan is null ? 0 : NamesOf(plan).Count + plan.Count(MigrationState.Empty),
        Empty = plan?.Count(MigrationState.Empty) ?? 0,
        Warnings = [.. recorder.Warnings],
    };
}

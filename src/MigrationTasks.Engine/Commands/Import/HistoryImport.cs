using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Commands.Import;

/// <summary>
/// Takes over a database that another tool migrated: records the files that the tool's history stands for as applied. It writes
/// nothing unless every entry is certain, and never changes the other tool's table.
/// </summary>
/// <param name="context">The database and the folder.</param>
/// <param name="options">Which history is meant, where that is not plain.</param>
internal sealed class HistoryImport(CommandContext context, ImportOptions options)
{
    /// <summary>The other tool's history that stood in the place of ours, when the import failed for that.</summary>
    public TakenHistory? Taken { get; private set; }

    /// <summary>Imports the history.</summary>
    /// <param name="cancellation">Gives up; nothing is written then.</param>
    public Task<ImportReport> RunAsync(CancellationToken cancellation)
    {
        var report = context.Start<ImportReport>() with { IsPreview = options.IsPreview };
        return context.RunAsync(
            async () =>
            {
                var files = await context.OpenAsync(cancellation).ConfigureAwait(false);
                var running = await context.Adapter.LockRunAsync(cancellation).ConfigureAwait(false);
                await using var release = running.ConfigureAwait(false);

                var history = await ReadHistoryAsync(cancellation).ConfigureAwait(false);
                var plan = PlanOf(files, history);
                if (await ReadForeignAsync(cancellation).ConfigureAwait(false) is not var (found, entries))
                {
                    return report with { Pending = PendingAfter(plan, []).Count, Warnings = [.. files.Warnings, .. history.Warnings] };
                }

                var import = ImportPlan.Create(entries, files, history, options.Conversion);
                report = report with { Tool = found.Tool.Title, Table = found.Table.Name.ToString(), Lines = import.Lines };
                Check(import, found);
                var pending = PendingAfter(plan, import.Changes);
                List<Diagnostic> warnings = [.. files.Warnings, .. history.Warnings, .. pending.Where(entry => entry.State == MigrationState.Empty).Select(entry => entry.Migration!.NoStatement())];
                await context.WriteAsync(history, plan.HistoryScript, options.IsPreview ? [] : import.Changes, warnings, cancellation).ConfigureAwait(false);
                return report with { Pending = pending.Count, Warnings = warnings };
            },
            () => report,
            () => Errors.Cancelled(default),
            cancellation);
    }

    private async Task<MigrationHistory> ReadHistoryAsync(CancellationToken cancellation)
    {
        try
        {
            return await context.Adapter.ReadHistoryAsync(cancellation).ConfigureAwait(false);
        }
        catch (MigrationException exception) when (exception.Code == Errors.HistoryOfAnotherTool && context.Adapter is ITableCatalog)
        {
            Taken = await TakenHistory.FindAsync((ITableCatalog)context.Adapter, context.Adapter.Config.Settings.HistoryTable, cancellation).ConfigureAwait(false);
            throw;
        }
    }

    // What stands in the way of a run does so here too; but for what is out of order, which is what an import makes good.
    private static MigrationPlan PlanOf(MigrationFolder files, MigrationHistory history)
    {
        var plan = MigrationPlan.Create(files, history, new PlanOptions(OutOfOrderPolicy.Allow));
        return plan.Errors.Count == 0 ? plan : throw new MigrationException(plan.Errors);
    }

    // A repeatable one without a checksum runs once more.
    private static List<PlanEntry> PendingAfter(MigrationPlan plan, IReadOnlyList<HistoryChange> changes)
    {
        var imported = changes.Where(change => change.After!.Checksum is not null).Select(change => change.Name).ToHashSet(StringComparer.Ordinal);
        return [.. plan.Entries.Where(entry => (entry.IsPending || entry.State == MigrationState.Empty) && entry.Migration is { CreatesHistory: false } && !imported.Contains(entry.Name))];
    }

    // A new database has none, and its files can be imported all the same.
    private async Task<(ForeignHistoryTable Found, IReadOnlyList<ForeignEntry> Entries)?> ReadForeignAsync(CancellationToken cancellation)
    {
        var target = context.Adapter.Config.Target;
        var catalog = context.Adapter as ITableCatalog ?? throw Errors.NoForeignHistory(target, null, [], [], hasCollections: false);
        ForeignHistoryTable found;
        try
        {
            found = await ForeignHistories.ChooseAsync(catalog, options, target, cancellation).ConfigureAwait(false);
        }
        catch (MigrationException exception) when (options.WithFiles && exception.Code == Errors.NoHistoryToImport)
        {
            return null;
        }

        return (found, await ForeignHistories.ReadAsync(catalog, found, cancellation).ConfigureAwait(false));
    }

    private void Check(ImportPlan import, ForeignHistoryTable found)
    {
        var problems = new List<Diagnostic>();
        if (import.Lines.Where(line => line.Outcome == ImportOutcome.Failed).Select(line => line.Entry).ToList() is { Count: > 0 } failed)
        {
            problems.Add(Errors.FailedEntries(context.Folder, found.ToString(), failed));
        }

        if (import.Lines.Where(line => line.Outcome == ImportOutcome.Uncertain).Select(line => $"{line.Entry} ({line.Problem})").ToList() is { Count: > 0 } uncertain)
        {
            problems.Add(Errors.UncertainEntries(context.Folder, found.ToString(), uncertain));
        }

        if (problems.Count > 0)
        {
            throw new MigrationException(problems);
        }
    }
}

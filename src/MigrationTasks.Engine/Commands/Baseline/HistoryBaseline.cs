using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Commands.Baseline;

/// <summary>
/// Marks migrations as applied without running them, for a database that already is where they would bring it. What the history
/// has stays as it is; only what it lacks is added.
/// </summary>
/// <param name="context">The database and the folder.</param>
/// <param name="version">The newest version to mark; a migration must have it.</param>
internal sealed class HistoryBaseline(CommandContext context, MigrationVersion version)
{
    /// <summary>Marks every migration up to the version that the history lacks.</summary>
    /// <param name="cancellation">Gives up; nothing is marked then.</param>
    public Task<BaselineReport> RunAsync(CancellationToken cancellation)
    {
        var report = context.Start<BaselineReport>() with { Version = version };
        return context.RunAsync(
            async () =>
            {
                var files = context.ReadFolder(cancellation);
                if (MigrationPlan.CheckTarget(files, version) is { } problem)
                {
                    throw new MigrationException(problem);
                }

                await context.ConnectAsync(cancellation).ConfigureAwait(false);
                var running = await context.Adapter.LockRunAsync(cancellation).ConfigureAwait(false);
                await using var release = running.ConfigureAwait(false);

                var history = await context.Adapter.ReadHistoryAsync(cancellation).ConfigureAwait(false);
                var plan = PlanOf(files, history);
                var marked = plan.Steps.Select(step => step.Migration).Where(migration => migration.Version <= version).ToList();
                await context.WriteAsync(history, plan.HistoryScript, [.. marked.Select(Mark)], plan.Warnings, cancellation).ConfigureAwait(false);
                return report with
                {
                    Marked = [.. marked.Select(migration => migration.Name)],
                    AlreadyApplied = plan.Entries.Count(entry => entry is { State: MigrationState.Applied, Migration: { } migration } && migration.Version <= version),
                    Warnings = plan.Warnings,
                };
            },
            () => report,
            () => Errors.Cancelled(default),
            cancellation);
    }

    // Marking what is out of order is what filling a gap in the history looks like; what stands in the way of a run does so here too.
    private MigrationPlan PlanOf(MigrationFolder files, MigrationHistory history)
    {
        var plan = MigrationPlan.Create(files, history, new PlanOptions(OutOfOrderPolicy.Allow, version));
        return plan.Errors.Count == 0 ? plan : throw new MigrationException(plan.Errors);
    }

    private HistoryChange Mark(Migration migration) =>
        HistoryChange.Add(HistoryRow.Of(migration, HistoryStatus.Baseline, context.Time.GetUtcNow()));
}

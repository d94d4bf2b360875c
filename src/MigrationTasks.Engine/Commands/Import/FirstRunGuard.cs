using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Commands.Import;

/// <summary>Keeps a first run from applying everything again to a database that another tool has migrated.</summary>
internal static class FirstRunGuard
{
    /// <summary>Looks for other tools' histories, where there is no history yet and something to apply.</summary>
    /// <param name="context">The database.</param>
    /// <param name="plan">What a run would do.</param>
    /// <param name="history">The history that the plan was made of.</param>
    /// <param name="options">What the plan is for.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The plan; with MIG3024 among its errors when another tool was there.</returns>
    public static async Task<MigrationPlan> CheckAsync(
        CommandContext context, MigrationPlan plan, MigrationHistory history, PlanOptions options, CancellationToken cancellation)
    {
        if (history.State != HistoryTableState.Absent || plan.Steps.Count == 0 || options.IgnoreForeignHistory || context.Adapter is not ITableCatalog catalog)
        {
            return plan;
        }

        var found = await ForeignHistories.FindInUseAsync(catalog, cancellation).ConfigureAwait(false);
        return found.Count == 0
            ? plan
            : plan with { Errors = [.. plan.Errors, Errors.OtherToolsDatabase(context.Adapter.Config.Target, [.. found.Select(history => history.ToString())])] };
    }
}

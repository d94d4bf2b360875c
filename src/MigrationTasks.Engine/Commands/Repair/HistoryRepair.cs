namespace MigrationTasks.Engine.Commands.Repair;

/// <summary>Repairs what stands in the way of a run in the history of one database: as much as is asked for, and nothing else.</summary>
/// <param name="context">The database and the folder.</param>
/// <param name="options">What is asked for.</param>
internal sealed class HistoryRepair(CommandContext context, RepairOptions options)
{
    /// <summary>Repairs, or lists what could be repaired.</summary>
    /// <param name="cancellation">Gives up; nothing is changed then.</param>
    public Task<RepairReport> RunAsync(CancellationToken cancellation) => context.RunAsync<RepairReport>(
        async report =>
        {
            var files = await context.OpenAsync(cancellation).ConfigureAwait(false);

            // Whoever marked a migration as running is at work, or is dead: under the lock that it would hold, the row tells which.
            var running = await context.Adapter.LockRunAsync(cancellation).ConfigureAwait(false);
            await using var release = running.ConfigureAwait(false);
            var history = await context.Adapter.ReadHistoryAsync(cancellation).ConfigureAwait(false);
            var plan = RepairPlan.Create(files, history, options);
            await context.WriteAsync(history, null, plan.Changes, [.. files.Warnings, .. history.Warnings], cancellation).ConfigureAwait(false);
            return report with { Done = plan.Asked, Possible = plan.Possible, Warnings = [.. files.Warnings, .. history.Warnings] };
        },
        cancellation);
}

using MigrationTasks.Engine.Commands.Import;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Commands.Status;

/// <summary>Reads where the migrations of one folder stand in one database.</summary>
internal sealed class StatusReader(CommandContext context, PlanOptions options)
{
    /// <summary>Reads where every migration stands; changes nothing.</summary>
    public Task<StatusReport> ReadAsync(CancellationToken cancellation) => context.RunAsync<StatusReport>(
        async report =>
        {
            var files = await context.OpenAsync(cancellation).ConfigureAwait(false);
            var history = await context.Adapter.ReadHistoryAsync(cancellation).ConfigureAwait(false);
            var plan = await FirstRunGuard.CheckAsync(context, MigrationPlan.Create(files, history, options), history, options, cancellation).ConfigureAwait(false);
            return report with
            {
                Entries = plan.Entries,
                Warnings = [.. plan.Warnings, .. plan.Errors.Select(error => error with { Severity = DiagnosticSeverity.Warning })],
            };
        },
        cancellation);
}

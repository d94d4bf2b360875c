using MigrationTasks.Engine.Reporting;

namespace MigrationTasks;

/// <summary>Shows where every migration of a project stands, and changes nothing: the task behind the target <c>MigrateStatus</c>.</summary>
public sealed class GetMigrationStatus : MigrationTask
{
    /// <inheritdoc/>
    private protected override async Task RunAsync(BuildLog log, CancellationToken cancellation)
    {
        var reports = await CreateWorkflow(log).GetStatusAsync(cancellation).ConfigureAwait(false);
        log.Write(reports.SelectMany(report => report.Warnings.Concat(report.Errors)));
        Finish(log, reports, StatusTable.Of(reports));
    }
}

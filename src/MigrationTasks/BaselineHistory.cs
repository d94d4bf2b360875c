using MigrationTasks.Engine.Reporting;

namespace MigrationTasks;

/// <summary>Marks migrations up to <see cref="MigrationTask.TargetVersion"/> as applied without running them: the task behind the target <c>MigrateBaseline</c>.</summary>
public sealed class BaselineHistory : MigrationTask
{
    /// <inheritdoc/>
    private protected override async Task RunAsync(BuildLog log, CancellationToken cancellation)
    {
        var reports = await CreateWorkflow(log).BaselineAsync(cancellation).ConfigureAwait(false);
        log.Write(reports.SelectMany(report => report.Warnings.Concat(report.Errors)));
        Finish(log, reports, BaselineSummary.Of(reports));
    }
}

using MigrationTasks.Engine.Reporting;

namespace MigrationTasks;

/// <summary>Shows where every migration of a project stands, and changes nothing: the task behind the target <c>MigrateStatus</c>.</summary>
public sealed class GetMigrationStatus : MigrationTask
{
    /// <summary>Where the result is written, as Markdown (<c>.md</c>) or JSON (<c>.json</c>); empty for nowhere.</summary>
    public string? ReportFile { get; set; }

    /// <inheritdoc/>
    private protected override async Task RunAsync(BuildLog log, CancellationToken cancellation)
    {
        var reportFile = Reporting.ReportFile.Create(ReportFile, ProjectDirectory);
        var reports = await CreateWorkflow(log).GetStatusAsync(cancellation).ConfigureAwait(false);
        log.Write(reports.SelectMany(report => report.Warnings.Concat(report.Errors)));
        log.WriteResult(StatusTable.Of(reports));
        reportFile?.Write(new ProjectReport(ProjectName, ProjectDirectory, reports));
    }
}

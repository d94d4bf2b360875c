using MigrationTasks.Engine.Reporting;

namespace MigrationTasks;

/// <summary>Undoes a project's newest migrations: the task behind the target <c>MigrateRollback</c>.</summary>
public sealed class RollbackMigrations : MigrationTask
{
    /// <summary>How many migrations to undo; empty for one, and for as many as <see cref="MigrationTask.TargetVersion"/> says.</summary>
    public string? Steps { get; set; }

    /// <summary>The fingerprint that confirms the rollbacks which only the history keeps; empty when nobody has read them.</summary>
    public string? Stored { get; set; }

    /// <summary>Where the result is written, as Markdown (<c>.md</c>) or JSON (<c>.json</c>); empty for nowhere.</summary>
    public string? ReportFile { get; set; }

    /// <inheritdoc/>
    private protected override async Task RunAsync(BuildLog log, CancellationToken cancellation)
    {
        var reportFile = Reporting.ReportFile.Create(ReportFile, ProjectDirectory);
        var options = TaskOptions.Rollback(Steps, TargetVersion, Stored);
        var reports = await CreateWorkflow(log).RollBackAsync(options, cancellation).ConfigureAwait(false);
        log.Write(reports.SelectMany(report => report.Errors));
        log.WriteResult(RunSummary.Of(reports));

        var report = new ProjectReport(ProjectName, ProjectDirectory, reports);
        Reporting.PipelineSummary.Publish(report, log);
        reportFile?.Write(report);
    }
}

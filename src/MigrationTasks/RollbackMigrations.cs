using MigrationTasks.Engine.Reporting;

namespace MigrationTasks;

/// <summary>Undoes a project's newest migrations: the task behind the target <c>MigrateRollback</c>.</summary>
public sealed class RollbackMigrations : MigrationTask
{
    /// <summary>How many migrations to undo; empty for one, and for as many as <see cref="MigrationTask.TargetVersion"/> says.</summary>
    public string? Steps { get; set; }

    /// <summary>The fingerprint that confirms the rollbacks which only the history keeps; empty when nobody has read them.</summary>
    public string? Stored { get; set; }

    /// <inheritdoc/>
    private protected override async Task RunAsync(BuildLog log, CancellationToken cancellation)
    {
        var options = TaskOptions.Rollback(Steps, TargetVersion, Stored);
        var reports = await CreateWorkflow(log).RollBackAsync(options, cancellation).ConfigureAwait(false);
        log.Write(reports.SelectMany(report => report.Errors));
        Finish(log, reports, RunSummary.Of(reports));
    }
}

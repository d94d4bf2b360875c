using MigrationTasks.Engine.Reporting;

namespace MigrationTasks;

/// <summary>Writes what a run would do as a script, or tries it in a transaction that is rolled back, and changes nothing in the database: the task behind the target <c>MigrateDryRun</c>.</summary>
public sealed class DryRunMigrations : MigrationTask
{
    /// <summary><c>Script</c> or <c>Rollback</c>: how to find out.</summary>
    public string? Mode { get; set; }

    /// <summary>The script's file; empty for one in <see cref="ScriptFolder"/> for each database.</summary>
    public string? ScriptFile { get; set; }

    /// <summary>The folder of scripts that are not named; empty for <c>obj</c>.</summary>
    public string? ScriptFolder { get; set; }

    /// <inheritdoc/>
    private protected override async Task RunAsync(BuildLog log, CancellationToken cancellation)
    {
        var reports = await CreateWorkflow(log).DryRunAsync(TaskOptions.Of(this, ProjectDirectory), cancellation).ConfigureAwait(false);
        log.Write(reports.SelectMany(report => report.Errors));
        Finish(log, reports, RunSummary.Of(reports));
    }
}

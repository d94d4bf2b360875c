using MigrationTasks.Engine.Reporting;

namespace MigrationTasks;

/// <summary>Takes over a database that another tool migrated: the task behind the target <c>MigrateImport</c>.</summary>
public sealed class ImportHistory : MigrationTask
{
    /// <summary>The tool, such as <c>flyway</c>; empty for the only one there is.</summary>
    public string? From { get; set; }

    /// <summary>The table of its history, as <c>table</c> or <c>schema.table</c>; empty for its usual one.</summary>
    public string? Table { get; set; }

    /// <summary>Whether to write migrations from the files of the other tool first: <c>true</c> or <c>false</c>.</summary>
    public string? WithFiles { get; set; }

    /// <summary>The folder of those files; empty for one of those where tools have them.</summary>
    public string? Folder { get; set; }

    /// <summary>Whether to tell what would be done, and to write nothing: <c>true</c> or <c>false</c>.</summary>
    public string? Preview { get; set; }

    /// <inheritdoc/>
    private protected override async Task RunAsync(BuildLog log, CancellationToken cancellation)
    {
        var reports = await CreateWorkflow(log).ImportAsync(TaskOptions.Of(this), cancellation).ConfigureAwait(false);
        log.Write(reports.SelectMany(report => report.Warnings.Concat(report.Errors)));
        Finish(log, reports, ImportSummary.Of(reports));
    }
}

using MigrationTasks.Engine.Reporting;

namespace MigrationTasks;

/// <summary>Repairs the history as far as it is asked to, or lists what could be repaired: the task behind the target <c>MigrateRepair</c>.</summary>
public sealed class RepairHistory : MigrationTask
{
    /// <summary>Whether migrations that were edited after they were applied are accepted as they are now: <c>true</c> or <c>false</c>.</summary>
    public string? Checksums { get; set; }

    /// <summary>Whether migrations whose files were renamed after they were applied are recorded under their new names: <c>true</c> or <c>false</c>.</summary>
    public string? Renamed { get; set; }

    /// <summary>Whether the rows of migrations that failed outside a transaction are removed: <c>true</c> or <c>false</c>.</summary>
    public string? Failed { get; set; }

    /// <summary>Whether migrations that failed outside a transaction are marked as applied: <c>true</c> or <c>false</c>.</summary>
    public string? Completed { get; set; }

    /// <summary>Whether the rows of migrations without a file are removed: <c>true</c> or <c>false</c>.</summary>
    public string? Missing { get; set; }

    /// <summary>Whether the rows of migrations are removed that had no statement when they were recorded and have some now: <c>true</c> or <c>false</c>.</summary>
    public string? Empty { get; set; }

    /// <summary>The versions or names of the only migrations to repair, separated by semicolons; empty for all.</summary>
    public string? Only { get; set; }

    /// <inheritdoc/>
    private protected override async Task RunAsync(BuildLog log, CancellationToken cancellation)
    {
        var reports = await CreateWorkflow(log).RepairAsync(TaskOptions.Of(this), cancellation).ConfigureAwait(false);
        log.Write(reports.SelectMany(report => report.Warnings.Concat(report.Errors)));
        Finish(log, reports, RepairSummary.Of(reports));
    }
}

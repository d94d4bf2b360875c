using MigrationTasks.Engine.Reporting;
using MigrationTasks.Engine.Validation;

namespace MigrationTasks;

/// <summary>Checks a project's migrations, with their database where its connection is set, and changes nothing: the task behind the target <c>MigrateValidate</c>.</summary>
public sealed class ValidateMigrations : MigrationTask
{
    /// <summary><c>Pending</c>, <c>All</c> or <c>Off</c>: which migrations lint looks at.</summary>
    public string? Lint { get; set; }

    /// <summary>Lint only what is newer than this version; empty for any.</summary>
    public string? LintAfter { get; set; }

    /// <summary>The schemas that everybody can reach, separated by <c>;</c> (Supabase); <c>public</c> when empty.</summary>
    public string? ExposedSchemas { get; set; }

    /// <inheritdoc/>
    private protected override async Task RunAsync(BuildLog log, CancellationToken cancellation)
    {
        // Neither logged, nor counted, nor written.
        var silenced = RaisedWarnings.Codes(SilencedWarnings);
        var found = await CreateWorkflow(log).ValidateAsync(TaskOptions.Of(this), cancellation).ConfigureAwait(false);
        List<ValidationReport> reports = [.. found.Select(report => report with { Warnings = [.. report.Warnings.Where(warning => !silenced.Contains(warning.Code))] })];
        log.Write(reports.SelectMany(report => report.Warnings.Concat(report.Errors)));
        Finish(log, reports, RunSummary.Of(reports));
    }
}

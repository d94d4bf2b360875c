using MigrationTasks.Engine.Commands.Validate;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Reporting;

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
        var found = await CreateWorkflow(log).ValidateAsync(TaskOptions.Of(this), cancellation).ConfigureAwait(false);
        var (silenced, isError) = (RaisedWarnings.Codes(SilencedWarnings), RaisedWarnings.Of(this));
        List<ValidationReport> reports = [.. found.Select(report => report with
        {
            // Neither logged, nor counted, nor written.
            Warnings = [.. report.Warnings.Where(warning => !silenced.Contains(warning.Code) && !isError(warning.Code))],
            // What fails the build is no migration that is valid.
            Errors = [.. report.Errors, .. report.Warnings.Where(warning => isError(warning.Code)).Select(warning => warning with { Severity = DiagnosticSeverity.Error })],
        })];
        log.Write(reports.SelectMany(report => report.Warnings.Concat(report.Errors)));
        Finish(log, reports, RunSummary.Of(reports));
    }
}

using MigrationTasks.Engine.Commands.Validate;
using MigrationTasks.Engine.Diagnostics;
using Task = System.Threading.Tasks.Task;

namespace MigrationTasks;

/// <summary>Checks a project's migrations, with their database where its connection is set, and changes nothing: the task behind the target <c>MigrateValidate</c>.</summary>
public sealed class ValidateMigrations() : MigrationTask("MigrateValidate")
{
    /// <inheritdoc/>
    private protected override async Task RunAsync(BuildLog log, CancellationToken cancellation)
    {
        var found = await CreateWorkflow(log).ValidateAsync(Given.Lint(), cancellation).ConfigureAwait(false);
        var (silenced, isError) = (RaisedWarnings.Silenced(Values), RaisedWarnings.Of(BuildEngine, Values));
        List<ValidationReport> reports = [.. found.Select(report => report with
        {
            // Neither logged, nor counted, nor written.
            Warnings = [.. report.Warnings.Where(warning => !silenced.Contains(warning.Code) && !isError(warning.Code))],
            // What fails the build is no migration that is valid.
            Errors = [.. report.Errors, .. report.Warnings.Where(warning => isError(warning.Code)).Select(warning => warning with { Severity = DiagnosticSeverity.Error })],
        })];
        Finish(log, reports, tellsWarnings: true);
    }
}

using Task = System.Threading.Tasks.Task;

namespace MigrationTasks;

/// <summary>Writes what a run would do as a script, or tries it in a transaction that is rolled back, and changes nothing in the database: the task behind the target <c>MigrateDryRun</c>.</summary>
public sealed class DryRunMigrations() : MigrationTask("MigrateDryRun")
{
    /// <inheritdoc/>
    private protected override async Task RunAsync(BuildLog log, CancellationToken cancellation) =>
        Finish(log, await CreateWorkflow(log).DryRunAsync(Given.DryRun(), cancellation).ConfigureAwait(false), tellsWarnings: false);
}

using Task = System.Threading.Tasks.Task;

namespace MigrationTasks;

/// <summary>Takes over a database that another tool migrated: the task behind the target <c>MigrateImport</c>.</summary>
public sealed class ImportHistory() : MigrationTask("MigrateImport")
{
    /// <inheritdoc/>
    private protected override async Task RunAsync(BuildLog log, CancellationToken cancellation) =>
        Finish(log, await CreateWorkflow(log).ImportAsync(Given.Import(), cancellation).ConfigureAwait(false), tellsWarnings: true);
}

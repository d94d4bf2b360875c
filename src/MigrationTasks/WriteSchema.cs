using Task = System.Threading.Tasks.Task;

namespace MigrationTasks;

/// <summary>Writes the schema that the migrations make into lock files: the task behind the target <c>MigrateSchema</c>.</summary>
public sealed class WriteSchema() : MigrationTask("MigrateSchema")
{
    /// <inheritdoc/>
    private protected override async Task RunAsync(BuildLog log, CancellationToken cancellation) =>
        Finish(log, Judged(await CreateWorkflow(log).WriteSchemaAsync(Given.Shadow(), cancellation).ConfigureAwait(false)), tellsWarnings: true);
}

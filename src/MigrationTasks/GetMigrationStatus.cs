using Task = System.Threading.Tasks.Task;

namespace MigrationTasks;

/// <summary>Shows where every migration of a project stands, and changes nothing: the task behind the target <c>MigrateStatus</c>.</summary>
public sealed class GetMigrationStatus() : MigrationTask("MigrateStatus")
{
    /// <inheritdoc/>
    private protected override async Task RunAsync(BuildLog log, CancellationToken cancellation) =>
        Finish(log, await CreateWorkflow(log).GetStatusAsync(cancellation).ConfigureAwait(false), tellsWarnings: true);
}

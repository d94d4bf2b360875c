using Task = System.Threading.Tasks.Task;

namespace MigrationTasks;

/// <summary>Undoes a project's newest migrations: the task behind the target <c>MigrateRollback</c>.</summary>
public sealed class RollbackMigrations() : MigrationTask("MigrateRollback")
{
    /// <inheritdoc/>
    private protected override async Task RunAsync(BuildLog log, CancellationToken cancellation)
    {
        var options = Given.Rollback();
        Finish(log, await CreateWorkflow(log).RollBackAsync(options, cancellation).ConfigureAwait(false), tellsWarnings: false);
    }
}

using Task = System.Threading.Tasks.Task;

namespace MigrationTasks;

/// <summary>Marks migrations up to <c>MigrateTargetVersion</c> as applied without running them: the task behind the target <c>MigrateBaseline</c>.</summary>
public sealed class BaselineHistory() : MigrationTask("MigrateBaseline")
{
    /// <inheritdoc/>
    private protected override async Task RunAsync(BuildLog log, CancellationToken cancellation) =>
        Finish(log, await CreateWorkflow(log).BaselineAsync(cancellation).ConfigureAwait(false), tellsWarnings: true);
}

using Task = System.Threading.Tasks.Task;

namespace MigrationTasks;

/// <summary>Repairs the history as far as it is asked to, or lists what could be repaired: the task behind the target <c>MigrateRepair</c>.</summary>
public sealed class RepairHistory() : MigrationTask("MigrateRepair")
{
    /// <inheritdoc/>
    private protected override async Task RunAsync(BuildLog log, CancellationToken cancellation) =>
        Finish(log, await CreateWorkflow(log).RepairAsync(Given.Repair(), cancellation).ConfigureAwait(false), tellsWarnings: true);
}

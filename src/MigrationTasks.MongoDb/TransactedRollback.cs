using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.MongoDb;

/// <summary>Undoes a migration and removes its history row in one transaction.</summary>
internal sealed class TransactedRollback(MongoDbRun run, RollbackScript script) : TransactedRun<RollbackScript>(run, script)
{
    protected override string Outcome => Consequence.NotUndone;

    protected override async Task<bool> ClaimAsync(CancellationToken cancellation) =>
        Script.IsNewestOf(await History.ReadAsync(cancellation).ConfigureAwait(false)) && await History.RemoveAsync(Script.Name, null, cancellation).ConfigureAwait(false);

    protected override Task RecordAsync(TimeSpan duration, CancellationToken cancellation) => Task.CompletedTask;

    protected override void TellDone(TimeSpan duration) => Run.Observer.RolledBack(Script, duration);
}

using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.MongoDb;

/// <summary>Applies a migration and its history row in one transaction.</summary>
internal sealed class TransactedMigration(MongoDbRun run, MigrationStep step) : TransactedRun<Migration>(run, step.Migration)
{
    protected override string Outcome => Consequence.RolledBack;

    protected override Task<bool> ClaimAsync(CancellationToken cancellation) => History.ClaimAsync(step, HistoryStatus.Applied, null, cancellation);

    protected override async Task RecordAsync(TimeSpan duration, CancellationToken cancellation)
    {
        if (!await History.FinishAsync(Script.Name, duration, cancellation).ConfigureAwait(false))
        {
            throw Errors.HistoryUnusable(Run.Config.History, $"{Script.Name} removes its own row, and nobody would know that it is applied. {Outcome} Take that out of the migration.");
        }
    }

    protected override void TellDone(TimeSpan duration) => Run.Observer.Applied(Script, duration);
}

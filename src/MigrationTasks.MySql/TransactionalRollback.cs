using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Planning;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>Undoes a migration and removes its history row in one transaction.</summary>
internal sealed class TransactionalRollback(WorkSession session, RollbackScript script) : TransactionalRun<RollbackScript>(session, script)
{
    protected override string Outcome => Consequence.NotUndone;

    // The row says so until the end, whatever ends the transaction before.
    protected override IEnumerable<string> Record => [Session.History.Delete(Script.Name)];

    protected override Task<bool> ClaimAsync(CommandBatch batch, CancellationToken cancellation) => RollbackClaim.TakeAsync(Session, Script, cancellation);

    protected override Task<ApplyOutcome?> ExplainAsync(CommandFailure failure, CancellationToken cancellation) => failure.Refusal.ErrorCode == MySqlErrorCode.LockWaitTimeout
        ? throw Errors.LockTimeout(Session.Config.Target, Session.Config.Settings.LockTimeout)
        : Task.FromResult<ApplyOutcome?>(null);
}

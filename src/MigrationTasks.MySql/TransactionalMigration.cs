using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>
/// Applies a migration and its history row in one transaction. Until the end the row says <c>running</c>: should the transaction
/// be ended by something that cannot be seen from outside, such as a trigger, then nobody takes the migration for applied.
/// </summary>
internal sealed class TransactionalMigration(WorkSession session, MigrationStep step) : TransactionalRun<Migration>(session, step.Migration)
{
    protected override string Outcome => Consequence.RolledBack;

    protected override IEnumerable<string> Record => [Session.History.RecordApplied(Script.Name, Script)];

    protected override async Task<bool> ClaimAsync(CommandBatch batch, CancellationToken cancellation)
    {
        if (step.Before is not { } before)
        {
            batch.Add(OriginOf(CommandPurpose.Claim), SessionState.ForClaim(Session.Config), "START TRANSACTION", Session.History.Claim(Script, HistoryStatus.Running));
            return true;
        }

        if (await ClaimByUpdate.RunAsync(Session, step, Session.History.Reclaim(Script, HistoryStatus.Running, before), cancellation).ConfigureAwait(false))
        {
            Session.Start(Script);
            return true;
        }

        await LostClaim.ExplainAsync(Session, step, null, cancellation).ConfigureAwait(false);
        return false;
    }

    protected override async Task<ApplyOutcome?> ExplainAsync(CommandFailure failure, CancellationToken cancellation)
    {
        if (failure.Refusal.ErrorCode == MySqlErrorCode.LockWaitTimeout)
        {
            throw Errors.LockTimeout(Session.Config.Target, Session.Config.Settings.LockTimeout);
        }

        return LostClaim.Is(failure) ? await LostClaim.ExplainAsync(Session, step, failure.Refusal, cancellation).ConfigureAwait(false) : null;
    }
}

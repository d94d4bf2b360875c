using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Planning;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>Undoes one migration whose rollback runs outside a transaction. Its row says <c>undoing</c> before the first statement, and goes after the last.</summary>
internal sealed class JournalledRollback(WorkSession session, RollbackScript script) : JournalledRun<RollbackScript>(session, script)
{
    protected override string RecordDone => Session.History.Delete(Script.Name);

    protected override async Task<ApplyOutcome?> ClaimAsync(CommandBatch batch, CancellationToken cancellation)
    {
        var isClaimed = await RollbackClaim.TakeAsync(Session, Script, cancellation).ConfigureAwait(false);
        await Session.EndClaimAsync(isClaimed, cancellation).ConfigureAwait(false);
        return isClaimed ? null : ApplyOutcome.Superseded;
    }

    protected override Task<ApplyOutcome?> ExplainAsync(CommandFailure failure, CancellationToken cancellation) =>
        failure.Refusal.ErrorCode == MySqlErrorCode.LockWaitTimeout
            ? throw Errors.LockTimeout(Session.Config.Target, Session.Config.Settings.LockTimeout)
            : Task.FromResult<ApplyOutcome?>(null);

    protected override string RecordProgress(int done, string checksum) => Session.History.RecordUndoing(Script.Name, done);

    protected override string? RecordFailed(int done) => done > 0 ? Session.History.RecordUndoFailed(Script.Name) : Session.History.EndUndoing(Script);

    protected override string ConsequenceOf(int done) => Consequence.OfRollback(done);
}

using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>Applies one migration that runs outside a transaction, or the rest of one. Its row says <c>running</c> before the first statement.</summary>
internal sealed class JournalledMigration(WorkSession session, MigrationStep step) : JournalledRun<Migration>(session, step.Migration)
{
    private string RowName => step.Resume?.Row.Name ?? step.Migration.Name;

    protected override ResumePoint? Resume => step.Resume;

    protected override string RecordDone => Session.History.RecordApplied(RowName, Script);

    protected override async Task<ApplyOutcome?> ClaimAsync(CommandBatch batch, CancellationToken cancellation)
    {
        var update = step switch
        {
            { Resume: { } resume } => Session.History.Resume(Script, resume.Row),
            { Before: { } before } => Session.History.Reclaim(Script, HistoryStatus.Running, before),
            _ => null,
        };
        if (update is null)
        {
            batch.Add(new CommandOrigin(Script, CommandPurpose.Claim), [SessionState.ForClaim(Session.Config), .. Session.Lease.InTransaction(Session.History.Claim(Script, HistoryStatus.Running))]);
            return null;
        }

        var isClaimed = await ClaimByUpdate.RunAsync(Session, step, update, cancellation).ConfigureAwait(false);
        await Session.EndClaimAsync(isClaimed, cancellation).ConfigureAwait(false);
        if (!isClaimed)
        {
            return await LostClaim.ExplainAsync(Session, step, null, cancellation).ConfigureAwait(false);
        }

        Session.Start(Script);
        return null;
    }

    protected override async Task<ApplyOutcome?> ExplainAsync(CommandFailure failure, CancellationToken cancellation)
    {
        if (failure.Refusal.ErrorCode == MySqlErrorCode.LockWaitTimeout)
        {
            throw Errors.LockTimeout(Session.Config.Target, Session.Config.Settings.LockTimeout);
        }

        return LostClaim.Is(failure) ? await LostClaim.ExplainAsync(Session, step, failure.Refusal, cancellation).ConfigureAwait(false) : null;
    }

    protected override string RecordProgress(int done, string checksum) => Session.History.RecordProgress(RowName, done, checksum);

    protected override string? RecordFailed(int done) => Session.History.RecordFailed(RowName);

    protected override string ConsequenceOf(int done) => Consequence.OfMigration(done);
}

using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>
/// Runs one script outside a transaction. Its row says so before the first statement and counts those that stand, so that a later
/// run can go on behind them. Each statement travels with its entry: where the two can share a transaction, neither stands
/// without the other.
/// </summary>
internal abstract class JournalledRun<TScript>(WorkSession session, TScript script)
    where TScript : MigrationScript
{
    private readonly LockRetries _retries = new(session);

    protected WorkSession Session { get; } = session;

    protected TScript Script { get; } = script;

    /// <summary>Where the script goes on, when an earlier run began it.</summary>
    protected virtual ResumePoint? Resume => null;

    public async Task<ApplyOutcome> RunAsync(CancellationToken cancellation)
    {
        var statements = new JournalledStatements(Session, Script, RecordProgress, Resume);
        while (true)
        {
            try
            {
                return await TryAsync(statements, cancellation).ConfigureAwait(false);
            }
            catch (Exception exception) when (exception is not MigrationException && Session.Lease.IsLost(exception))
            {
                // The row is another run's by now.
                throw Session.LeaseLost(ConsequenceOf(statements.Standing));
            }
            catch (CommandFailure failure) when (ServerErrors.MayPass(failure.Refusal) && statements.CanGoOnAfter(failure))
            {
                await WaitAsync(statements, failure, cancellation).ConfigureAwait(false);
            }
            catch (CommandFailure failure) when (failure is { Origin.Purpose: CommandPurpose.Record, Refusal.ErrorCode: MySqlErrorCode.NoSuchTable })
            {
                throw Errors.HistoryUnusable(Session.History.Name.ToString(), $"{Script.Name} removed it, so it is not known any more what is applied. Take that out of it, and restore the table from a backup; or mark what is applied with -t:MigrateBaseline.", failure.Refusal);
            }
            catch (CommandFailure failure)
            {
                await EndAsync(statements).ConfigureAwait(false);
                throw StatementErrors.Translate(failure.Refusal, failure.Origin, Session.Config, ConsequenceOf(statements.Standing));
            }
            catch (Exception exception) when (!ServerErrors.IsConnectionLoss(exception))
            {
                await EndAsync(statements).ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>Makes the work this runner's, by commands that begin a batch or ahead of it, and tells that it starts.</summary>
    /// <returns><see cref="ApplyOutcome.Superseded"/> when another runner was faster, as far as that is known already; else <see langword="null"/>.</returns>
    protected abstract Task<ApplyOutcome?> ClaimAsync(CommandBatch batch, CancellationToken cancellation);

    /// <summary>How the run ends when the claim was refused, or <see langword="null"/> for an error like any other.</summary>
    protected abstract Task<ApplyOutcome?> ExplainAsync(CommandFailure failure, CancellationToken cancellation);

    /// <summary>Records that so many statements stand; the checksum is that of their tokens.</summary>
    protected abstract string RecordProgress(int done, string checksum);

    /// <summary>Records that all statements stand.</summary>
    protected abstract string RecordDone { get; }

    /// <summary>Records that the script stopped after so many statements; <see langword="null"/> when there is nothing to record.</summary>
    protected abstract string? RecordFailed(int done);

    /// <summary>Says what was applied after so many statements, and what to do then.</summary>
    protected abstract string ConsequenceOf(int done);

    private bool IsClaimed => Session.Progress.Current == Script;

    private async Task<ApplyOutcome> TryAsync(JournalledStatements statements, CancellationToken cancellation)
    {
        var batch = statements.CreateBatch();
        try
        {
            if (!IsClaimed)
            {
                await Session.BeginAsync(Session.History.RunLockName, cancellation).ConfigureAwait(false);
                if (await ClaimAsync(batch, cancellation).ConfigureAwait(false) is { } lost)
                {
                    return lost;
                }
            }

            await statements.RunAsync(batch, ["UNLOCK TABLES", SessionState.ForRecord, .. Session.Lease.InTransaction(RecordDone)], cancellation).ConfigureAwait(false);
            Session.Complete(statements.LeaveNothing);
            return ApplyOutcome.Completed;
        }
        catch (CommandFailure failure) when (failure.Origin.Purpose == CommandPurpose.Claim)
        {
            if (await ExplainAsync(failure, cancellation).ConfigureAwait(false) is { } outcome)
            {
                return outcome;
            }

            throw;
        }
    }

    private async Task WaitAsync(JournalledStatements statements, CommandFailure failure, CancellationToken cancellation)
    {
        try
        {
            await Session.RollBackAsync(cancellation).ConfigureAwait(false);
            await _retries.WaitAsync(failure, ConsequenceOf(statements.Standing), cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (!ServerErrors.IsConnectionLoss(exception))
        {
            await EndAsync(statements).ConfigureAwait(false);
            throw;
        }
    }

    // Must be recorded even when the user cancels: the next run relies on it. Where it is not known whether a statement stands, the
    // row goes on saying that it runs, and the next run finds that nobody does.
    private async Task EndAsync(JournalledStatements statements)
    {
        try
        {
            await Session.RollBackAsync(CancellationToken.None).ConfigureAwait(false);
            if (IsClaimed)
            {
                string?[] entries = [statements.MissingEntry, statements.IsUncertain ? null : RecordFailed(statements.Standing)];
                IEnumerable<string> commands = ["UNLOCK TABLES", SessionState.ForRecord, .. Session.Lease.InTransaction(entries.OfType<string>())];
                await MySqlRows.ExecuteAsync(Session.Connection, string.Join("; ", commands), CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is MySqlException or IOException or InvalidOperationException)
        {
            // Without a connection, or on a full disk, it is the same.
        }
    }
}

using MigrationTasks.Engine.Adapters;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Runner;
using MySqlConnector;

namespace MigrationTasks.Adapters.MySql;

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
        var isClaimed = false;
        while (true)
        {
            try
            {
                if (!isClaimed)
                {
                    await Session.BeginAsync(Session.History.RunLockName, cancellation).ConfigureAwait(false);
                    if (await ClaimAsync(cancellation).ConfigureAwait(false) is { } outcome)
                    {
                        return outcome;
                    }

                    isClaimed = true;
                    _retries.Begin();
                }

                await statements.RunAsync(["UNLOCK TABLES", WorkSession.ForRecord, RecordDone], cancellation).ConfigureAwait(false);
                Session.Complete();
                return ApplyOutcome.Completed;
            }
            catch (CommandFailure failure) when (ServerErrors.MayPass(failure.Refusal) && statements.CanGoOnAfter(failure))
            {
                await Session.RollBackAsync(cancellation).ConfigureAwait(false);
                await _retries.WaitAsync(failure, Standing(statements.Standing), cancellation).ConfigureAwait(false);
            }
            catch (CommandFailure failure) when (failure is { Origin.Purpose: CommandPurpose.Record, Refusal.ErrorCode: MySqlErrorCode.NoSuchTable })
            {
                throw Errors.HistoryUnusable(Session.History.Name.ToString(), $"{Script.Name} removed it, and nobody knows any more what is applied. Take that out of it, and restore the table from a backup; or mark what is applied with -t:MigrateBaseline.", failure.Refusal);
            }
            catch (CommandFailure failure)
            {
                await EndAsync(statements, isClaimed).ConfigureAwait(false);
                throw StatementErrors.Translate(failure.Refusal, failure.Origin, Session.Config, Standing(statements.Standing));
            }
            catch (Exception exception) when (!ServerErrors.IsConnectionLoss(exception))
            {
                await EndAsync(statements, isClaimed).ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>Makes the work this runner's, and tells that it starts.</summary>
    /// <returns><see cref="ApplyOutcome.Superseded"/> when another runner was faster; else <see langword="null"/>.</returns>
    protected abstract Task<ApplyOutcome?> ClaimAsync(CancellationToken cancellation);

    /// <summary>Records that so many statements stand; the checksum is that of their tokens.</summary>
    protected abstract string RecordProgress(int done, string checksum);

    /// <summary>Records that all statements stand.</summary>
    protected abstract string RecordDone { get; }

    /// <summary>Records that the script stopped after so many statements; <see langword="null"/> when there is nothing to record.</summary>
    protected abstract string? RecordFailed(int done);

    /// <summary>Says what stands after so many statements.</summary>
    protected abstract string Standing(int done);

    // Must be recorded even when the user cancels: the next run relies on it. Where it is not known whether a statement stands, the
    // row goes on saying that it runs, and the next run finds that nobody does.
    private async Task EndAsync(JournalledStatements statements, bool isClaimed)
    {
        try
        {
            await Session.RollBackAsync(CancellationToken.None).ConfigureAwait(false);
            if (isClaimed)
            {
                string?[] entries = ["UNLOCK TABLES", WorkSession.ForRecord, statements.MissingEntry, statements.IsUncertain ? null : RecordFailed(statements.Standing)];
                await MySqlRows.ExecuteAsync(Session.Connection, string.Join("; ", entries.OfType<string>()), CancellationToken.None).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is MySqlException or IOException or InvalidOperationException)
        {
            // Without a connection, or on a full disk, it is the same.
        }
    }
}

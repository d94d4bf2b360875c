using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Migrations;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>
/// Runs one script and changes the history in one transaction. All of it travels together, in as many pieces as its length asks
/// for.
/// </summary>
internal abstract class TransactionalRun<TScript>(WorkSession session, TScript script)
    where TScript : MigrationScript
{
    private const int LongestPiece = 256 * 1024;

    // To a server that is not told to keep the tables of a transaction, they are gone with it.
    private const int NotRolledBack = 1196;

    private readonly LockRetries _retries = new(session);

    protected WorkSession Session { get; } = session;

    protected TScript Script { get; } = script;

    /// <summary>What becomes of a script that fails.</summary>
    protected abstract string Outcome { get; }

    public async Task<ApplyOutcome> RunAsync(CancellationToken cancellation)
    {
        while (true)
        {
            await Session.BeginAsync(Session.History.LockName, cancellation).ConfigureAwait(false);
            try
            {
                return await TryAsync(cancellation).ConfigureAwait(false);
            }
            catch (Exception exception) when (Session.Lease.IsLost(exception))
            {
                var consequence = await RollBackAsync().ConfigureAwait(false);
                throw Session.LeaseLost(Session.Lease.IsRefused(exception) ? consequence : "Its transaction was rolled back, unless it was just being committed: -t:MigrateStatus tells.");
            }
            catch (CommandFailure failure)
            {
                var consequence = await RollBackAsync().ConfigureAwait(false);
                if (failure.Origin.Purpose == CommandPurpose.Claim)
                {
                    if (await ExplainAsync(failure, cancellation).ConfigureAwait(false) is { } outcome)
                    {
                        return outcome;
                    }
                }

                if (!ServerErrors.MayPass(failure.Refusal))
                {
                    throw StatementErrors.Translate(failure.Refusal, failure.Origin, Session.Config, consequence);
                }

                await _retries.WaitAsync(failure, consequence, cancellation).ConfigureAwait(false);
            }
            catch (Exception exception) when (!ServerErrors.IsConnectionLoss(exception))
            {
                await RollBackAsync().ConfigureAwait(false);
                throw;
            }
        }
    }

    /// <summary>Makes the work this runner's, by commands that begin a batch or ahead of it; the transaction is open afterwards.</summary>
    /// <returns>Whether it is: not when another runner was faster, as far as that is known already.</returns>
    protected abstract Task<bool> ClaimAsync(CommandBatch batch, CancellationToken cancellation);

    /// <summary>How the run ends when the claim was refused, or <see langword="null"/> for an error like any other.</summary>
    protected abstract Task<ApplyOutcome?> ExplainAsync(CommandFailure failure, CancellationToken cancellation);

    /// <summary>What is written down after the last statement.</summary>
    protected abstract IEnumerable<string> Record { get; }

    protected CommandOrigin OriginOf(CommandPurpose purpose) => new(Script, purpose);

    private async Task<ApplyOutcome> TryAsync(CancellationToken cancellation)
    {
        var batch = Session.CreateBatch();
        if (!await ClaimAsync(batch, cancellation).ConfigureAwait(false))
        {
            await RollBackAsync().ConfigureAwait(false);
            return ApplyOutcome.Superseded;
        }

        batch.Add(OriginOf(CommandPurpose.Record), SessionState.ForStatements(Script, Session.Config));
        var leavesNothing = true;
        foreach (var statement in Script.ReadStatements())
        {
            leavesNothing &= StatementText.LeavesNothing(statement);
            batch.Add(new CommandOrigin(Script, CommandPurpose.Statement, statement), statement);
            if (batch.Length > LongestPiece)
            {
                await batch.RunAsync(cancellation).ConfigureAwait(false);
                batch = Session.CreateBatch();
            }
        }

        batch.Add(OriginOf(CommandPurpose.Record), [SessionState.ForRecord, .. Record, .. Session.Lease.Fence]);
        batch.Add(OriginOf(CommandPurpose.Commit), SessionState.Commit);
        await batch.RunAsync(cancellation).ConfigureAwait(false);
        Session.Complete(leavesNothing);
        return ApplyOutcome.Completed;
    }

    // A procedure or a trigger may have ended the transaction, and some tables know none.
    private async Task<string> RollBackAsync()
    {
        try
        {
            await Session.RollBackAsync(CancellationToken.None).ConfigureAwait(false);
            var (_, warnings) = await MySqlRows.ReadAsync(Session.Connection, "SHOW WARNINGS", CancellationToken.None).ConfigureAwait(false);
            return warnings.Any(warning => Convert.ToInt32(warning[1], System.Globalization.CultureInfo.InvariantCulture) == NotRolledBack)
                ? $"{Outcome} But some of its tables know no transactions (their engine is not InnoDB): what it did to those stays, and would be done again."
                : Outcome;
        }
        catch (Exception exception) when (ServerErrors.IsConnectionLoss(exception) || exception is MySqlException)
        {
            // A broken connection has rolled back by itself, and what broke it is reported.
            return Outcome;
        }
    }
}

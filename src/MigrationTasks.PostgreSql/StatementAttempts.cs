using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// Tries the statements of a script outside a transaction, again and again where somebody else stood in the way, and turns
/// their failures into errors at their lines.
/// </summary>
/// <param name="session">The session.</param>
/// <param name="frame">How a statement is run.</param>
/// <param name="leftovers">What an attempt may leave.</param>
/// <param name="script">The script.</param>
/// <param name="standing">Says what of the script stands.</param>
internal sealed class StatementAttempts(WorkSession session, StatementFrame frame, IndexLeftovers leftovers, MigrationScript script, Func<string> standing)
{
    private ScriptStatement? _alone;

    /// <summary>Runs a statement and its entry in one transaction. Rows that follow it are read once, so that it is not tried again.</summary>
    /// <returns>Whether that is possible: not when the server refuses the statement in a transaction.</returns>
    public async Task<bool> TryTogetherAsync(ScriptStatement statement, HistoryCommand entry, CancellationToken cancellation)
    {
        while (true)
        {
            try
            {
                await frame.RunTogetherAsync(statement, entry, cancellation).ConfigureAwait(false);
                return true;
            }
            catch (CommandFailure failure) when (!failure.IsRunLock && statement.Rows is null && LockRetries.MayHelp(failure.Refusal))
            {
                await session.RollBackAsync(cancellation).ConfigureAwait(false);
                await session.Retries.WaitAsync(failure.Refusal, failure.Origin, standing(), cancellation).ConfigureAwait(false);
            }
            catch (CommandFailure failure) when (failure.NeedsNoTransaction)
            {
                await session.RollBackAsync(cancellation).ConfigureAwait(false);
                return false;
            }
        }
    }

    /// <summary>Runs a statement alone.</summary>
    /// <exception cref="MigrationException">MIG4016 when an index that it should have built is there already, and invalid.</exception>
    public async Task RunAloneAsync(ScriptStatement statement, CancellationToken cancellation)
    {
        _alone = statement;
        while (true)
        {
            try
            {
                await frame.RunAloneAsync(statement, cancellation).ConfigureAwait(false);
                break;
            }
            catch (PostgresException refusal) when (statement.Kind == StatementKind.NeedsNoTransaction && LockRetries.MayHelp(refusal))
            {
                await session.Retries.WaitAsync(refusal, OriginOf(statement), standing(), cancellation).ConfigureAwait(false);
                await leftovers.ClearAsync(statement, cancellation).ConfigureAwait(false);
            }
            catch (PostgresException refusal) when (refusal.SqlState == PostgresErrorCodes.DuplicateTable)
            {
                await RefuseKeptAsync(statement, isRefused: true, cancellation).ConfigureAwait(false);
                throw;
            }
        }

        await RefuseKeptAsync(statement, isRefused: false, cancellation).ConfigureAwait(false);
    }

    /// <summary>Turns the refusal of a statement, or of what belongs to it, into an error.</summary>
    public async Task GuardAsync(ScriptStatement statement, Func<Task> run)
    {
        try
        {
            await run().ConfigureAwait(false);
        }
        catch (CommandFailure failure) when (failure.IsRunLock)
        {
            throw Errors.LockTimeout(session.Config.Target, session.Config.Settings.LockTimeout);
        }
        catch (CommandFailure failure)
        {
            throw await TranslateAsync(failure.Refusal, failure.Origin).ConfigureAwait(false);
        }
        catch (PostgresException refusal) when (!ServerErrors.IsConnectionLoss(refusal))
        {
            throw await TranslateAsync(refusal, OriginOf(statement)).ConfigureAwait(false);
        }
        catch (NpgsqlException exception) when (exception.InnerException is TimeoutException)
        {
            throw Errors.CommandTimeout(LocationOf(statement), session.Config.Settings.CommandTimeout, StandingAfter(statement), exception);
        }
    }

    private async Task RefuseKeptAsync(ScriptStatement statement, bool isRefused, CancellationToken cancellation)
    {
        if (await leftovers.FindKeptAsync(statement, isRefused, cancellation).ConfigureAwait(false) is { } kept)
        {
            throw Errors.InvalidIndexKept(LocationOf(statement), kept, standing());
        }
    }

    private async Task<MigrationException> TranslateAsync(PostgresException refusal, CommandOrigin origin) => refusal.SqlState == PostgresErrorCodes.LockNotAvailable
        ? session.Retries.GiveUp(refusal, origin, StandingAfter(origin.Statement))
        : StatementErrors.Translate(refusal, origin, session.Config, StandingAfter(origin.Statement), await StoppedStatement.IsOverTimeAsync(session, refusal).ConfigureAwait(false));

    // A procedure or a block that commits by itself is no whole.
    private string StandingAfter(ScriptStatement? failed) => failed is { Kind: StatementKind.Ordinary, CanShareTransaction: false } && failed == _alone
        ? $"{standing()} What {failed.Summary} itself had committed by then stays too, and would be done twice."
        : standing();

    private CommandOrigin OriginOf(ScriptStatement statement) => new(script, CommandPurpose.Statement, statement);

    private SourceLocation LocationOf(ScriptStatement statement) => script.Locate(statement.LocationOf(script.Location.File, 1));
}

using System.Diagnostics;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// Runs one script outside a transaction, statement by statement. Its row says so before the first statement and counts the
/// statements that stand, so that a later run can go on behind them.
/// </summary>
internal abstract class SequentialRun<TScript>(WorkSession session)
    where TScript : MigrationScript
{
    private long _startedAt;

    protected WorkSession Session { get; } = session;

    protected PostgreSqlHistory History => Session.History;

    /// <summary>How long the script has been running.</summary>
    protected TimeSpan Elapsed => Stopwatch.GetElapsedTime(_startedAt);

    /// <summary>Where the script goes on, when an earlier run began it.</summary>
    protected virtual ResumePoint? Resume => null;

    public async Task<ApplyOutcome> RunAsync(TScript script, CancellationToken cancellation)
    {
        var frame = new StatementFrame(Session, script);
        if (await ClaimAsync(frame, script, cancellation).ConfigureAwait(false) is { } lost)
        {
            return lost;
        }

        _startedAt = Stopwatch.GetTimestamp();
        var statements = new SequentialStatements(Session, frame, script, (done, checksum) => RecordProgress(script, done, checksum), ConsequenceOf);
        try
        {
            await statements.RunAsync(Resume, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (!ServerErrors.IsConnectionLoss(exception))
        {
            await EndAsync(frame, script, statements).ConfigureAwait(false);
            throw;
        }

        await Session.RunMutedAsync(SessionState.Reset, cancellation).ConfigureAwait(false);
        var done = await WithToolHistoryAsync(frame, script, cancellation).ConfigureAwait(false);
        await frame.ExecuteAsync(done.Sql, cancellation, done.Parameters).ConfigureAwait(false);
        Session.Progress.Complete();
        return ApplyOutcome.Completed;
    }

    /// <summary>Makes the work this runner's: it changes one row, or none when another runner was faster.</summary>
    protected abstract HistoryCommand Claim(TScript script);

    /// <summary>How the run ends when the history refused the claim, or <see langword="null"/> for an error like any other.</summary>
    protected virtual Task<ApplyOutcome?> ExplainAsync(TScript script, PostgresException exception, CancellationToken cancellation) => Task.FromResult<ApplyOutcome?>(null);

    /// <summary>Records that so many statements stand; the checksum is that of their tokens.</summary>
    protected abstract HistoryCommand RecordProgress(TScript script, int done, string checksum);

    /// <summary>Records that all statements stand.</summary>
    protected abstract HistoryCommand RecordDone(TScript script);

    /// <summary>What that means for the history of the Supabase CLI.</summary>
    protected abstract HistoryCommand? Follow(TScript script);

    /// <summary>Records that the script stopped after so many statements; <see langword="null"/> when there is nothing to record.</summary>
    protected abstract HistoryCommand? RecordFailed(TScript script, int done);

    /// <summary>Says what stands after so many statements.</summary>
    protected abstract string ConsequenceOf(int done);

    private async Task<HistoryCommand> WithToolHistoryAsync(StatementFrame frame, TScript script, CancellationToken cancellation)
    {
        if (!Session.Config.Settings.KeepsToolHistory || Follow(script) is not { } command)
        {
            return RecordDone(script);
        }

        await frame.ExecuteAsync(SupabaseHistory.Ensure, cancellation).ConfigureAwait(false);
        return SupabaseHistory.Together(RecordDone(script), command);
    }

    private async Task<ApplyOutcome?> ClaimAsync(StatementFrame frame, TScript script, CancellationToken cancellation)
    {
        try
        {
            if (await frame.ClaimAsync(Claim(script), cancellation).ConfigureAwait(false))
            {
                return null;
            }

            Session.Progress.FailedIn(script);
            return ApplyOutcome.Superseded;
        }
        catch (CommandFailure failure)
        {
            Session.Progress.FailedIn(script);
            await Session.RollBackAsync(cancellation).ConfigureAwait(false);
            if (failure.IsRunLock)
            {
                throw await RunLock.TimeoutAsync(Session.Connection, History.LockKey, Session.Config, cancellation).ConfigureAwait(false);
            }

            return await ExplainAsync(script, failure.Refusal, cancellation).ConfigureAwait(false) ?? throw StatementErrors.Translate(failure.Refusal, failure.Origin, Session.Config, "");
        }
    }

    // Must be recorded even when the user cancels: the next run relies on it. Where it is not known whether a statement stands, the
    // row goes on saying that it runs, and the next run finds that nobody does.
    private async Task EndAsync(StatementFrame frame, TScript script, SequentialStatements statements)
    {
        Session.Progress.FailedIn(script);
        try
        {
            await Session.RunMutedAsync(["ROLLBACK", .. SessionState.Reset], CancellationToken.None).ConfigureAwait(false);
            if (!statements.IsUncertain && RecordFailed(script, statements.Done) is { } record)
            {
                await frame.ExecuteAsync(record.Sql, CancellationToken.None, record.Parameters).ConfigureAwait(false);
            }
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or InvalidOperationException)
        {
            // Without a connection, or on a full disk, it is the same.
        }
    }
}

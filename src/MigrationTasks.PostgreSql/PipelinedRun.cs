using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Migrations;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// Runs scripts in transactions: all of them travel in one stream of commands, each between its own BEGIN and COMMIT, so that a
/// run costs a few round trips however many there are. Nothing depends on the session: a pooler may give each batch another one.
/// </summary>
internal abstract class PipelinedRun<TScript>(WorkSession session)
    where TScript : MigrationScript
{
    protected WorkSession Session { get; } = session;

    protected PostgreSqlHistory History => Session.History;

    /// <summary>What creates the history table first, where there is none.</summary>
    public HistorySetup? Setup { get; init; }

    /// <summary>How the transaction begins of a script that does not say it itself.</summary>
    protected abstract string Begin { get; }

    /// <summary>What became of a script that failed.</summary>
    protected abstract string Outcome { get; }

    /// <param name="scripts">What to run, in order.</param>
    /// <param name="cancellation">Stops the running statement on the server and rolls back.</param>
    public async Task<ApplyOutcome> RunAsync(IReadOnlyList<TScript> scripts, CancellationToken cancellation)
    {
        var start = 0;
        MigrationScript? tried = null;
        var setup = Setup;
        while (true)
        {
            var batch = Session.CreateBatch();
            await using var disposal = batch.ConfigureAwait(false);
            try
            {
                setup?.AddTo(batch, scripts[start]);
                for (var i = start; i < scripts.Count; i++)
                {
                    await AddAsync(batch, scripts[i], isFirst: i == start || batch.IsEmpty, flushesLater: i < scripts.Count - 1, cancellation).ConfigureAwait(false);
                }

                await batch.FlushAsync(cancellation).ConfigureAwait(false);
                Session.Progress.Complete();
                return ApplyOutcome.Completed;
            }
            catch (PostgresException exception) when (!ServerErrors.IsConnectionLoss(exception) && batch.OriginOf(exception) is { } origin)
            {
                await RollBackAsync(origin.Script, cancellation).ConfigureAwait(false);
                if (origin.Purpose == CommandPurpose.Setup)
                {
                    await setup!.RunAsync(null, cancellation).ConfigureAwait(false);
                    setup = null;
                    continue;
                }

                setup = null;
                if (origin.Purpose == CommandPurpose.Lock || !LockRetries.MayHelp(exception))
                {
                    return await StopAsync(exception, origin, cancellation).ConfigureAwait(false);
                }

                if (tried != origin.Script)
                {
                    tried = origin.Script;
                    Session.Retries.Begin(Session.Progress.LastStartedAt);
                }

                // What came before it is committed.
                await Session.Retries.WaitAsync(exception, origin, Outcome, cancellation).ConfigureAwait(false);
                start = scripts.Index().First(script => script.Item == origin.Script).Index;
            }
        }
    }

    /// <summary>Adds what makes the work this runner's: it fails when another runner was faster.</summary>
    protected abstract void AddClaim(PostgreSqlBatch batch, CommandOrigin origin, TScript script);

    /// <summary>Adds what the history needs after the script's statements.</summary>
    protected abstract void AddRecord(PostgreSqlBatch batch, CommandOrigin origin, TScript script);

    /// <summary>How the run ends when the history refused a command, or <see langword="null"/> for an error like any other.</summary>
    protected abstract Task<ApplyOutcome?> ExplainAsync(PostgresException exception, CommandOrigin origin, CancellationToken cancellation);

    /// <summary>Adds the same for the history of the Supabase CLI, where that is kept up.</summary>
    protected void Follow(PostgreSqlBatch batch, CommandOrigin origin, Func<HistoryCommand?> change)
    {
        if (Session.Config.Settings.KeepsToolHistory && change() is { } command)
        {
            batch.Add(origin with { Purpose = CommandPurpose.Frame }, SupabaseHistory.Ensure);
            batch.Add(origin with { Purpose = CommandPurpose.Frame }, command.Sql, command.Parameters);
        }
    }

    private async Task AddAsync(PostgreSqlBatch batch, TScript script, bool isFirst, bool flushesLater, CancellationToken cancellation)
    {
        var frame = new CommandOrigin(script, CommandPurpose.Frame);
        batch.Add(frame, SessionState.BeginOf(script) ?? Begin);
        AddLock(batch, script);
        AddMarker(batch, script, isFirst);
        AddClaim(batch, new CommandOrigin(script, CommandPurpose.Claim), script);

        foreach (var statement in script.ReadStatements())
        {
            await batch.AddAsync(script, statement, cancellation).ConfigureAwait(false);
        }

        // What was deferred is checked while the settings are still the script's own; then the session is as it was.
        batch.Add(new CommandOrigin(script, CommandPurpose.Commit), "SET CONSTRAINTS ALL IMMEDIATE");
        foreach (var reset in SessionState.Reset)
        {
            batch.Add(frame, reset);
        }

        if (flushesLater)
        {
            // The last of these commits waits for the disk, and that covers all before it.
            batch.Add(frame, "SET LOCAL synchronous_commit = off");
        }

        AddRecord(batch, new CommandOrigin(script, CommandPurpose.Record), script);
        batch.Add(new CommandOrigin(script, CommandPurpose.Commit), "COMMIT");
        if (batch.IsFull)
        {
            await batch.FlushAsync(cancellation).ConfigureAwait(false);
        }
    }

    // The wait for the run lock has a limit of its own, which is not that of the script's own locks. Commands without a plan
    // cost the server microseconds; the same in PL/pgSQL cost more than all of the rest of the frame.
    private void AddLock(PostgreSqlBatch batch, TScript script)
    {
        var frame = new CommandOrigin(script, CommandPurpose.Frame);
        batch.Add(frame, $"SET LOCAL lock_timeout = {SessionState.LockTimeout(Session.Config)}");
        batch.Add(new CommandOrigin(script, CommandPurpose.Lock), History.TakeLock);
        batch.Add(frame, SessionState.LimitLocks(script, Session.Config));
        if (SessionState.StatementTimeout(Session.Config) is { } limit)
        {
            batch.Add(frame, limit);
        }
    }

    // The first one also tells which process of the server does all of the batch: behind a pooler nobody else knows.
    private void AddMarker(PostgreSqlBatch batch, TScript script, bool withBackend)
    {
        var frame = new CommandOrigin(script, CommandPurpose.Frame);
        var marker = withBackend ? $"'{Session.Progress.MarkerOf(script)}:%', pg_catalog.pg_backend_pid()" : $"'{Session.Progress.MarkerOf(script)}'";
        batch.Add(frame, "SET LOCAL client_min_messages = notice");
        batch.Add(frame, $"DO $migration_tasks$BEGIN RAISE NOTICE {marker}; END$migration_tasks$");
        batch.Add(frame, "SET LOCAL client_min_messages = DEFAULT");
    }

    private async Task RollBackAsync(MigrationScript failed, CancellationToken cancellation)
    {
        Session.Progress.FailedIn(failed);
        // Where nothing was committed there is nothing to flush, and a server that may only be read refuses to.
        var settle = Session.Progress.Completed > 0 ? SessionState.RollBackAndFlushAsync(Session.Connection, Session.Progress, cancellation) : Session.RollBackAsync(cancellation);
        await settle.ConfigureAwait(false);
    }

    private async Task<ApplyOutcome> StopAsync(PostgresException exception, CommandOrigin origin, CancellationToken cancellation)
    {
        if ((origin.Purpose, exception.SqlState) == (CommandPurpose.Lock, PostgresErrorCodes.LockNotAvailable))
        {
            throw await RunLock.TimeoutAsync(Session.Connection, History.LockKey, Session.Config, cancellation).ConfigureAwait(false);
        }

        return await ExplainAsync(exception, origin, cancellation).ConfigureAwait(false)
            ?? throw StatementErrors.Translate(exception, origin, Session.Config, Outcome, await StoppedStatement.IsOverTimeAsync(Session, exception).ConfigureAwait(false));
    }
}

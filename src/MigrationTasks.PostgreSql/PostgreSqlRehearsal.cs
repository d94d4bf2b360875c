using System.Diagnostics;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// Tries migrations in one transaction, each behind a savepoint. When one does not get its lock, all of it is rolled back, which
/// lets everybody through, and done again after a pause, as a run does with a single migration.
/// </summary>
internal sealed class PostgreSqlRehearsal : IMigrationRehearsal
{
    private const string Savepoint = "migration_tasks_dry_run";

    // What is deferred is checked at the end of each migration, as its commit would, and deferred again for the next. By name, since ALL
    // would hold for constraints that come later too; but names are not unique in a schema, and where another constraint has the name of
    // a deferred one, only ALL can defer it again.
    private const string CheckConstraints = """
        DO $migration_tasks$
        DECLARE
          all_names text;
          late_names text;
          soon_names text;
          is_clear boolean;
        BEGIN
          SELECT pg_catalog.string_agg(name, ', ') FILTER (WHERE may_defer),
            pg_catalog.string_agg(name, ', ') FILTER (WHERE has_late),
            pg_catalog.string_agg(name, ', ') FILTER (WHERE may_defer AND NOT has_late),
            pg_catalog.bool_and(NOT has_late OR all_late)
          INTO all_names, late_names, soon_names, is_clear
          FROM (
            SELECT pg_catalog.format('%I.%I', n.nspname, c.conname) AS name, pg_catalog.bool_or(c.condeferrable) AS may_defer,
              pg_catalog.bool_or(c.condeferred) AS has_late, pg_catalog.bool_and(c.condeferred) AS all_late
            FROM pg_catalog.pg_constraint c JOIN pg_catalog.pg_namespace n ON n.oid = c.connamespace
            WHERE NOT pg_catalog.pg_is_other_temp_schema(n.oid)
            GROUP BY 1) names;
          IF all_names IS NOT NULL THEN
            EXECUTE 'SET CONSTRAINTS ' || all_names || ' IMMEDIATE';
          END IF;
          IF late_names IS NOT NULL AND is_clear THEN
            EXECUTE 'SET CONSTRAINTS ' || late_names || ' DEFERRED';
          ELSIF late_names IS NOT NULL THEN
            SET CONSTRAINTS ALL DEFERRED;
            IF soon_names IS NOT NULL THEN
              EXECUTE 'SET CONSTRAINTS ' || soon_names || ' IMMEDIATE';
            END IF;
          END IF;
        END $migration_tasks$
        """;

    private readonly WorkSession _session;
    private readonly List<MigrationStep> _tried = [];
    private (bool IsPrepared, Migration? Script) _setup;
    private int _backend;

    private PostgreSqlRehearsal(WorkSession session) => _session = session;

    /// <param name="session">Its session, which ends with it.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MigrationException">MIG3008 when another run held the lock for too long.</exception>
    public static async Task<PostgreSqlRehearsal> BeginAsync(WorkSession session, CancellationToken cancellation)
    {
        var rehearsal = new PostgreSqlRehearsal(session);
        try
        {
            await rehearsal.GuardAsync(() => rehearsal.OpenAsync(cancellation)).ConfigureAwait(false);
            return rehearsal;
        }
        catch
        {
            await rehearsal.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public Task PrepareHistoryAsync(Migration? script, CancellationToken cancellation)
    {
        _setup = (true, script);
        return GuardAsync(() => PrepareAsync(cancellation));
    }

    public async Task<string?> TryAsync(MigrationStep migration, CancellationToken cancellation)
    {
        string? reason = null;
        await GuardAsync(async () => reason = await TryUntilFreeAsync(migration, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
        return reason;
    }

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync().ConfigureAwait(false);
        _session.Progress.Abandon();
        try
        {
            await _session.RollBackAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or InvalidOperationException)
        {
            // Without a connection the server has rolled back by itself.
        }
    }

    private async Task<string?> TryUntilFreeAsync(MigrationStep step, CancellationToken cancellation)
    {
        _session.Retries.Begin(Stopwatch.GetTimestamp());
        while (true)
        {
            try
            {
                var reason = await RunAsync(step, cancellation).ConfigureAwait(false);
                if (reason is null)
                {
                    _tried.Add(step);
                }

                return reason;
            }
            catch (Obstructed obstructed)
            {
                await _session.RollBackAsync(cancellation).ConfigureAwait(false);
                await _session.Retries.WaitAsync(obstructed.Refusal, obstructed.Origin, Consequence.Tried, cancellation).ConfigureAwait(false);
                await StartAgainAsync(cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task StartAgainAsync(CancellationToken cancellation)
    {
        await OpenAsync(cancellation).ConfigureAwait(false);
        await PrepareAsync(cancellation).ConfigureAwait(false);
        foreach (var step in _tried)
        {
            await RunAsync(step, cancellation).ConfigureAwait(false);
        }
    }

    private async Task OpenAsync(CancellationToken cancellation)
    {
        try
        {
            await _session.RunMutedAsync(
                ["BEGIN", $"SET LOCAL lock_timeout = {SessionState.LockTimeout(_session.Config)}", _session.History.TakeLock, "SET LOCAL lock_timeout = DEFAULT"],
                cancellation).ConfigureAwait(false);

            // Behind a pooler nobody else knows; it is the same one until the end of the transaction.
            var command = new NpgsqlCommand("SELECT pg_catalog.pg_backend_pid()", _session.Connection);
            await using var disposal = command.ConfigureAwait(false);
            _backend = await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is int backend ? backend : 0;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await _session.RollBackAsync(cancellation).ConfigureAwait(false);
            throw await RunLock.TimeoutAsync(_session.Connection, _session.History.LockKey, _session.Config, cancellation).ConfigureAwait(false);
        }
    }

    private Task PrepareAsync(CancellationToken cancellation) => _setup.IsPrepared
        ? new HistorySetup(_session).RehearseAsync(_setup.Script, cancellation)
        : Task.CompletedTask;

    private async Task<string?> RunAsync(MigrationStep step, CancellationToken cancellation)
    {
        var script = step.Migration;
        var batch = _session.CreateBatch();
        await using var disposal = batch.ConfigureAwait(false);
        _session.Progress.Start(script, _backend);
        try
        {
            await AddAsync(batch, step, cancellation).ConfigureAwait(false);
            await batch.FlushAsync(cancellation).ConfigureAwait(false);
            _session.Progress.Abandon();
            return null;
        }
        catch (PostgresException exception) when (!ServerErrors.IsConnectionLoss(exception) && batch.OriginOf(exception) is { } origin)
        {
            _session.Progress.Abandon();
            await _session.RunMutedAsync([$"ROLLBACK TO SAVEPOINT {Savepoint}", .. SessionState.Reset], cancellation).ConfigureAwait(false);
            if (LockRetries.MayHelp(exception))
            {
                throw new Obstructed(exception, origin);
            }

            return ReasonOf(exception, origin, step)
                ?? throw StatementErrors.Translate(exception, origin, _session.Config, Consequence.Tried, await StoppedStatement.IsOverTimeAsync(_session, exception, isRehearsal: true).ConfigureAwait(false));
        }
    }

    private async Task AddAsync(PostgreSqlBatch batch, MigrationStep step, CancellationToken cancellation)
    {
        var script = step.Migration;
        var frame = new CommandOrigin(script, CommandPurpose.Frame);
        batch.Add(frame, $"SAVEPOINT {Savepoint}");
        batch.Add(frame, SessionState.LimitLocks(script, _session.Config));
        if (SessionState.StatementTimeout(_session.Config) is { } limit)
        {
            batch.Add(frame, limit);
        }

        var claim = new CommandOrigin(script, CommandPurpose.Claim);
        if (step.Before is { } before)
        {
            batch.Add(claim, _session.History.Reclaim, PostgreSqlHistory.ReclaimOf(script, "applied", before));
        }
        else
        {
            batch.Add(claim, _session.History.Claim, PostgreSqlHistory.ClaimOf(script, "applied"));
        }

        foreach (var statement in script.ReadStatements())
        {
            await batch.AddAsync(script, statement, cancellation).ConfigureAwait(false);
        }

        batch.Add(new CommandOrigin(script, CommandPurpose.Commit), CheckConstraints);
        foreach (var reset in SessionState.Reset)
        {
            batch.Add(frame, reset);
        }

        batch.Add(new CommandOrigin(script, CommandPurpose.Record), _session.History.RecordDuration, script.Name);
        batch.Add(frame, $"RELEASE SAVEPOINT {Savepoint}");
    }

    // What only fails because all migrations share a transaction here.
    private static string? ReasonOf(PostgresException exception, CommandOrigin origin, MigrationStep step) => exception.SqlState switch
    {
        _ when origin.Purpose == CommandPurpose.Claim && LostClaim.Is(exception, step) => "another run has applied it in the meantime",
        "55P04" when !AddsEnumValue(origin.Script) => $"it needs an enum value that an earlier migration has committed by then, which a dry run does not ({exception.MessageText})",
        PostgresErrorCodes.OutOfMemory when exception.Hint?.Contains("max_locks_per_transaction", StringComparison.Ordinal) == true => "all that was tried in one transaction holds more locks than the server has room for (max_locks_per_transaction)",
        _ => null,
    };

    private static bool AddsEnumValue(MigrationScript script) =>
        script.ReadStatements().Any(statement => statement.Summary.StartsWith("ALTER TYPE", StringComparison.Ordinal) && statement.Text.Contains("VALUE", StringComparison.OrdinalIgnoreCase));

    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (ServerErrors.IsConnectionLoss(exception))
        {
            throw Errors.ConnectionLost(_session.Progress.Current?.Location ?? default, _session.Config.Target, ServerErrors.Reason(exception), "Nothing of the dry run is left.", exception, "Run it again.");
        }
        catch (PostgresException exception)
        {
            throw Errors.DatabaseRefused(_session.Config.Target, "the dry run", ServerErrors.Describe(exception), exception);
        }
    }

    /// <summary>A migration that somebody else stood in the way of.</summary>
    private sealed class Obstructed(PostgresException refusal, CommandOrigin origin) : Exception(refusal.Message, refusal)
    {
        public PostgresException Refusal => refusal;

        public CommandOrigin Origin => origin;
    }
}

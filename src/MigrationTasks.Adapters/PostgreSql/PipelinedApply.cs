using MigrationTasks.Engine.Adapters;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using Npgsql;

namespace MigrationTasks.Adapters.PostgreSql;

/// <summary>
/// Applies migrations that run in a transaction: all of them travel in one stream of commands, each between its own BEGIN and
/// COMMIT, so that a run costs a few round trips however many there are. Nothing depends on the session: a pooler may give
/// each batch another one.
/// </summary>
internal sealed class PipelinedApply(NpgsqlConnection connection, PostgreSqlConfig config, PostgreSqlHistory history, RunProgress progress)
{
    private const string RolledBack = "The migration was rolled back.";

    /// <param name="migrations">What to apply, in order.</param>
    /// <param name="cancellation">Stops the running statement on the server and rolls back.</param>
    public async Task<ApplyOutcome> RunAsync(IReadOnlyList<Migration> migrations, CancellationToken cancellation)
    {
        var batch = new PostgreSqlBatch(connection);
        await using var disposal = batch.ConfigureAwait(false);
        try
        {
            for (var i = 0; i < migrations.Count; i++)
            {
                await AddAsync(batch, migrations[i], i < migrations.Count - 1, cancellation).ConfigureAwait(false);
            }

            await batch.FlushAsync(cancellation).ConfigureAwait(false);
            progress.Complete();
            return ApplyOutcome.Completed;
        }
        catch (PostgresException exception) when (!ServerErrors.IsConnectionLoss(exception) && batch.OriginOf(exception) is { } origin)
        {
            return await StopAsync(exception, origin, cancellation).ConfigureAwait(false);
        }
    }

    private async Task AddAsync(PostgreSqlBatch batch, Migration migration, bool flushesLater, CancellationToken cancellation)
    {
        var frame = new CommandOrigin(migration, CommandPurpose.Frame);
        batch.Add(frame, "BEGIN");
        batch.Add(new CommandOrigin(migration, CommandPurpose.Lock), LockAndMark(migration));
        batch.Add(new CommandOrigin(migration, CommandPurpose.Claim), history.Claim, migration.Name, migration.Checksum, migration.Rollback, "applied");

        foreach (var statement in migration.ReadStatements())
        {
            batch.Add(new CommandOrigin(migration, CommandPurpose.Statement, statement), statement.Text);
            if (batch.IsFull)
            {
                await batch.FlushAsync(cancellation).ConfigureAwait(false);
            }
        }

        // What was deferred is checked while the settings are still the migration's own; then the session is as it was.
        batch.Add(new CommandOrigin(migration, CommandPurpose.Commit), "SET CONSTRAINTS ALL IMMEDIATE");
        foreach (var reset in SessionState.Reset)
        {
            batch.Add(frame, reset);
        }

        if (flushesLater)
        {
            // The last of these commits waits for the disk, and that covers all before it.
            batch.Add(frame, "SET LOCAL synchronous_commit = off");
        }

        batch.Add(frame, history.RecordDuration, migration.Name);
        batch.Add(new CommandOrigin(migration, CommandPurpose.Commit), "COMMIT");
        if (batch.IsFull)
        {
            await batch.FlushAsync(cancellation).ConfigureAwait(false);
        }
    }

    // The wait for the run lock has a limit of its own, which must not limit the migration's own locks.
    private string LockAndMark(Migration migration) => FormattableString.Invariant($"""
        DO $migration_tasks$
        DECLARE
          lock_timeout text := pg_catalog.current_setting('lock_timeout');
          messages text := pg_catalog.current_setting('client_min_messages');
        BEGIN
          PERFORM pg_catalog.set_config('lock_timeout', '{SessionState.LockTimeout(config)}', true);
          PERFORM pg_catalog.pg_advisory_xact_lock({history.LockKey});
          PERFORM pg_catalog.set_config('lock_timeout', lock_timeout, true);
          {SessionState.StatementTimeout(config)}
          PERFORM pg_catalog.set_config('client_min_messages', 'notice', true);
          RAISE NOTICE '{progress.MarkerOf(migration)}';
          PERFORM pg_catalog.set_config('client_min_messages', messages, true);
        END $migration_tasks$
        """);

    private async Task<ApplyOutcome> StopAsync(PostgresException exception, CommandOrigin origin, CancellationToken cancellation)
    {
        progress.FailedIn(origin.Migration);
        // Where nothing was committed there is nothing to flush, and a server that may only be read refuses to.
        var settle = progress.Applied.Count > 0 ? SessionState.RollBackAndFlushAsync(connection, progress, cancellation) : SessionState.RollBackAsync(connection, progress, cancellation);
        await settle.ConfigureAwait(false);
        return (origin.Purpose, exception.SqlState) switch
        {
            (CommandPurpose.Claim, PostgresErrorCodes.UniqueViolation) => await LostClaim.ExplainAsync(connection, history, origin.Migration, exception, cancellation).ConfigureAwait(false),
            (CommandPurpose.Lock, PostgresErrorCodes.LockNotAvailable) =>
                throw Errors.LockTimeout(config.Target, config.Settings.LockTimeout, await RunLock.HolderAsync(connection, history.LockKey, cancellation).ConfigureAwait(false)),
            _ => throw StatementErrors.Translate(exception, origin, config, RolledBack),
        };
    }
}

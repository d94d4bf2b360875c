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
        AddLock(batch, migration);
        AddMarker(batch, migration);
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

    // The wait for the run lock has a limit of its own, which must not limit the migration's own locks. Commands without a plan
    // cost the server microseconds; the same in PL/pgSQL cost more than all of the rest of the frame.
    private void AddLock(PostgreSqlBatch batch, Migration migration)
    {
        var frame = new CommandOrigin(migration, CommandPurpose.Frame);
        batch.Add(frame, $"SET LOCAL lock_timeout = {SessionState.LockTimeout(config)}");
        batch.Add(new CommandOrigin(migration, CommandPurpose.Lock), FormattableString.Invariant($"SELECT pg_catalog.pg_advisory_xact_lock({history.LockKey})"));
        batch.Add(frame, "SET LOCAL lock_timeout = DEFAULT");
        if (SessionState.StatementTimeout(config) is { } limit)
        {
            batch.Add(frame, limit);
        }
    }

    private void AddMarker(PostgreSqlBatch batch, Migration migration)
    {
        var frame = new CommandOrigin(migration, CommandPurpose.Frame);
        batch.Add(frame, "SET LOCAL client_min_messages = notice");
        batch.Add(frame, $"DO $migration_tasks$BEGIN RAISE NOTICE '{progress.MarkerOf(migration)}'; END$migration_tasks$");
        batch.Add(frame, "SET LOCAL client_min_messages = DEFAULT");
    }

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

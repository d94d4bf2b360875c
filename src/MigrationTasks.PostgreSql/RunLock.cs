using System.Diagnostics;
using System.Globalization;
using MigrationTasks.Engine.Diagnostics;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// The lock of a runner that works outside a transaction. It is held by an idle transaction on a connection of its own, which
/// works through a transaction pooler too and ends with its process. It is polled for: a session that waits inside the
/// server would hold a snapshot, and CREATE INDEX CONCURRENTLY waits for snapshots.
/// </summary>
internal sealed class RunLock : IAsyncDisposable
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(250);

    private readonly NpgsqlConnection _connection;

    private RunLock(NpgsqlConnection connection) => _connection = connection;

    /// <exception cref="MigrationException">MIG3008 when another runner holds the lock for too long.</exception>
    public static async Task<RunLock> TakeAsync(NpgsqlConnection connection, long key, PostgreSqlConfig config, CancellationToken cancellation)
    {
        var startedAt = Stopwatch.GetTimestamp();
        while (!await TryTakeAsync(connection, key, cancellation).ConfigureAwait(false))
        {
            if (Stopwatch.GetElapsedTime(startedAt) > config.Settings.LockTimeout)
            {
                throw await TimeoutAsync(connection, key, config, cancellation).ConfigureAwait(false);
            }

            await Task.Delay(PollInterval, cancellation).ConfigureAwait(false);
        }

        return new RunLock(connection);
    }

    /// <summary>MIG3008: a lock was not free in time, with who holds it.</summary>
    /// <param name="connection">A connection that is ready for a query.</param>
    /// <param name="key">The lock.</param>
    /// <param name="config">The database.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<MigrationException> TimeoutAsync(NpgsqlConnection connection, long key, PostgreSqlConfig config, CancellationToken cancellation) =>
        Errors.LockTimeout(config.Target, config.Settings.LockTimeout, await HolderAsync(connection, key, cancellation).ConfigureAwait(false));

    public async ValueTask DisposeAsync() => await _connection.DisposeAsync().ConfigureAwait(false);

    // As far as this user may see it.
    private static async Task<string?> HolderAsync(NpgsqlConnection connection, long key, CancellationToken cancellation)
    {
        var command = new NpgsqlCommand(
            """
            SELECT 'process ' || a.pid || coalesce(', ' || nullif(a.application_name, ''), '') || coalesce(', since ' || to_char(a.xact_start AT TIME ZONE 'UTC', 'HH24:MI:SS') || ' UTC', '')
            FROM pg_catalog.pg_locks l JOIN pg_catalog.pg_stat_activity a USING (pid)
            WHERE l.locktype = 'advisory' AND l.granted AND l.objsubid = 1
              AND ((l.classid::bigint << 32) | l.objid::bigint) = $1
              AND l.database = (SELECT oid FROM pg_catalog.pg_database WHERE datname = pg_catalog.current_database())
            LIMIT 1
            """,
            connection);
        await using var disposal = command.ConfigureAwait(false);
        command.Parameters.Add(PostgreSqlParameter.Of(key));
        return await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) as string;
    }

    private static async Task<bool> TryTakeAsync(NpgsqlConnection connection, long key, CancellationToken cancellation)
    {
        var batch = connection.CreateBatch();
        await using var disposal = batch.ConfigureAwait(false);
        batch.BatchCommands.Add(new NpgsqlBatchCommand(SessionState.BeginFresh));
        batch.BatchCommands.Add(new NpgsqlBatchCommand(string.Create(CultureInfo.InvariantCulture, $"SELECT pg_catalog.pg_try_advisory_xact_lock({key})")));
        // Comes last because the server keeps the snapshot of a query until the next command is there.
        batch.BatchCommands.Add(new NpgsqlBatchCommand("SET LOCAL idle_in_transaction_session_timeout = 0"));
        if (await batch.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is true)
        {
            return true;
        }

        var end = new NpgsqlCommand("ROLLBACK", connection);
        await using var endDisposal = end.ConfigureAwait(false);
        await end.ExecuteNonQueryAsync(cancellation).ConfigureAwait(false);
        return false;
    }
}

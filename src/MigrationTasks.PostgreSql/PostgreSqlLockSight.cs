using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Migrations;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>Sees whom a session waits for.</summary>
/// <param name="config">The database.</param>
/// <param name="runLock">The key of the run lock, the wait for which is not the script's.</param>
/// <param name="connect">Opens a connection.</param>
internal sealed class PostgreSqlLockSight(PostgreSqlConfig config, long runLock, Func<CancellationToken, Task<NpgsqlConnection>> connect) : ILockSight
{
    // Asking for the holders stops all of the server's locking for a moment: only when something waits, and once for all of it.
    // The run lock is left out: that is the wait for another run, which has its own limit and its own message.
    private const string Query = """
        SELECT
          CASE l.locktype
            WHEN 'relation' THEN 'a lock on ' || l.relation::pg_catalog.regclass
            WHEN 'tuple' THEN 'a row of ' || l.relation::pg_catalog.regclass
            WHEN 'transactionid' THEN 'a row ' || coalesce('of ' || t.relation::pg_catalog.regclass, 'that another transaction changed')
            WHEN 'virtualxid' THEN 'the end of a transaction'
            WHEN 'advisory' THEN 'an advisory lock'
            ELSE 'a lock (' || l.locktype || ')'
          END,
          holder.pid, a.application_name, a.usename::text, a.backend_type, a.state,
          EXTRACT(epoch FROM pg_catalog.clock_timestamp() - a.query_start)::pg_catalog.float8,
          EXTRACT(epoch FROM pg_catalog.clock_timestamp() - a.xact_start)::pg_catalog.float8
        FROM pg_catalog.pg_locks l
        LEFT JOIN pg_catalog.pg_locks t ON t.pid = l.pid AND t.locktype = 'tuple' AND t.granted
        CROSS JOIN LATERAL (SELECT DISTINCT pid FROM pg_catalog.unnest(pg_catalog.pg_blocking_pids(l.pid)) AS p (pid)) holder
        LEFT JOIN pg_catalog.pg_stat_activity a ON a.pid = holder.pid
        WHERE l.pid = $1 AND NOT l.granted
          AND NOT (l.locktype = 'advisory' AND l.objsubid = 1 AND ((l.classid::bigint << 32) | l.objid::bigint) = $2)
        ORDER BY a.xact_start, holder.pid
        """;

    private NpgsqlConnection? _connection;

    public TimeSpan LimitOf(MigrationScript script) => SessionState.StatementLockTimeout(script, config) ?? TimeSpan.Zero;

    public async Task<LockWait?> LookAsync(int session, CancellationToken cancellation)
    {
        _connection ??= await connect(cancellation).ConfigureAwait(false);
        var command = new NpgsqlCommand(Query, _connection);
        await using var disposal = command.ConfigureAwait(false);
        command.Parameters.Add(PostgreSqlParameter.Of(session));
        command.Parameters.Add(PostgreSqlParameter.Of(runLock));
        var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
        await using var readerDisposal = reader.ConfigureAwait(false);
        var what = "";
        var holders = new List<LockHolder>();
        while (await reader.ReadAsync(cancellation).ConfigureAwait(false))
        {
            what = reader.GetString(0);
            holders.Add(Holder(reader));
        }

        return holders.Count == 0 ? null : new LockWait(what, holders);
    }

    public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? default;

    // A user who may not see another's sessions still sees their process and application.
    private static LockHolder Holder(NpgsqlDataReader row)
    {
        var process = row.GetInt32(1);
        if (process == 0)
        {
            return new LockHolder(process, "a prepared transaction (pg_prepared_xacts lists them)");
        }

        var state = Text(row, 5);
        string?[] facts =
        [
            Text(row, 2) is { Length: > 0 } application ? $"application '{application}'" : null,
            Text(row, 3) is { } user ? $"user {user}" : null,
            Text(row, 4) is { } kind and not "client backend" ? kind : null,
            state,
            Age(row, 6) is { } query ? state == "active" ? $"query running for {query}" : $"last query {query} ago" : null,
            Age(row, 7) is { } transaction ? $"transaction open for {transaction}" : null,
        ];
        var known = facts.OfType<string>().ToList();
        return new LockHolder(process, known.Count == 0 ? $"process {process}" : $"process {process} ({PlainText.Of(string.Join(", ", known))})");
    }

    private static string? Text(NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    private static string? Age(NpgsqlDataReader row, int column) =>
        row.IsDBNull(column) ? null : Wording.Of(TimeSpan.FromSeconds(Math.Max(0, row.GetDouble(column))));
}

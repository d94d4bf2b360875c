using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Reporting;
using Npgsql;

namespace MigrationTasks.Adapters.PostgreSql;

/// <summary>Somebody whom a session waits for.</summary>
/// <param name="Process">The process of the server; 0 for a prepared transaction, which has none.</param>
/// <param name="Description">What is known of it, but not what it runs: that may hold data.</param>
internal sealed record LockHolder(int Process, string Description);

/// <summary>What a session waits for, and who stands in its way.</summary>
/// <param name="What">What it waits for, such as <c>a lock on orders</c>.</param>
/// <param name="Holders">Whoever holds it, or is before the session in the queue for it.</param>
internal sealed record LockWait(string What, IReadOnlyList<LockHolder> Holders)
{
    private const int MostHolders = 5;

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

    /// <summary>Whoever stands in the way, as a sentence.</summary>
    public string InItsWay =>
        $"In its way: {string.Join("; ", Holders.Take(MostHolders).Select(holder => holder.Description))}{(Holders.Count > MostHolders ? $"; and {Holders.Count - MostHolders} more" : "")}.";

    /// <summary>Asks what a session waits for; <see langword="null"/> when it waits for nobody.</summary>
    /// <param name="connection">A connection that is not the waiting one.</param>
    /// <param name="backend">The process of the session.</param>
    /// <param name="runLock">The key of the run lock.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<LockWait?> ReadAsync(NpgsqlConnection connection, int backend, long runLock, CancellationToken cancellation)
    {
        var command = new NpgsqlCommand(Query, connection);
        await using var disposal = command.ConfigureAwait(false);
        command.Parameters.Add(PostgreSqlParameter.Of(backend));
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

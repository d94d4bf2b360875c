using System.Data;
using System.Globalization;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Migrations;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>
/// Sees whom a session waits for. Which tables tell that depends on the server, on what it is set to record, and on the rights of the
/// user: the first of them that answers counts, from those that know to those that give who may be meant.
/// </summary>
/// <param name="config">The database.</param>
/// <param name="runLock">The lock of a run: whoever has it is this run.</param>
/// <param name="connect">Opens a connection.</param>
internal sealed class MySqlLockSight(MySqlConfig config, string runLock, Func<CancellationToken, Task<MySqlConnection>> connect) : ILockSight
{
    private const string Session = "p.ID, p.USER, p.HOST, p.COMMAND, p.TIME";
    private const string Age = "TIMESTAMPDIFF(SECOND, t.trx_started, NOW())";

    // Only the state of the session itself tells of waits for locks that are not of InnoDB.
    private const string Waiting = "information_schema.PROCESSLIST w JOIN information_schema.PROCESSLIST p ON w.ID = @waiting AND w.STATE LIKE 'Waiting for%lock' AND p.ID NOT IN (w.ID, CONNECTION_ID())";

    // Nor are those in the way who wait themselves, for a table or for their turn.
    private const string NotWaiting = "COALESCE(p.STATE, '') NOT LIKE 'Waiting for%lock' AND COALESCE(p.STATE, '') <> 'User lock'";

    private sealed record Source(string Query, bool IsCertain = true);

    // Of MariaDB and of MySQL 5.7; of MySQL; of whoever records metadata locks; of MariaDB with its plugin for them; and at last
    // who has a transaction open or is at a statement, or whom a user without further rights sees.
    private static readonly Source[] Sources =
    [
        new($"""
            SELECT DISTINCT CONCAT('a row of ', REPLACE(l.lock_table, '`', '')), {Session}, {Age}
            FROM information_schema.INNODB_TRX r
            JOIN information_schema.INNODB_LOCK_WAITS w ON w.requesting_trx_id = r.trx_id
            JOIN information_schema.INNODB_LOCKS l ON l.lock_id = w.requested_lock_id
            JOIN information_schema.INNODB_TRX t ON t.trx_id = w.blocking_trx_id
            JOIN information_schema.PROCESSLIST p ON p.ID = t.trx_mysql_thread_id
            WHERE r.trx_mysql_thread_id = @waiting
            ORDER BY 7 DESC
            """),
        new($"""
            SELECT DISTINCT CONCAT('a row of ', l.OBJECT_SCHEMA, '.', l.OBJECT_NAME), {Session}, {Age}
            FROM performance_schema.data_lock_waits w
            JOIN performance_schema.threads r ON r.THREAD_ID = w.REQUESTING_THREAD_ID
            JOIN performance_schema.data_locks l ON l.ENGINE_LOCK_ID = w.REQUESTING_ENGINE_LOCK_ID
            JOIN information_schema.INNODB_TRX t ON t.trx_id = w.BLOCKING_ENGINE_TRANSACTION_ID
            JOIN information_schema.PROCESSLIST p ON p.ID = t.trx_mysql_thread_id
            WHERE r.PROCESSLIST_ID = @waiting
            """),
        new($"""
            SELECT DISTINCT CONCAT('a lock on ', m.OBJECT_SCHEMA, '.', m.OBJECT_NAME), {Session}, {Age}
            FROM performance_schema.threads r
            JOIN performance_schema.metadata_locks m ON m.OWNER_THREAD_ID = r.THREAD_ID AND m.LOCK_STATUS = 'PENDING' AND m.OBJECT_TYPE = 'TABLE'
            JOIN performance_schema.metadata_locks g
              ON g.OBJECT_TYPE = m.OBJECT_TYPE AND g.OBJECT_SCHEMA = m.OBJECT_SCHEMA AND g.OBJECT_NAME = m.OBJECT_NAME AND g.LOCK_STATUS = 'GRANTED' AND g.OWNER_THREAD_ID <> r.THREAD_ID
            JOIN performance_schema.threads h ON h.THREAD_ID = g.OWNER_THREAD_ID
            JOIN information_schema.PROCESSLIST p ON p.ID = h.PROCESSLIST_ID
            LEFT JOIN information_schema.INNODB_TRX t ON t.trx_mysql_thread_id = p.ID
            WHERE r.PROCESSLIST_ID = @waiting
            """),
        new($"""
            SELECT DISTINCT CONCAT('a lock on ', m.TABLE_SCHEMA, '.', m.TABLE_NAME), {Session}, {Age}
            FROM {Waiting}
            JOIN information_schema.METADATA_LOCK_INFO m ON m.THREAD_ID = p.ID AND m.TABLE_NAME <> '' AND LOCATE(m.TABLE_NAME, w.INFO) > 0
            LEFT JOIN information_schema.INNODB_TRX t ON t.trx_mysql_thread_id = p.ID
            """),
        new($"""
            SELECT 'a lock on a table', {Session}, {Age}
            FROM {Waiting}
            LEFT JOIN information_schema.INNODB_TRX t ON t.trx_mysql_thread_id = p.ID
            WHERE (t.trx_id IS NOT NULL OR p.COMMAND IN ('Query', 'Execute')) AND (p.DB = DATABASE() OR p.DB IS NULL) AND {NotWaiting}
            ORDER BY 7 DESC, p.TIME DESC
            """, IsCertain: false),
        new($"""
            SELECT 'a lock on a table', {Session}, NULL
            FROM {Waiting}
            WHERE p.DB = DATABASE() AND NOT (p.ID <=> IS_USED_LOCK(@run_lock)) AND {NotWaiting}
            ORDER BY p.TIME DESC
            """, IsCertain: false),
    ];

    private MySqlConnection? _connection;

    public TimeSpan LimitOf(MigrationScript script) => script.LockTimeout ?? config.Settings.StatementLockTimeout;

    public async Task<LockWait?> LookAsync(int session, CancellationToken cancellation)
    {
        _connection ??= await connect(cancellation).ConfigureAwait(false);
        foreach (var source in Sources)
        {
            if (await ReadAsync(source, session, cancellation).ConfigureAwait(false) is [[string what, ..], ..] rows)
            {
                return new LockWait(PlainText.Of(what), [.. rows.Select(Holder)], source.IsCertain);
            }
        }

        return null;
    }

    public ValueTask DisposeAsync() => _connection?.DisposeAsync() ?? default;

    private async Task<IReadOnlyList<IReadOnlyList<object?>>> ReadAsync(Source source, int session, CancellationToken cancellation)
    {
        try
        {
            var query = string.Create(CultureInfo.InvariantCulture, $"SET @waiting = {session}, @run_lock = '{runLock}'; {source.Query}");
            return (await MySqlRows.ReadAsync(_connection!, query, cancellation).ConfigureAwait(false)).Rows;
        }
        catch (MySqlException) when (_connection!.State == ConnectionState.Open)
        {
            // The server has no such table, or the user has no right to it.
            return [];
        }
    }

    private static LockHolder Holder(IReadOnlyList<object?> row)
    {
        var session = Convert.ToInt64(row[1], CultureInfo.InvariantCulture);
        string?[] facts =
        [
            $"{row[2]}@{row[3]}",
            row[4] is "Sleep" ? $"idle, last statement {AgeOf(row[5])} ago" : $"statement running for {AgeOf(row[5])}",
            row[6] is null ? null : $"transaction open for {AgeOf(row[6])}",
        ];
        return new LockHolder(session, $"connection {session} ({PlainText.Of(string.Join(", ", facts.OfType<string>()))})");
    }

    private static string AgeOf(object? seconds) => Wording.Of(TimeSpan.FromSeconds(Math.Max(0, Convert.ToDouble(seconds, CultureInfo.InvariantCulture))));
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.PostgreSql;

/// <summary>The history table's statements. The table is always named with its schema.</summary>
internal sealed class PostgreSqlHistory
{
    private static readonly Dictionary<string, string> Types = new()
    {
        [HistorySchema.Name] = "text PRIMARY KEY",
        [HistorySchema.Checksum] = "text",
        [HistorySchema.ExecutedAt] = "timestamptz",
        [HistorySchema.Duration] = "bigint",
        [HistorySchema.Status] = "text NOT NULL DEFAULT 'applied'",
        [HistorySchema.StatementsDone] = "integer",
        [HistorySchema.Rollback] = "text",
        [HistorySchema.TokenChecksum] = "text",
        [HistorySchema.Folder] = "text",
    };

    public PostgreSqlHistory(HistoryTableName name)
    {
        Name = name;
        Schema = Quote(name.Schema!);
        Table = $"{Schema}.{Quote(name.Table)}";
        Access = new HistoryAccess(Table);
        LockKey = BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"MigrationTasks:{Table}")));
    }

    public HistoryTableName Name { get; }

    /// <summary>The quoted name of the schema.</summary>
    public string Schema { get; }

    /// <summary>The quoted name with its schema.</summary>
    public string Table { get; }

    /// <summary>Who may touch it.</summary>
    public HistoryAccess Access { get; }

    /// <summary>The key of the advisory lock that runners on this table take for each migration.</summary>
    public long LockKey { get; }

    /// <summary>The key of the advisory lock that a runner holds while it runs a migration outside a transaction.</summary>
    public long SequentialLockKey => LockKey + 1;

    /// <summary>Takes that lock until the transaction ends, and waits for it.</summary>
    public string TakeLock => FormattableString.Invariant($"SELECT pg_catalog.pg_advisory_xact_lock({LockKey})");

    /// <summary>Everything, whatever columns there are: shape and content in one round trip.</summary>
    public string Select => $"SELECT * FROM {Table}";

    /// <summary>The same, with a lock on each row until the transaction ends.</summary>
    public string SelectForUpdate => $"{Select} FOR UPDATE";

    public string Create => $"CREATE TABLE {Table} ({string.Join(", ", HistorySchema.Columns.Select(column => $"{column} {Types[column]}"))})";

    public string CreateSchema => $"CREATE SCHEMA {Schema}";

    /// <summary>The row that makes a migration this runner's; its parameters are <see cref="ClaimOf"/>.</summary>
    public string Claim =>
        $"INSERT INTO {Table} ({HistorySchema.Name}, {HistorySchema.Checksum}, {HistorySchema.TokenChecksum}, {HistorySchema.Rollback}, {HistorySchema.Status}, {HistorySchema.Folder}, {HistorySchema.ExecutedAt}) VALUES ($1, $2, $3, $4, $5, $6, pg_catalog.now())";

    /// <summary>The same for a migration that has a row already; without that row as it was read, it divides by zero. Its parameters are <see cref="ReclaimOf"/>.</summary>
    public string Reclaim => $"""
        WITH claimed AS (
          UPDATE {Table} SET {HistorySchema.Name} = $1, {HistorySchema.Checksum} = $2, {HistorySchema.TokenChecksum} = $3, {HistorySchema.Rollback} = $4, {HistorySchema.Status} = $5, {HistorySchema.Folder} = $6, {HistorySchema.ExecutedAt} = pg_catalog.now(), {HistorySchema.Duration} = NULL, {HistorySchema.StatementsDone} = NULL
          WHERE {HistorySchema.Name} = $7 AND {HistorySchema.Checksum} IS NOT DISTINCT FROM $8 RETURNING 1)
        SELECT 1 / pg_catalog.count(*) FROM claimed
        """;

    /// <summary>Whether there is a row: $1 name.</summary>
    public string HasRow => $"SELECT EXISTS (SELECT FROM {Table} WHERE {HistorySchema.Name} = $1)";

    /// <summary>Whether there still is a row as it was read: $1 name, $2 checksum.</summary>
    public string HasSameRow => $"SELECT EXISTS (SELECT FROM {Table} WHERE {HistorySchema.Name} = $1 AND {HistorySchema.Checksum} IS NOT DISTINCT FROM $2)";

    /// <summary>Completes a row in the transaction that made it: $1 name.</summary>
    public string RecordDuration =>
        $"UPDATE {Table} SET {HistorySchema.Duration} = (EXTRACT(epoch FROM pg_catalog.clock_timestamp() - pg_catalog.now()) * 1000)::pg_catalog.int8 WHERE {HistorySchema.Name} = $1";

    /// <summary>Makes a migration this runner's that an earlier run began, unless something happened to it since: $1 name, $2 statements done, $3 checksum.</summary>
    public string Resume =>
        $"UPDATE {Table} SET {HistorySchema.Status} = 'running', {HistorySchema.Checksum} = $3, {HistorySchema.ExecutedAt} = pg_catalog.now() WHERE {HistorySchema.Name} = $1 AND {HistorySchema.Status} IN ('running', 'failed') AND coalesce({HistorySchema.StatementsDone}, 0) = $2";

    /// <summary>Journals a migration outside a transaction: $1 name, $2 statements done, $3 the checksum of their tokens.</summary>
    public string RecordProgress =>
        $"UPDATE {Table} SET {HistorySchema.StatementsDone} = $2, {HistorySchema.TokenChecksum} = $3 WHERE {HistorySchema.Name} = $1";

    /// <summary>Ends a migration outside a transaction that stopped: $1 name, $2 status, $3 duration in milliseconds.</summary>
    public string RecordEnd =>
        $"UPDATE {Table} SET {HistorySchema.Status} = $2, {HistorySchema.Duration} = $3 WHERE {HistorySchema.Name} = $1";

    /// <summary>Ends a migration outside a transaction that is applied; its parameters are <see cref="ClaimOf"/>, and $7 the duration in milliseconds.</summary>
    public string RecordApplied =>
        $"UPDATE {Table} SET {HistorySchema.Checksum} = $2, {HistorySchema.TokenChecksum} = $3, {HistorySchema.Rollback} = $4, {HistorySchema.Status} = $5, {HistorySchema.Folder} = $6, {HistorySchema.Duration} = $7 WHERE {HistorySchema.Name} = $1";

    /// <summary>
    /// What there is of the table, a row a column, one without a name when there is no table: whether the schema exists,
    /// whether a unique index makes the claim of a name exclusive, and the column. $1 table, $2 schema, $3 the name's column.
    /// </summary>
    public const string SelectShape = """
        SELECT pg_catalog.to_regnamespace($2) IS NOT NULL,
          EXISTS (
            SELECT FROM pg_catalog.pg_index i JOIN pg_catalog.pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = i.indkey[0]
            WHERE i.indrelid = pg_catalog.to_regclass($1) AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indnkeyatts = 1 AND k.attname = $3),
          a.attname::text
        FROM (SELECT) one LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = pg_catalog.to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attnum
        """;

    /// <summary>
    /// Removes the row of a migration that is applied and the newest: its parameters are <see cref="NewestOf"/>. It divides by zero when there is no such
    /// row, which stops whatever comes after it.
    /// </summary>
    public string RemoveNewest => $"WITH removed AS (DELETE FROM {Table} WHERE {IsNewest} RETURNING 1) SELECT 1 / pg_catalog.count(*) FROM removed";

    /// <summary>Journals the rollback of a migration outside a transaction, when it is applied and the newest: its parameters are <see cref="NewestOf"/>.</summary>
    public string BeginUndoing =>
        $"UPDATE {Table} SET {HistorySchema.Status} = '{HistorySchema.TextOf(HistoryStatus.Undoing)}', {HistorySchema.StatementsDone} = 0 WHERE {IsNewest}";

    /// <summary>Journals the statements of a rollback: $1 name, $2 statements done.</summary>
    public string RecordUndone => $"UPDATE {Table} SET {HistorySchema.StatementsDone} = $2 WHERE {HistorySchema.Name} = $1";

    /// <summary>Ends what <see cref="BeginUndoing"/> began, as failed or as if it had not been: $1 name, $2 status, $3 statements done.</summary>
    public string EndUndoing =>
        $"UPDATE {Table} SET {HistorySchema.Status} = $2, {HistorySchema.StatementsDone} = $3 WHERE {HistorySchema.Name} = $1";

    /// <summary>Fails when the table is gone.</summary>
    public string Touch => $"SELECT FROM {Table} LIMIT 0";

    /// <summary>Removes a row: $1 name.</summary>
    public string Delete => $"DELETE FROM {Table} WHERE {HistorySchema.Name} = $1";

    public string AddUnique => $"ALTER TABLE {Table} ADD UNIQUE ({HistorySchema.Name})";

    /// <summary>Adds what lacks of a table that a script has just created, whatever that is; the name it must have.</summary>
    public string CompleteUnknown =>
        $"ALTER TABLE {Table} {string.Join(", ", HistorySchema.Columns.Where(column => column != HistorySchema.Name).Select(column => $"ADD COLUMN IF NOT EXISTS {column} {Types[column]}"))}";

    /// <summary>The same for the unique index that makes the claim of a name exclusive.</summary>
    public string AddUniqueUnlessThere => $"""
        DO $migration_tasks$BEGIN
          IF NOT EXISTS (
            SELECT FROM pg_catalog.pg_index i JOIN pg_catalog.pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = i.indkey[0]
            WHERE i.indrelid = '{Table}'::pg_catalog.regclass AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indnkeyatts = 1 AND k.attname = '{HistorySchema.Name}')
          THEN {AddUnique}; END IF;
        END$migration_tasks$
        """;

    /// <summary>As <see cref="RecordApplied"/>, with the duration since the row was written: its parameters are <see cref="ClaimOf"/> alone.</summary>
    public string RecordAppliedByClock =>
        RecordApplied.Replace("$7", $"(EXTRACT(epoch FROM pg_catalog.clock_timestamp() - {HistorySchema.ExecutedAt}) * 1000)::pg_catalog.int8", StringComparison.Ordinal);

    public string AddColumns(IEnumerable<string> missing) =>
        $"ALTER TABLE {Table} {string.Join(", ", missing.Select(column => $"ADD COLUMN {column} {Types[column]}"))}";

    /// <summary>Adds a row: $1, $2, … are the columns' values.</summary>
    public string Insert(IReadOnlyList<string> columns) =>
        $"INSERT INTO {Table} ({string.Join(", ", columns)}) VALUES ({string.Join(", ", columns.Select((_, i) => $"${i + 1}"))})";

    /// <summary>Changes a row: $1 name, $2, $3, … are the columns' values.</summary>
    public string Update(IReadOnlyList<string> columns) =>
        $"UPDATE {Table} SET {string.Join(", ", columns.Select((column, i) => $"{column} = ${i + 2}"))} WHERE {HistorySchema.Name} = $1";

    /// <summary>What tells whether a migration is the newest of its folder: its name, its version, and the folders that do not count.</summary>
    public static string[] NewestOf(RollbackScript script) => [script.Name, script.Version.ToString(), string.Join('\n', script.OtherFolders)];

    /// <summary>The values of the row that claims a migration.</summary>
    public static string?[] ClaimOf(Migration migration, string status) =>
        [migration.Name, migration.Checksum, migration.ReadTokenChecksum(), migration.Rollback, status, migration.Folder];

    /// <summary>The values of the row that claims a migration again, and by which its row is known.</summary>
    public static string?[] ReclaimOf(Migration migration, string status, HistoryRow before) =>
        [.. ClaimOf(migration, status), before.Name, before.Checksum];

    /// <summary>A name as it stands in a statement.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private string IsNewest => $"""
        {HistorySchema.Name} = $1 AND coalesce({HistorySchema.Status}, '') NOT IN ({string.Join(", ", HistorySchema.NotApplied.Select(status => $"'{status}'"))})
          AND NOT EXISTS (SELECT FROM {Table} WHERE pg_catalog.substring({HistorySchema.Name}, '^[0-9]+')::pg_catalog.numeric > $2::pg_catalog.numeric
            AND coalesce({HistorySchema.Folder}, '') <> ALL (pg_catalog.string_to_array($3, pg_catalog.chr(10))))
        """;
}

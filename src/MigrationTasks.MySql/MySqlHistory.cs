using System.Security.Cryptography;
using System.Text;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.MySql;

/// <summary>The history table's statements. The table is always named with its database, and values stand in the statements.</summary>
internal sealed class MySqlHistory
{
    // The letters of a name count as they are: with the usual collations, 1_a.sql, 1_A.sql and 1_ä.sql would be the same.
    private static readonly Dictionary<string, string> Types = new()
    {
        [HistorySchema.Name] = "varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL",
        [HistorySchema.Checksum] = "varchar(100)",
        [HistorySchema.ExecutedAt] = "datetime(6)",
        [HistorySchema.Duration] = "bigint",
        [HistorySchema.Status] = "varchar(20) NOT NULL DEFAULT 'applied'",
        [HistorySchema.StatementsDone] = "int",
        [HistorySchema.Rollback] = "longtext",
        [HistorySchema.TokenChecksum] = "varchar(100)",
        [HistorySchema.Folder] = "text",
    };

    public MySqlHistory(HistoryTableName name)
    {
        Name = name;
        Table = $"{MySqlLiteral.Quote(name.Schema!)}.{MySqlLiteral.Quote(name.Table)}";
        // Named locks are the server's, not the database's, and their names have 64 characters at most.
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(name.ToString().ToLowerInvariant()));
        LockName = $"MigrationTasks:{Convert.ToHexStringLower(hash.AsSpan(0, 20))}";
        RunLockName = $"{LockName}:run";
    }

    public HistoryTableName Name { get; }

    /// <summary>The quoted name with its database.</summary>
    public string Table { get; }

    /// <summary>The name of the lock that a runner holds while it changes the history.</summary>
    public string LockName { get; }

    /// <summary>The name of the lock that a runner holds while it runs a migration outside a transaction.</summary>
    public string RunLockName { get; }

    /// <summary>Everything, whatever columns there are: shape and content in one round trip.</summary>
    public string Select => $"SELECT * FROM {Table}";

    /// <summary>The same, with a lock on each row until the transaction ends.</summary>
    public string SelectForUpdate => $"{Select} FOR UPDATE";

    public string Create =>
        $"CREATE TABLE {Table} ({string.Join(", ", HistorySchema.Columns.Select(column => $"{column} {Types[column]}"))}, PRIMARY KEY ({HistorySchema.Name})) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

    public string AddUnique => $"ALTER TABLE {Table} ADD UNIQUE ({HistorySchema.Name})";

    /// <summary>The columns of the table, a row a column: its name, and whether a unique index makes the claim of a name exclusive.</summary>
    public string SelectShape => $"""
        SELECT COLUMN_NAME, {IsUnique}
        FROM information_schema.COLUMNS
        WHERE {IsTable}
        ORDER BY ORDINAL_POSITION
        """;

    /// <summary>What makes a table complete of which nobody knows the columns: of use where nobody can look first.</summary>
    public IReadOnlyList<string> CompleteUnknown =>
    [
        $"""
        SET @migration_tasks = CONCAT({MySqlLiteral.Of($"ALTER TABLE {Table} ")}, CONCAT_WS(', ',
          {string.Join(",\n  ", HistorySchema.Columns.Where(column => column != HistorySchema.Name).Select(AddUnlessThere))},
          IF({IsUnique}, NULL, 'ADD UNIQUE ({HistorySchema.Name})')))
        """,
        "PREPARE migration_tasks FROM @migration_tasks",
        "EXECUTE migration_tasks",
        "DEALLOCATE PREPARE migration_tasks",
    ];

    public string AddColumns(IEnumerable<string> missing) =>
        $"ALTER TABLE {Table} {string.Join(", ", missing.Select(column => $"ADD COLUMN {column} {Types[column]}"))}";

    /// <summary>The row that makes a migration this runner's.</summary>
    public string Claim(Migration migration, HistoryStatus status) =>
        $"INSERT INTO {Table} ({HistorySchema.Name}, {HistorySchema.Checksum}, {HistorySchema.TokenChecksum}, {HistorySchema.Rollback}, {HistorySchema.Status}, {HistorySchema.Folder}, {HistorySchema.ExecutedAt}) VALUES ({Values(migration.Name, migration.Checksum, migration.ReadTokenChecksum(), migration.Rollback, HistorySchema.TextOf(status), migration.Folder)}, UTC_TIMESTAMP(6))";

    /// <summary>The same for a migration that has a row already; it finds none when that is not as it was read.</summary>
    public string Reclaim(Migration migration, HistoryStatus status, HistoryRow before) => $"""
        UPDATE {Table} SET {HistorySchema.Name} = {MySqlLiteral.Of(migration.Name)}, {Record(migration)}, {StatusIs(status)},
          {HistorySchema.ExecutedAt} = UTC_TIMESTAMP(6), {HistorySchema.Duration} = NULL, {HistorySchema.StatementsDone} = NULL
        WHERE {IsNamed(before.Name)} AND {HistorySchema.Checksum} <=> {MySqlLiteral.Of(before.Checksum)}
        """;

    /// <summary>Makes a migration this runner's that an earlier run began; it finds no row when something happened to it since.</summary>
    public string Resume(Migration migration, HistoryRow row) => $"""
        UPDATE {Table} SET {StatusIs(HistoryStatus.Running)}, {HistorySchema.Checksum} = {MySqlLiteral.Of(migration.Checksum)}, {HistorySchema.ExecutedAt} = UTC_TIMESTAMP(6)
        WHERE {IsNamed(row.Name)} AND {HistorySchema.Status} IN ('running', 'failed') AND coalesce({HistorySchema.StatementsDone}, 0) = {row.StatementsDone}
        """;

    /// <summary>Journals a migration outside a transaction; the checksum is that of the statements that stand.</summary>
    public string RecordProgress(string name, int done, string checksum) =>
        $"UPDATE {Table} SET {HistorySchema.StatementsDone} = {done}, {HistorySchema.TokenChecksum} = {MySqlLiteral.Of(checksum)} WHERE {IsNamed(name)}";

    /// <summary>Completes the row of a migration that is applied, as its file is now.</summary>
    public string RecordApplied(string name, Migration migration) =>
        $"UPDATE {Table} SET {Record(migration)}, {StatusIs(HistoryStatus.Applied)}, {HistorySchema.Duration} = {SinceExecuted} WHERE {IsNamed(name)}";

    /// <summary>Ends a migration outside a transaction that stopped.</summary>
    public string RecordFailed(string name) =>
        $"UPDATE {Table} SET {StatusIs(HistoryStatus.Failed)}, {HistorySchema.Duration} = {SinceExecuted} WHERE {IsNamed(name)}";

    /// <summary>Journals the rollback of a migration outside a transaction.</summary>
    public string RecordUndoing(string name, int done) =>
        $"UPDATE {Table} SET {StatusIs(HistoryStatus.Undoing)}, {HistorySchema.StatementsDone} = {done} WHERE {IsNamed(name)}";

    /// <summary>Ends the rollback of a migration outside a transaction that failed.</summary>
    public string RecordUndoFailed(string name) => $"UPDATE {Table} SET {StatusIs(HistoryStatus.UndoFailed)} WHERE {IsNamed(name)}";

    /// <summary>Takes back that a migration is being undone.</summary>
    public string EndUndoing(RollbackScript script) =>
        $"UPDATE {Table} SET {StatusIs(script.Row.Status)}, {HistorySchema.StatementsDone} = {script.Row.StatementsDone} WHERE {IsNamed(script.Name)}";

    /// <summary>Removes a row.</summary>
    public string Delete(string name) => $"DELETE FROM {Table} WHERE {IsNamed(name)}";

    /// <summary>Adds a row.</summary>
    public string Insert(IReadOnlyList<KeyValuePair<string, object?>> values) =>
        $"INSERT INTO {Table} ({string.Join(", ", values.Select(value => value.Key))}) VALUES ({Values([.. values.Select(value => value.Value)])})";

    /// <summary>Changes a row.</summary>
    public string Update(string name, IEnumerable<KeyValuePair<string, object?>> values) =>
        $"UPDATE {Table} SET {string.Join(", ", values.Select(value => $"{value.Key} = {MySqlLiteral.Of(value.Value)}"))} WHERE {IsNamed(name)}";

    /// <summary>Reads one row.</summary>
    public string SelectRow(string name) => $"{Select} WHERE {IsNamed(name)}";

    private string IsTable => $"TABLE_SCHEMA = {MySqlLiteral.Of(Name.Schema)} AND TABLE_NAME = {MySqlLiteral.Of(Name.Table)}";

    private string IsUnique => $"""
        EXISTS (SELECT 1 FROM information_schema.STATISTICS WHERE {IsTable}
          GROUP BY INDEX_NAME HAVING MAX(NON_UNIQUE) = 0 AND COUNT(*) = 1 AND MAX(COLUMN_NAME) = '{HistorySchema.Name}' AND MAX(SUB_PART) IS NULL)
        """;

    private string AddUnlessThere(string column) =>
        $"IF(EXISTS (SELECT 1 FROM information_schema.COLUMNS WHERE {IsTable} AND COLUMN_NAME = '{column}'), NULL, {MySqlLiteral.Of($"ADD COLUMN {column} {Types[column]}")})";

    // An earlier tool's column may know whole seconds only, and round them up.
    private static string SinceExecuted => $"GREATEST(0, TIMESTAMPDIFF(MICROSECOND, {HistorySchema.ExecutedAt}, UTC_TIMESTAMP(6)) DIV 1000)";

    private static string Record(Migration migration) =>
        $"{HistorySchema.Checksum} = {MySqlLiteral.Of(migration.Checksum)}, {HistorySchema.TokenChecksum} = {MySqlLiteral.Of(migration.ReadTokenChecksum())}, {HistorySchema.Rollback} = {MySqlLiteral.Of(migration.Rollback)}, {HistorySchema.Folder} = {MySqlLiteral.Of(migration.Folder)}";

    private static string StatusIs(HistoryStatus status) => $"{HistorySchema.Status} = '{HistorySchema.TextOf(status)}'";

    // Whatever collation an earlier tool's column has.
    private static string IsNamed(string name) => $"{HistorySchema.Name} = {MySqlLiteral.Exact(name)}";

    private static string Values(params IReadOnlyList<object?> values) => string.Join(", ", values.Select(MySqlLiteral.Of));
}

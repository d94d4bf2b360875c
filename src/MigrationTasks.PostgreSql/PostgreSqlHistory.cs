using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.PostgreSql;

/// <summary>The history in a PostgreSQL database.</summary>
internal sealed class PostgreSqlHistory : SqlHistory
{
    private readonly PostgreSqlHistoryDialect _dialect;

    public PostgreSqlHistory(HistoryTableName name)
        : this(name, new PostgreSqlHistoryDialect())
    {
    }

    public PostgreSqlHistory(HistoryTableName name, PostgreSqlHistoryDialect dialect)
        : base(name, dialect)
    {
        _dialect = dialect;
        Schema = Quote(name.Schema!);
        Access = new HistoryAccess(Table);
        LockKey = BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"MigrationTasks:{Table}")));
    }

    /// <summary>The quoted name of the schema.</summary>
    public string Schema { get; }

    /// <summary>Who may touch it.</summary>
    public HistoryAccess Access { get; }

    /// <summary>The key of the advisory lock that runners on this table take for each migration.</summary>
    public long LockKey { get; }

    /// <summary>The key of the advisory lock that a runner holds while it runs a migration outside a transaction.</summary>
    public long SequentialLockKey => LockKey + 1;

    /// <summary>Takes that lock until the transaction ends, and waits for it.</summary>
    public string TakeLock => FormattableString.Invariant($"SELECT pg_catalog.pg_advisory_xact_lock({LockKey})");

    /// <summary>Everything, with a lock on each row until the transaction ends.</summary>
    public string SelectForUpdate => $"{Select} FOR UPDATE";

    public string CreateSchema => $"CREATE SCHEMA {Schema}";

    /// <summary>Removes the row of a migration that is applied and the newest.</summary>
    public SqlText RemoveNewest(RollbackScript rollback) => Say(v => _dialect.DemandRow($"DELETE FROM {Table} WHERE {IsNewest(v, rollback)}"));

    /// <summary>Says that a migration is being undone outside a transaction, when it is applied and the newest.</summary>
    public SqlText BeginUndoing(RollbackScript rollback) => Say(v => $"UPDATE {Table} SET {StatusIs(HistoryStatus.Undoing)}, {HistorySchema.StatementsDone} = 0 WHERE {IsNewest(v, rollback)}");

    /// <summary>Adds what lacks of a table that a script has just created, whatever that is; the name it must have.</summary>
    public string CompleteUnknown =>
        $"ALTER TABLE {Table} {string.Join(", ", HistorySchema.Columns.Where(column => column != HistorySchema.Name).Select(column => $"ADD COLUMN IF NOT EXISTS {column} {_dialect.ColumnType(column)}"))}";

    /// <summary>The same for the unique index that makes the claim of a name exclusive.</summary>
    public string AddUniqueUnlessThere => $"""
        DO $migration_tasks$BEGIN
          IF NOT EXISTS (
            SELECT FROM pg_catalog.pg_index i JOIN pg_catalog.pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = i.indkey[0]
            WHERE i.indrelid = '{Table}'::pg_catalog.regclass AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indnkeyatts = 1 AND k.attname = '{HistorySchema.Name}')
          THEN {_dialect.AddUnique(Name)}; END IF;
        END$migration_tasks$
        """;

    /// <summary>A name as it stands in a statement.</summary>
    public static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // By its version, among the migrations of the folders that count.
    private string IsNewest(IList<object?> v, RollbackScript rollback) => $"""
        {_dialect.IsNamed(rollback.Name, v)} AND coalesce({HistorySchema.Status}, '') NOT IN ({string.Join(", ", HistorySchema.NotApplied.Select(status => $"'{status}'"))})
          AND NOT EXISTS (SELECT FROM {Table} WHERE pg_catalog.substring({HistorySchema.Name}, '^[0-9]+')::pg_catalog.numeric > {_dialect.ValueOf(rollback.Version.ToString(), v)}::pg_catalog.numeric
            AND coalesce({HistorySchema.Folder}, '') <> ALL (pg_catalog.string_to_array({_dialect.ValueOf(string.Join('\n', rollback.OtherFolders), v)}, pg_catalog.chr(10))))
        """;
}

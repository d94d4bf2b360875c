namespace MigrationTasks.Adapters.Tests.Chaos;

/// <summary>What the chaos suite has to write differently for each database.</summary>
public sealed record ChaosDialect
{
    /// <summary>A query that runs for about a tenth of a second.</summary>
    public required string Slow { get; init; }

    /// <summary>A word of CREATE INDEX that must be outside a transaction, where there is one.</summary>
    public string Concurrently { get; init; } = "";

    /// <summary>The type of a text that can be a key.</summary>
    public string Text { get; init; } = "TEXT";

    /// <summary>A key made of the <c>content</c> of a long text.</summary>
    public string LongKey { get; init; } = "length(content)";

    /// <summary>A statement that leaves nothing, and that no transaction can hold.</summary>
    public string Alone { get; init; } = "VACUUM";

    /// <summary>Whether the database commits at every statement that changes the schema: its migrations are journalled then, and so would be their rollbacks.</summary>
    public bool CommitsAtObjects { get; init; }

    /// <summary>A <c>000_migrations_table.sql</c>.</summary>
    public required string HistoryScript { get; init; }

    /// <summary>The names of the tables and finished indexes that start with <c>chaos_</c> or are the history table.</summary>
    public required string ObjectNames { get; init; }

    /// <summary>Migrations outside a transaction, with statements of all kinds.</summary>
    internal IReadOnlyList<ChaosMigration> OutsideMigrations =>
    [
        new(1, "log", ChaosMigration.Object($"CREATE TABLE {ChaosMigration.LogTable} (migration INTEGER, part INTEGER)"), ChaosMigration.Log),
        .. Enumerable.Range(2, 4).Select(version => new ChaosMigration(
            version,
            "outside",
            ChaosMigration.Log,
            ChaosMigration.Object($"CREATE TABLE chaos_{version:D3}_items (id INTEGER, name {Text})"),
            $"INSERT INTO chaos_{version:D3}_items VALUES (1, 'one'), (2, 'two')",
            ChaosMigration.Object($"CREATE INDEX {Concurrently} chaos_{version:D3}_by_name ON chaos_{version:D3}_items (name)"),
            ChaosMigration.Log,
            Slow,
            "BEGIN",
            ChaosMigration.Log,
            ChaosMigration.Log,
            "COMMIT",
            "BEGIN",
            ChaosMigration.Log,
            "COMMIT",
            ChaosMigration.Object($"CREATE UNIQUE INDEX {Concurrently} chaos_{version:D3}_by_id ON chaos_{version:D3}_items (id)"),
            Alone,
            ChaosMigration.Log) { IsTransactional = false }),
        new(6, "last", ChaosMigration.Log),
    ];

    /// <summary>The migrations of the kill tests: several kinds, in an order that mixes them.</summary>
    internal IReadOnlyList<ChaosMigration> Migrations =>
    [
        new(1, "log", ChaosMigration.Object($"CREATE TABLE {ChaosMigration.LogTable} (migration INTEGER, part INTEGER)"), ChaosMigration.Log),
        new(2, "schema_and_data",
            ChaosMigration.Log,
            ChaosMigration.Object($"CREATE TABLE chaos_002_items (id INTEGER PRIMARY KEY, name {Text})"),
            "INSERT INTO chaos_002_items VALUES (1, 'one'), (2, 'two')",
            ChaosMigration.Object("CREATE INDEX chaos_002_by_name ON chaos_002_items (name)"),
            ChaosMigration.Log),
        // More than one batch holds, so that it is flushed in mid-transaction.
        new(3, "large",
            [
                ChaosMigration.Log,
                ChaosMigration.Object("CREATE TABLE chaos_003_large (content TEXT)"),
                .. Enumerable.Repeat($"INSERT INTO chaos_003_large VALUES ('{new string('x', 8_000)}')", 300),
                ChaosMigration.Log,
            ]),
        new(4, "slow", ChaosMigration.Log, Slow, ChaosMigration.Log),
        new(5, "outside",
            ChaosMigration.Log,
            ChaosMigration.Object($"CREATE INDEX {Concurrently} chaos_005_index ON chaos_003_large ({LongKey})"),
            ChaosMigration.Log,
            "BEGIN",
            ChaosMigration.Log,
            ChaosMigration.Log,
            "COMMIT",
            ChaosMigration.Log) { IsTransactional = false },
        new(6, "rebuild", ChaosMigration.Log, "ALTER TABLE chaos_002_items ADD COLUMN note TEXT", "UPDATE chaos_002_items SET note = name", ChaosMigration.Log),
        .. Enumerable.Range(7, 6).Select(version => new ChaosMigration(
            version, "more", ChaosMigration.Log, ChaosMigration.Object($"CREATE TABLE chaos_{version:D3}_more (id INTEGER PRIMARY KEY)"), ChaosMigration.Log)),
        new(13, "vacuum", ChaosMigration.Log, Alone, ChaosMigration.Log) { IsTransactional = false },
        new(14, "last", ChaosMigration.Log),
    ];

    /// <summary>The migrations that the tests of rollbacks undo, each in one transaction.</summary>
    internal IReadOnlyList<ChaosMigration> UndoneMigrations => CommitsAtObjects
        ? [new(1, "log", $"CREATE TABLE {ChaosMigration.LogTable} (migration INTEGER, part INTEGER)", ChaosMigration.Log), .. Enumerable.Range(2, 12).Select(version => new ChaosMigration(version, "rows", ChaosMigration.Log, Slow, ChaosMigration.Log))]
        : Migrations;

    /// <summary>What takes away every trace of a migration, in one transaction.</summary>
    internal string RollbackOf(ChaosMigration migration) => CommitsAtObjects ? migration.RollbackOfRows : migration.Rollback;

    /// <summary>Whether a migration stands as a whole or not at all.</summary>
    internal bool IsWhole(ChaosMigration migration) => migration.IsTransactional && !(CommitsAtObjects && migration.Statements.Any(ChangesSchema));

    /// <summary>Whether the note that a statement was done cannot be one commit with it.</summary>
    internal bool IsAlone(string statement) =>
        statement.Contains("CONCURRENTLY", StringComparison.Ordinal) || statement == Alone || (CommitsAtObjects && ChangesSchema(statement));

    private static bool ChangesSchema(string statement) => ChaosMigration.LeavesObject(statement) || statement.StartsWith("ALTER", StringComparison.Ordinal);
}

using MigrationTasks.ContractTests;

namespace MigrationTasks.Adapters.Tests.Chaos;

/// <summary>What the chaos suite has to write differently for each database that speaks SQL.</summary>
public sealed record SqlChaosDialect : ChaosDialect
{
    /// <summary>A word of CREATE INDEX that must be outside a transaction, where there is one.</summary>
    public string Concurrently { get; init; } = "";

    /// <summary>The type of a text that can be a key.</summary>
    public string ShortText { get; init; } = "TEXT";

    /// <summary>A key made of the <c>content</c> of a long text.</summary>
    public string LongKey { get; init; } = "length(content)";

    /// <summary>The names of the tables and finished indexes that start with <c>chaos_</c> or are the history table.</summary>
    public required string ObjectNames { get; init; }

    internal override IReadOnlyList<ChaosMigration> OutsideMigrations =>
    [
        new(1, "log", ChaosMigration.Object(CreateLog), ChaosMigration.Log),
        .. Enumerable.Range(2, 4).Select(version => new ChaosMigration(
            version,
            "outside",
            ChaosMigration.Log,
            ChaosMigration.Object($"CREATE TABLE chaos_{version:D3}_items (id INTEGER, name {ShortText})"),
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

    internal override IReadOnlyList<ChaosMigration> Migrations =>
    [
        new(1, "log", ChaosMigration.Object(CreateLog), ChaosMigration.Log),
        new(2, "schema_and_data",
            ChaosMigration.Log,
            ChaosMigration.Object($"CREATE TABLE chaos_002_items (id INTEGER PRIMARY KEY, name {ShortText})"),
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

    internal override string CreateLog => $"CREATE TABLE {ChaosMigration.LogTable} (migration INTEGER, part INTEGER)";

    internal override string Create(string name) => $"CREATE TABLE {name} (id INTEGER)";

    internal override string Text(ChaosMigration migration) =>
        $"{(migration.IsTransactional ? "" : "-- Transaction: none\n")}{Join(migration.Fill((version, part) => $"INSERT INTO {ChaosMigration.LogTable} VALUES ({version}, {part})"))}";

    internal override string RollbackOf(ChaosMigration migration)
    {
        var rows = $"DELETE FROM {ChaosMigration.LogTable} WHERE migration = {migration.Version}";
        if (CommitsAtObjects)
        {
            return Join([rows]);
        }

        // With the first, the log goes itself.
        var drops = migration.Objects.Reverse().Select(ordinal => DropOf(ChaosMigration.WithoutMark(migration.Statements[ordinal - 1])));
        return Join(migration.Version == 1 ? drops : [.. drops, rows]);
    }

    internal override bool IsAlone(string statement) => statement.Contains("CONCURRENTLY", StringComparison.Ordinal) || base.IsAlone(statement);

    internal override Task<ChaosState?> ReadAsync(ContractDatabase database) => SqlChaosReader.ReadAsync((SqlContractDatabase)database, ObjectNames);

    private protected override bool ChangesSchema(string statement) => base.ChangesSchema(statement) || statement.StartsWith("ALTER", StringComparison.Ordinal);

    private static string Join(IEnumerable<string> statements) => string.Concat(statements.Select(statement => $"{statement};\n"));

    // CREATE TABLE name … or CREATE INDEX [CONCURRENTLY] name …
    private static string DropOf(string create) =>
        $"DROP {create.Split(' ')[1]} {create.Split(' ', StringSplitOptions.RemoveEmptyEntries).First(word => word.StartsWith("chaos_", StringComparison.Ordinal))}";
}

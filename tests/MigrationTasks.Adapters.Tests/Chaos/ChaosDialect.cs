using MigrationTasks.ContractTests;

namespace MigrationTasks.Adapters.Tests.Chaos;

/// <summary>What the chaos suite has to write differently for each database.</summary>
public abstract record ChaosDialect
{
    /// <summary>A query that runs for about a tenth of a second.</summary>
    public required string Slow { get; init; }

    /// <summary>A statement that leaves nothing, and that no transaction can hold.</summary>
    public required string Alone { get; init; }

    /// <summary>Whether the database commits at every statement that changes the schema: its migrations are journalled then, and so would be their rollbacks.</summary>
    public bool CommitsAtObjects { get; init; }

    /// <summary>A <c>000_migrations_table</c>.</summary>
    public required string HistoryScript { get; init; }

    /// <summary>The statement that creates the log.</summary>
    internal abstract string CreateLog { get; }

    /// <summary>The migrations of the kill tests: several kinds, in an order that mixes them.</summary>
    internal abstract IReadOnlyList<ChaosMigration> Migrations { get; }

    /// <summary>Migrations outside a transaction, with statements of all kinds.</summary>
    internal abstract IReadOnlyList<ChaosMigration> OutsideMigrations { get; }

    /// <summary>Small migrations for those who compete for them.</summary>
    internal IReadOnlyList<ChaosMigration> ManyMigrations(int count) =>
    [
        new(1, "log", ChaosMigration.Object(CreateLog), ChaosMigration.Log),
        .. Enumerable.Range(2, count - 1).Select(version => new ChaosMigration(version, "more", ChaosMigration.Object(Create($"chaos_{version:D3}_more")), ChaosMigration.Log)),
    ];

    /// <summary>The migrations that the tests of rollbacks undo, each in one transaction.</summary>
    internal IReadOnlyList<ChaosMigration> UndoneMigrations => CommitsAtObjects
        ? [new(1, "log", CreateLog, ChaosMigration.Log), .. Enumerable.Range(2, 12).Select(version => new ChaosMigration(version, "rows", ChaosMigration.Log, Slow, ChaosMigration.Log))]
        : Migrations;

    /// <summary>A statement that creates an object of a name.</summary>
    internal abstract string Create(string name);

    /// <summary>A migration's file.</summary>
    internal abstract string Text(ChaosMigration migration);

    /// <summary>What takes away every trace of a migration, in one transaction.</summary>
    internal abstract string RollbackOf(ChaosMigration migration);

    /// <summary>Reads what is in the database.</summary>
    /// <returns><see langword="null"/> when it was changed meanwhile.</returns>
    internal abstract Task<ChaosState?> ReadAsync(ContractDatabase database);

    /// <summary>Whether a migration stands as a whole or not at all.</summary>
    internal bool IsWhole(ChaosMigration migration) => migration.IsTransactional && !(CommitsAtObjects && migration.Statements.Any(ChangesSchema));

    /// <summary>Whether the note that a statement was done cannot be one commit with it.</summary>
    internal virtual bool IsAlone(string statement) => statement == Alone || (CommitsAtObjects && ChangesSchema(statement));

    /// <summary>Whether a statement changes the schema.</summary>
    private protected virtual bool ChangesSchema(string statement) => ChaosMigration.LeavesObject(statement);
}

namespace MigrationTasks.ContractTests;

/// <summary>What the contract suite has to write differently for each database.</summary>
public sealed record ContractDialect
{
    /// <summary>A query that runs for at least so many seconds.</summary>
    public required Func<int, string> Slow { get; init; }

    /// <summary>Creates <c>schema_migrations</c> as an earlier Node.js runner left it.</summary>
    public required string BareHistory { get; init; }

    /// <summary>A <c>000_migrations_table.sql</c>.</summary>
    public required string HistoryScript { get; init; }

    /// <summary>Creates <c>schema_migrations</c> as other tools do, by a word that the message must hold.</summary>
    public required IReadOnlyDictionary<string, string> ForeignHistories { get; init; }

    /// <summary>The statements that create the history of each other tool that works with this database, by the tool's name.</summary>
    public required IReadOnlyDictionary<string, string> ForeignTables { get; init; }

    /// <summary>Changes the state of the session in every way there is.</summary>
    public required string LeaveState { get; init; }

    /// <summary>Creates the table <c>state</c>, whose one row tells whether anything of it is left.</summary>
    public required string ObserveState { get; init; }

    /// <summary>What that row is when nothing is left.</summary>
    public required string CleanState { get; init; }

    /// <summary>
    /// Whether the database commits at every change of its schema, so that a migration with one runs statement by statement, without
    /// saying so in its header, and what it did stands when it fails.
    /// </summary>
    public bool CommitsSchemaChanges { get; init; }

    /// <summary>A statement about the table <c>a</c> or about none that no transaction can hold.</summary>
    public string Alone { get; init; } = "VACUUM";

    /// <summary>What the database cannot do, with the reason: the tests of it are skipped, and print it.</summary>
    public IReadOnlyDictionary<ContractFeature, string> Lacks { get; init; } = new Dictionary<ContractFeature, string>();
}

namespace MigrationTasks.ContractTests;

/// <summary>What the contract suite has to write differently for each database: statements in one line, without what ends them.</summary>
public abstract record ContractDialect
{
    /// <summary>A query that runs for at least so many seconds.</summary>
    public required Func<int, string> Slow { get; init; }

    /// <summary>A statement about the table <c>a</c> or about none that no transaction can hold.</summary>
    public required string Alone { get; init; }

    /// <summary>What <c>000_migrations_table</c> does: it creates <c>schema_migrations</c>.</summary>
    public required string HistoryScript { get; init; }

    /// <summary>Creates <c>schema_migrations</c> as other tools do, by a word that the message must hold.</summary>
    public required IReadOnlyDictionary<string, string> ForeignHistories { get; init; }

    /// <summary>
    /// Whether the database commits at every change of its schema, so that a migration with one runs statement by statement, without
    /// saying so in its header, and what it did stands when it fails.
    /// </summary>
    public bool CommitsSchemaChanges { get; init; }

    /// <summary>What a statement is called in messages about what stands.</summary>
    public virtual string Statement => "statement";

    /// <summary>A query that the database refuses, and names <c>nope</c> as it does; a transaction can hold it.</summary>
    public abstract string Fails { get; }

    /// <summary>Creates a table, or what the database has for one, with a column <c>id</c>.</summary>
    /// <param name="table">Its name.</param>
    /// <param name="ofText">Whether the column holds short texts rather than whole numbers.</param>
    public abstract string Create(string table, bool ofText);

    /// <summary>Drops a table.</summary>
    public abstract string Drop(string table);

    /// <summary>Adds a row, whose <c>id</c> is a whole number or a text; there may be others like it.</summary>
    public abstract string Insert(string table, object id);

    /// <summary>Deletes all rows with a number.</summary>
    public abstract string Delete(string table, int id);

    /// <summary>Changes nothing, and fails when there is no such table.</summary>
    public abstract string Read(string table);

    /// <summary>Where in a line an error of a statement is told.</summary>
    public abstract int ColumnOf(string statement);

    /// <summary>What a file holds before the first statement, its header with it, in whole lines.</summary>
    public abstract string Opening(ContractScript script);

    /// <summary>What stands between two statements; the last of it ends the line.</summary>
    public abstract string Separator { get; }

    /// <summary>What stands behind the last statement.</summary>
    public abstract string Closing { get; }
}

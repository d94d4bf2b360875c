namespace MigrationTasks.Engine.History;

/// <summary>A statement of SQL, and the values of its parameters in order.</summary>
/// <param name="Text">The statement.</param>
/// <param name="Values">Texts, whole numbers, times (<see cref="DateTimeOffset"/>) and <see langword="null"/>.</param>
public sealed record SqlText(string Text, params IReadOnlyList<object?> Values);

/// <summary>How an SQL database says what <see cref="SqlHistory"/> has to tell it.</summary>
public abstract class SqlHistoryDialect
{
    /// <summary>The table as it stands in a statement; always with the schema, so that no setting of a session changes which one it is.</summary>
    /// <param name="name">Its name, with the schema where the connection has one.</param>
    public abstract string TableOf(HistoryTableName name);

    /// <summary>The type of a column of the table, as its creation has it; <c>migration_name</c> is the primary key.</summary>
    /// <param name="column">One of <see cref="HistorySchema.Columns"/>.</param>
    public abstract string ColumnType(string column);

    /// <summary>What ends the creation of the table, behind its columns.</summary>
    public virtual string TableOptions => "";

    /// <summary>
    /// The columns of the table, a row a column and none when there is no table: its name, and whether a unique index makes the claim
    /// of a name exclusive.
    /// </summary>
    /// <param name="name">The table.</param>
    public abstract SqlText ShapeOf(HistoryTableName name);

    /// <summary>Makes the claim of a name exclusive.</summary>
    /// <param name="name">The table.</param>
    public virtual string AddUnique(HistoryTableName name) => $"ALTER TABLE {TableOf(name)} ADD UNIQUE ({HistorySchema.Name})";

    /// <summary>Whether one statement may add several columns.</summary>
    public virtual bool AddsColumnsTogether => false;

    /// <summary>What stands in a statement for a value.</summary>
    /// <param name="value">The value, as <see cref="SqlText.Values"/> has it.</param>
    /// <param name="parameters">Takes the value when it travels as a parameter.</param>
    public abstract string ValueOf(object? value, IList<object?> parameters);

    /// <summary>A text as somebody writes it by hand.</summary>
    /// <param name="text">The text.</param>
    public virtual string Literal(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return $"'{text.Replace("'", "''", StringComparison.Ordinal)}'";
    }

    /// <summary>Whether a column has a value, which may be NULL.</summary>
    /// <param name="column">The column.</param>
    /// <param name="value">What stands for the value.</param>
    public virtual string IsSame(string column, string value) => $"{column} IS NOT DISTINCT FROM {value}";

    /// <summary>Whether a row is that of a migration, by its letters as they are.</summary>
    /// <param name="name">The migration's name.</param>
    /// <param name="parameters">Takes it when it travels as a parameter.</param>
    public virtual string IsNamed(string name, IList<object?> parameters) => $"{HistorySchema.Name} = {ValueOf(name, parameters)}";

    /// <summary>What time it is by the database's clock; <see langword="null"/> where the run's own clock is as good.</summary>
    public virtual string? Now => null;

    /// <summary>How many milliseconds went by since <c>executed_at</c>; <see langword="null"/> for what the run itself has measured.</summary>
    public virtual string? Elapsed => null;

    /// <summary>The same in the transaction that wrote <c>executed_at</c>.</summary>
    public virtual string? ElapsedInTransaction => Elapsed;

    /// <summary>A change of one row, in a form that fails when it finds none; as it is where the database tells how many it found.</summary>
    /// <param name="change">The change.</param>
    public virtual string DemandRow(string change) => change;
}

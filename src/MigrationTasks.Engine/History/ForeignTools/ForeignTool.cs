namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>Another migration tool: how its history is recognised, and what is in it.</summary>
public abstract class ForeignTool
{
    /// <summary>The name by which <c>MigrateImportFrom</c> chooses it, such as <c>flyway</c>.</summary>
    public abstract string Name { get; }

    /// <summary>The name as the tool writes it, such as <c>Flyway</c>.</summary>
    public abstract string Title { get; }

    /// <summary>Where it keeps its history unless it is told otherwise.</summary>
    public abstract IReadOnlyList<HistoryTableName> Tables { get; }

    /// <summary>The columns by which the table is recognised.</summary>
    public abstract IReadOnlyList<string> Columns { get; }

    /// <summary>Other columns to read, where they are there.</summary>
    public virtual IReadOnlyList<string> OtherColumns => [];

    /// <summary>In what databases it keeps it.</summary>
    public virtual RowStores Stores => RowStores.Tables;

    /// <summary>Whether a table has the shape of this tool's history.</summary>
    /// <param name="columns">The table's columns.</param>
    public virtual bool Recognises(IReadOnlyCollection<string> columns) =>
        Columns.All(column => columns.Contains(column, StringComparer.OrdinalIgnoreCase));

    /// <summary>Makes sense of the rows: what the history says is applied now, in the order in which it was.</summary>
    /// <param name="rows">The rows, in any order.</param>
    public abstract IEnumerable<ForeignEntry> Read(IReadOnlyList<ForeignRow> rows);

    /// <summary>Whether this is where the tool keeps its history by default.</summary>
    internal bool IsUsualTable(HistoryTableName table) => Tables.Any(usual =>
        usual.Table.Equals(table.Table, StringComparison.OrdinalIgnoreCase)
        && (usual.Schema is null || usual.Schema.Equals(table.Schema, StringComparison.OrdinalIgnoreCase)));

    /// <inheritdoc/>
    public override string ToString() => Title;
}

/// <summary>A history of another tool that was found.</summary>
/// <param name="Tool">Whose it is.</param>
/// <param name="Table">Its table.</param>
public sealed record ForeignHistoryTable(ForeignTool Tool, TableShape Table)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Tool.Title} ({Table.Name})";
}

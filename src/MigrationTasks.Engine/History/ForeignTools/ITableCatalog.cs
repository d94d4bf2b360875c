namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>A table that there is, or what the database has for one.</summary>
/// <param name="Name">Its name as the database has it, with its schema where there are schemas.</param>
/// <param name="Columns">Its columns, as the database has them; where every row has columns of its own, those of some rows.</param>
public sealed record TableShape(HistoryTableName Name, IReadOnlyList<string> Columns);

/// <summary>What databases keep rows in.</summary>
[Flags]
public enum RowStores
{
    /// <summary>Tables.</summary>
    Tables = 1,

    /// <summary>Collections of documents.</summary>
    Collections = 2,
}

/// <summary>
/// A database with tables, whose histories of other tools can be found and read. Nothing of them is ever changed.
/// </summary>
public interface ITableCatalog
{
    /// <summary>What the database keeps rows in: only tools that know such databases are looked for.</summary>
    RowStores Stores => RowStores.Tables;

    /// <summary>Looks tables up by name, with one query.</summary>
    /// <param name="names">
    /// The names, in any case. One without a schema is looked for in the schema of the history and in the database's usual one;
    /// one with a schema only there, and nowhere in a database without schemas.
    /// </param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>Those that there are; of two with the same name, the one in the schema of the history comes first.</returns>
    Task<IReadOnlyList<TableShape>> FindTablesAsync(IReadOnlyCollection<HistoryTableName> names, CancellationToken cancellation);

    /// <summary>Reads all rows of a table.</summary>
    /// <param name="table">The table, as <see cref="FindTablesAsync"/> gave it.</param>
    /// <param name="columns">The columns to read, as it gave them.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The rows, with the values of the columns in order: texts, numbers, truth values, times, or <see langword="null"/>.</returns>
    Task<IReadOnlyList<IReadOnlyList<object?>>> ReadTableAsync(HistoryTableName table, IReadOnlyList<string> columns, CancellationToken cancellation);
}

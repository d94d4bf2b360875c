using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;

namespace MigrationTasks.Engine.Commands.Import;

/// <summary>
/// The history of another tool that has the name of ours, such as dbmate's, and the name that ours has instead. Theirs keeps its own:
/// the tool can go on, and so can those programs that migrate with it as they start.
/// </summary>
/// <param name="Foreign">The other tool's history.</param>
/// <param name="Free">The name that no other tool has taken.</param>
internal sealed record TakenHistory(ForeignHistoryTable Foreign, HistoryTableName Free)
{
    // The first, wherever it can be: another database of the project was adopted with it, or will be.
    private static readonly string[] Names = ["migration_history", "migrationtasks_history"];

    /// <summary>Finds whose the table of our history is.</summary>
    /// <param name="catalog">The database's tables.</param>
    /// <param name="table">The table of our history, which is not ours.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>The history; <see langword="null"/> when it is none that can be imported.</returns>
    public static async Task<TakenHistory?> FindAsync(ITableCatalog catalog, HistoryTableName table, CancellationToken cancellation)
    {
        var candidates = Names.Select(name => new HistoryTableName(table.Schema, name)).ToList();
        var tables = await catalog.FindTablesAsync([table, .. candidates], cancellation).ConfigureAwait(false);
        var taken = tables.FirstOrDefault(found => IsCalled(found, table.Table));
        var tool = taken is null ? null : KnownTools.Of(catalog).FirstOrDefault(tool => tool.Recognises([.. taken.Columns]));
        var free = candidates.Find(name => IsFree(tables.FirstOrDefault(found => IsCalled(found, name.Table) && found.Name.Schema == taken?.Name.Schema)));
        return tool is null || free is null ? null : new TakenHistory(new ForeignHistoryTable(tool, taken!), free);
    }

    private static bool IsCalled(TableShape table, string name) => table.Name.Table.Equals(name, StringComparison.OrdinalIgnoreCase);

    // A collection without documents has no fields yet.
    private static bool IsFree(TableShape? table) => table is null || table.Columns.Count == 0 || table.Columns.Contains(HistorySchema.Name, StringComparer.OrdinalIgnoreCase);
}

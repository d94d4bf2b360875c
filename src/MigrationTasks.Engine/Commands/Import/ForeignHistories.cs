using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History.ForeignTools;

namespace MigrationTasks.Engine.Commands.Import;

/// <summary>Finds and reads the histories of other tools in a database.</summary>
internal static class ForeignHistories
{
    /// <summary>The histories that are where their tools keep them.</summary>
    public static async Task<IReadOnlyList<ForeignHistoryTable>> FindAsync(ITableCatalog catalog, CancellationToken cancellation)
    {
        var tables = await catalog.FindTablesAsync([.. KnownTools.Of(catalog).SelectMany(tool => tool.Tables).Distinct()], cancellation).ConfigureAwait(false);
        return [.. tables.Select(table => FindOwner(catalog, table) is { } tool ? new ForeignHistoryTable(tool, table) : null).OfType<ForeignHistoryTable>()];
    }

    /// <summary>Like <see cref="FindAsync"/>, but only those that hold something: an empty one is nothing to lose.</summary>
    public static async Task<IReadOnlyList<ForeignHistoryTable>> FindInUseAsync(ITableCatalog catalog, CancellationToken cancellation)
    {
        var inUse = new List<ForeignHistoryTable>();
        foreach (var history in await FindAsync(catalog, cancellation).ConfigureAwait(false))
        {
            if (await IsInUseAsync(catalog, history, cancellation).ConfigureAwait(false))
            {
                inUse.Add(history);
            }
        }

        return inUse;
    }

    /// <summary>The one history that is meant.</summary>
    /// <param name="catalog">The database's tables.</param>
    /// <param name="options">Which one is meant, as far as it was said.</param>
    /// <param name="target">The database, for messages.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MigrationException">MIG3025 when there is none; MIG3026 when there are several; MIG3029 when the table that was named is none.</exception>
    public static async Task<ForeignHistoryTable> ChooseAsync(ITableCatalog catalog, ImportOptions options, string target, CancellationToken cancellation)
    {
        var hasCollections = catalog.Stores == RowStores.Collections;
        if (options.Table is { } table)
        {
            var shape = await catalog.FindTablesAsync([table], cancellation).ConfigureAwait(false) is [var first, ..] ? first : throw Errors.ForeignTableMissing(table.ToString(), target, hasCollections);
            var tool = options.From is { } from ? (from.Recognises([.. shape.Columns]) ? from : null) : KnownTools.Of(catalog).FirstOrDefault(tool => tool.Recognises([.. shape.Columns]));
            return tool is null ? throw Errors.ForeignTableUnknown(shape.Name.ToString(), options.From?.Title, shape.Columns, hasCollections) : new ForeignHistoryTable(tool, shape);
        }

        var usual = await FindAsync(catalog, cancellation).ConfigureAwait(false);
        var found = options.Taken is { } taken && !usual.Any(history => history.Table.Name == taken.Table.Name) ? usual.Prepend(taken).ToList() : usual;
        var meant = found.Where(history => options.From is null || history.Tool == options.From).ToList();
        return meant.Count switch
        {
            1 => meant[0],
            0 => throw Errors.NoForeignHistory(target, options.From?.Title, [.. found.Select(history => history.ToString())], KnownTools.Of(catalog).Select(tool => tool.Title), hasCollections),
            _ => throw Errors.SeveralForeignHistories(target, [.. meant.Select(history => (history.Tool.Name, history.Table.Name.ToString()))]),
        };
    }

    /// <summary>Reads what a history says is applied.</summary>
    public static async Task<IReadOnlyList<ForeignEntry>> ReadAsync(ITableCatalog catalog, ForeignHistoryTable history, CancellationToken cancellation)
    {
        var (tool, table) = history;
        var columns = table.Columns.Where(column => tool.Columns.Concat(tool.OtherColumns).Contains(column, StringComparer.OrdinalIgnoreCase)).ToList();
        var rows = await catalog.ReadTableAsync(table.Name, columns, cancellation).ConfigureAwait(false);
        return [.. tool.Read([.. rows.Select(row => new ForeignRow(columns, row))])];
    }

    private static ForeignTool? FindOwner(ITableCatalog catalog, TableShape table) =>
        KnownTools.Of(catalog).FirstOrDefault(tool => tool.IsUsualTable(table.Name) && tool.Recognises([.. table.Columns]));

    private static async Task<bool> IsInUseAsync(ITableCatalog catalog, ForeignHistoryTable history, CancellationToken cancellation)
    {
        try
        {
            var entries = await ReadAsync(catalog, history, cancellation).ConfigureAwait(false);
            return entries.Any(entry => entry.Kind != ForeignEntryKind.WithoutFile);
        }
        catch (MigrationException exception) when (exception.Code == "MIG4013")
        {
            // Who may not read it cannot know that it is empty.
            return true;
        }
    }
}

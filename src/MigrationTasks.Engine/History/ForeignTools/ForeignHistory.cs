using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>Recognises the tables of other tools that have the name of the history.</summary>
internal static class ForeignHistory
{
    // Those whose history cannot be imported.
    private static readonly (string Tool, string[] Columns)[] Others =
    [
        ("graphile-migrate", ["hash", "previous_hash"]),
        ("another tool with versions", ["version"]),
    ];

    /// <summary>What to say of a table without <c>migration_name</c>.</summary>
    /// <param name="table">The table.</param>
    /// <param name="columns">Its columns.</param>
    /// <param name="store">What the database calls a table.</param>
    public static MigrationException Refuse(HistoryTableName table, IReadOnlyList<string> columns, RowStores store)
    {
        var tool = KnownTools.Recognise([.. columns]);
        var owner = tool?.Title ?? Others.FirstOrDefault(other => other.Columns.All(column => columns.Contains(column, StringComparer.OrdinalIgnoreCase))).Tool;
        return Errors.ForeignHistory(table.ToString(), owner, tool is not null, columns, store == RowStores.Collections);
    }
}

using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;

namespace MigrationTasks.Sqlite;

/// <summary>Finds and reads tables of other tools. There are no schemas: a name with one is that of no table.</summary>
internal static class SqliteCatalog
{
    public static IReadOnlyList<TableShape> Find(SqliteSession session, IReadOnlyCollection<HistoryTableName> names, CancellationToken cancellation)
    {
        var wanted = names.Where(name => name.Schema is null).Select(name => name.Table).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return
        [
            .. session.Query("SELECT t.name, c.name FROM main.sqlite_master AS t, pragma_table_info(t.name) AS c WHERE t.type IN ('table', 'view') ORDER BY t.name, c.cid", cancellation).Rows
                .GroupBy(row => (string)row[0]!, row => (string)row[1]!)
                .Where(table => wanted.Contains(table.Key))
                .Select(table => new TableShape(new HistoryTableName(null, table.Key), [.. table])),
        ];
    }

    public static IReadOnlyList<IReadOnlyList<object?>> Read(SqliteSession session, HistoryTableName table, IReadOnlyList<string> columns, CancellationToken cancellation) =>
        session.Query($"SELECT {string.Join(", ", columns.Select(Quote))} FROM main.{Quote(table.Table)}", cancellation).Rows;

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>Finds and reads tables of other tools.</summary>
internal sealed class MySqlCatalog(MySqlConnection connection, IReadOnlyCollection<string> databases)
{
    public async Task<IReadOnlyList<TableShape>> FindAsync(IReadOnlyCollection<HistoryTableName> names, CancellationToken cancellation)
    {
        var places = names.SelectMany(name => name.Schema is null ? databases.Select(database => (Database: database, name.Table)) : [(name.Schema, name.Table)]).Distinct();
        var (_, rows) = await MySqlRows.ReadAsync(
            connection,
            $"""
            SELECT TABLE_SCHEMA, TABLE_NAME, COLUMN_NAME FROM information_schema.COLUMNS
            WHERE {string.Join(" OR ", places.Select(place => $"(LOWER(TABLE_SCHEMA) = LOWER({MySqlLiteral.Of(place.Database)}) AND LOWER(TABLE_NAME) = LOWER({MySqlLiteral.Of(place.Table)}))"))}
            ORDER BY TABLE_SCHEMA, TABLE_NAME, ORDINAL_POSITION
            """,
            cancellation).ConfigureAwait(false);
        return
        [
            .. rows.GroupBy(row => new HistoryTableName((string)row[0]!, (string)row[1]!))
                .OrderByDescending(table => table.Key.Schema!.Equals(databases.First(), StringComparison.OrdinalIgnoreCase))
                .Select(table => new TableShape(table.Key, [.. table.Select(row => (string)row[2]!)])),
        ];
    }

    public async Task<IReadOnlyList<IReadOnlyList<object?>>> ReadAsync(HistoryTableName table, IReadOnlyList<string> columns, CancellationToken cancellation)
    {
        var sql = $"SELECT {string.Join(", ", columns.Select(MySqlLiteral.Quote))} FROM {MySqlLiteral.Quote(table.Schema!)}.{MySqlLiteral.Quote(table.Table)}";
        return (await MySqlRows.ReadAsync(connection, sql, cancellation).ConfigureAwait(false)).Rows;
    }
}

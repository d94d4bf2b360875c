using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>Finds and reads tables of other tools.</summary>
internal sealed class PostgreSqlCatalog(NpgsqlConnection connection, string historySchema)
{
    private const string UsualSchema = "public";

    // A text that is split, because a session without types knows no arrays.
    private const string Find = """
        SELECT n.nspname::text, c.relname::text, a.attname::text
        FROM pg_catalog.pg_class c
        JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
        JOIN pg_catalog.pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
        WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
          AND pg_catalog.lower(n.nspname || '.' || c.relname) = ANY (pg_catalog.string_to_array(pg_catalog.lower($1), ','))
        ORDER BY n.nspname, c.relname, a.attnum
        """;

    public async Task<IReadOnlyList<TableShape>> FindAsync(IReadOnlyCollection<HistoryTableName> names, CancellationToken cancellation)
    {
        var places = names.SelectMany(name => name.Schema is null ? [$"{historySchema}.{name.Table}", $"{UsualSchema}.{name.Table}"] : new[] { name.ToString() });
        var (_, rows) = await PostgreSqlRows.ReadAsync(connection, Find, [string.Join(',', places)], asText: false, cancellation).ConfigureAwait(false);
        return
        [
            .. rows.GroupBy(row => new HistoryTableName((string)row[0]!, (string)row[1]!))
                .OrderByDescending(table => table.Key.Schema == historySchema)
                .Select(table => new TableShape(table.Key, [.. table.Select(row => (string)row[2]!)])),
        ];
    }

    /// <summary>Reads every value as the text that the server makes of it, whatever its type.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<object?>>> ReadAsync(HistoryTableName table, IReadOnlyList<string> columns, CancellationToken cancellation)
    {
        var sql = $"SELECT {string.Join(", ", columns.Select(PostgreSqlHistory.Quote))} FROM {PostgreSqlHistory.Quote(table.Schema!)}.{PostgreSqlHistory.Quote(table.Table)}";
        return (await PostgreSqlRows.ReadAsync(connection, sql, [], asText: true, cancellation).ConfigureAwait(false)).Rows;
    }
}

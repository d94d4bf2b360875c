using MigrationTasks.Engine.History;

namespace DuckDbSample;

/// <summary>How the history is said to DuckDB. Statements may name another database the current one: the table is named with its own.</summary>
public sealed class DuckDbHistoryDialect(DuckDbConfig config) : SqlHistoryDialect
{
    // Names of tables hold letters, digits, _ and - only, so that quoting them is enough.
    public override string TableOf(HistoryTableName name) => $"\"{config.Catalog.Replace("\"", "\"\"", StringComparison.Ordinal)}\".\"{name.Schema ?? "main"}\".\"{name.Table}\"";

    public override string ColumnType(string column) => column switch
    {
        HistorySchema.Name => "VARCHAR PRIMARY KEY",
        HistorySchema.ExecutedAt => "TIMESTAMP",
        HistorySchema.Duration => "BIGINT",
        HistorySchema.Status => "VARCHAR DEFAULT 'applied'",
        HistorySchema.StatementsDone => "INTEGER",
        _ => "VARCHAR",
    };

    public override string ValueOf(object? value, IList<object?> parameters)
    {
        parameters.Add(value);
        return $"${parameters.Count}";
    }

    public override SqlText ShapeOf(HistoryTableName name) => new(
        """
        SELECT column_name, EXISTS (
          SELECT 1 FROM duckdb_constraints() WHERE database_name = $1 AND lower(schema_name) = lower($2) AND lower(table_name) = lower($3)
            AND constraint_type IN ('PRIMARY KEY', 'UNIQUE') AND array_to_string(constraint_column_names, ',') = $4
          UNION ALL
          SELECT 1 FROM duckdb_indexes() WHERE database_name = $1 AND lower(schema_name) = lower($2) AND lower(table_name) = lower($3)
            AND is_unique AND expressions IN ('[' || $4 || ']', '[''' || $4 || ''']'))
        FROM information_schema.columns WHERE table_catalog = $1 AND lower(table_schema) = lower($2) AND lower(table_name) = lower($3)
        """,
        config.Catalog, name.Schema ?? "main", name.Table, HistorySchema.Name);

    public override string AddUnique(HistoryTableName name) => $"CREATE UNIQUE INDEX \"{name.Table}_{HistorySchema.Name}\" ON {TableOf(name)} ({HistorySchema.Name})";
}

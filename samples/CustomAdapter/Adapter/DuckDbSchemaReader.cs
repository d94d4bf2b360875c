using MigrationTasks.Engine.Schema;

namespace DuckDbSample;

/// <summary>Reads the schema of a file in one query: each row is an object, or a fact of one.</summary>
public static class DuckDbSchemaReader
{
    // The catalogue ($1), and the name of the history's table ($2), which is left out.
    private const string Facts = """
        SELECT 'schema' AS kind, schema_name AS name, NULL AS fact, '' AS fact_name, '' AS payload, 0 AS position
        FROM duckdb_schemas() WHERE database_name = $1 AND NOT internal
        UNION ALL
        SELECT 'table', schema_name || '.' || table_name, NULL, '', '', 0
        FROM duckdb_tables() WHERE database_name = $1 AND lower(table_name) <> lower($2)
        UNION ALL
        SELECT 'table', schema_name || '.' || table_name, 'comment', '', comment, 0
        FROM duckdb_tables() WHERE database_name = $1 AND comment IS NOT NULL AND lower(table_name) <> lower($2)
        UNION ALL
        -- What makes a column of others is told nowhere but in the statement.
        SELECT 'table', schema_name || '.' || table_name, 'definition', '', sql, 0
        FROM duckdb_tables() WHERE database_name = $1 AND sql ILIKE '%GENERATED ALWAYS AS%' AND lower(table_name) <> lower($2)
        UNION ALL
        SELECT 'table', schema_name || '.' || table_name, 'column', column_name,
            data_type || CASE WHEN is_nullable THEN '' ELSE ' not null' END || coalesce(' default ' || column_default, ''), column_index
        FROM duckdb_columns() JOIN duckdb_tables() USING (database_name, schema_name, table_name)
        WHERE database_name = $1 AND lower(table_name) <> lower($2)
        UNION ALL
        SELECT 'table', schema_name || '.' || table_name, 'constraint', constraint_text, '', 0
        FROM duckdb_constraints() WHERE database_name = $1 AND constraint_type <> 'NOT NULL' AND lower(table_name) <> lower($2)
        UNION ALL
        SELECT 'table', schema_name || '.' || table_name, 'index', index_name, sql, 0
        FROM duckdb_indexes() WHERE database_name = $1 AND lower(table_name) <> lower($2)
        UNION ALL
        SELECT 'view', schema_name || '.' || view_name, 'definition', '', sql, 0
        FROM duckdb_views() WHERE database_name = $1 AND NOT internal
        UNION ALL
        SELECT 'sequence', schema_name || '.' || sequence_name, 'definition', '',
            format('from {} to {} by {}, starting at {}{}', min_value, max_value, increment_by, start_value, CASE WHEN cycle THEN ', cycling' ELSE '' END), 0
        FROM duckdb_sequences() WHERE database_name = $1
        UNION ALL
        SELECT 'macro', schema_name || '.' || function_name, 'definition', array_to_string(parameters, ', '), macro_definition, 0
        FROM duckdb_functions() WHERE database_name = $1 AND NOT internal AND macro_definition IS NOT NULL
        UNION ALL
        SELECT 'type', schema_name || '.' || type_name, 'definition', '', logical_type || coalesce(' ' || labels::VARCHAR, ''), 0
        FROM duckdb_types() WHERE database_name = $1 AND NOT internal
        """;

    /// <summary>Reads the schema.</summary>
    public static SchemaSnapshot Read(DuckDbSession session, DuckDbConfig config, CancellationToken cancellation)
    {
        var version = (string)session.Query("SELECT 'DuckDB ' || split_part(ltrim(version(), 'v'), '.', 1)", cancellation).Rows[0][0]!;
        var schema = new SchemaBuilder();
        foreach (var row in session.Query(Facts, cancellation, config.Catalog, config.Settings.HistoryTable.Table).Rows)
        {
            var (kind, name) = ((string)row[0]!, (string)row[1]!);
            _ = row[2] is string fact
                ? schema.Add(kind, name, new SchemaFact(fact, (string)row[3]!, (string?)row[4] ?? "") { Position = Convert.ToInt32(row[5], null) })
                : schema.Add(kind, name);
        }

        return schema.Build(version);
    }
}

using System.Globalization;
using MigrationTasks.Engine.History;

namespace MigrationTasks.PostgreSql;

/// <summary>How the history is said to PostgreSQL: the table is named with its schema.</summary>
internal class PostgreSqlHistoryDialect : SqlHistoryDialect
{
    public override string TableOf(HistoryTableName name) => $"{PostgreSqlHistory.Quote(name.Schema!)}.{PostgreSqlHistory.Quote(name.Table)}";

    public override string ColumnType(string column) => column switch
    {
        HistorySchema.Name => "text PRIMARY KEY",
        HistorySchema.ExecutedAt => "timestamptz",
        HistorySchema.Duration => "bigint",
        HistorySchema.Status => "text NOT NULL DEFAULT 'applied'",
        HistorySchema.StatementsDone => "integer",
        _ => "text",
    };

    /// <inheritdoc/>
    /// <remarks>A row without a name when there is no table; each tells also whether the schema exists.</remarks>
    public override SqlText ShapeOf(HistoryTableName name) => new(
        """
        SELECT a.attname::text,
          EXISTS (
            SELECT FROM pg_catalog.pg_index i JOIN pg_catalog.pg_attribute k ON k.attrelid = i.indrelid AND k.attnum = i.indkey[0]
            WHERE i.indrelid = pg_catalog.to_regclass($1) AND i.indisunique AND i.indisvalid AND i.indpred IS NULL AND i.indnkeyatts = 1 AND k.attname = $3),
          pg_catalog.to_regnamespace($2) IS NOT NULL
        FROM (SELECT) one LEFT JOIN pg_catalog.pg_attribute a ON a.attrelid = pg_catalog.to_regclass($1) AND a.attnum > 0 AND NOT a.attisdropped
        ORDER BY a.attnum
        """,
        TableOf(name),
        PostgreSqlHistory.Quote(name.Schema!),
        HistorySchema.Name);

    public override bool AddsColumnsTogether => true;

    public override string ValueOf(object? value, IList<object?> parameters)
    {
        parameters.Add(value);
        return string.Create(CultureInfo.InvariantCulture, $"${parameters.Count}");
    }

    public override string? Now => "pg_catalog.now()";

    public override string? ElapsedInTransaction => "(EXTRACT(epoch FROM pg_catalog.clock_timestamp() - pg_catalog.now()) * 1000)::pg_catalog.int8";

    // Without the row it divides by zero, which stops whatever comes after it in the same round trip.
    public override string DemandRow(string change) => $"WITH changed AS ({change} RETURNING 1) SELECT 1 / pg_catalog.count(*) FROM changed";
}

/// <summary>The same for psql: values stand in the statements.</summary>
internal sealed class PsqlHistoryDialect : PostgreSqlHistoryDialect
{
    public override string ValueOf(object? value, IList<object?> parameters) => PsqlText.Literal(value);

    public override string? Elapsed => $"(EXTRACT(epoch FROM pg_catalog.clock_timestamp() - {HistorySchema.ExecutedAt}) * 1000)::pg_catalog.int8";
}

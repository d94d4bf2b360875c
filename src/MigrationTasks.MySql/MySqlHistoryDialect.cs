using MigrationTasks.Engine.History;

namespace MigrationTasks.MySql;

/// <summary>How the history is said to MySQL: the table is named with its database, and values stand in the statements.</summary>
internal sealed class MySqlHistoryDialect : SqlHistoryDialect
{
    // The letters of a name count as they are: with the usual collations, 1_a.sql, 1_A.sql and 1_ä.sql would be the same.
    public override string ColumnType(string column) => column switch
    {
        HistorySchema.Name => "varchar(255) CHARACTER SET utf8mb4 COLLATE utf8mb4_bin NOT NULL PRIMARY KEY",
        HistorySchema.ExecutedAt => "datetime(6)",
        HistorySchema.Duration => "bigint",
        HistorySchema.Status => "varchar(20) NOT NULL DEFAULT 'applied'",
        HistorySchema.StatementsDone => "int",
        HistorySchema.Rollback => "longtext",
        HistorySchema.Folder => "text",
        _ => "varchar(100)",
    };

    public override string TableOf(HistoryTableName name) => $"{MySqlLiteral.Quote(name.Schema!)}.{MySqlLiteral.Quote(name.Table)}";

    public override string TableOptions => " ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin";

    public override SqlText ShapeOf(HistoryTableName name) => new($"""
        SELECT COLUMN_NAME, {IsUnique(name)}
        FROM information_schema.COLUMNS
        WHERE {IsTable(name)}
        ORDER BY ORDINAL_POSITION
        """);

    /// <summary>What makes a table complete of which nobody knows the columns: of use where nobody can look first.</summary>
    public IReadOnlyList<string> CompleteUnknown(HistoryTableName name) =>
    [
        $"""
        SET @migration_tasks = CONCAT({MySqlLiteral.Of($"ALTER TABLE {TableOf(name)} ")}, CONCAT_WS(', ',
          {string.Join(",\n  ", HistorySchema.Columns.Where(column => column != HistorySchema.Name).Select(column => AddUnlessThere(name, column)))},
          IF({IsUnique(name)}, NULL, 'ADD UNIQUE ({HistorySchema.Name})')))
        """,
        "PREPARE migration_tasks FROM @migration_tasks",
        "EXECUTE migration_tasks",
        "DEALLOCATE PREPARE migration_tasks",
    ];

    public override bool AddsColumnsTogether => true;

    public override string ValueOf(object? value, IList<object?> parameters) => MySqlLiteral.Of(value);

    public override string IsSame(string column, string value) => $"{column} <=> {value}";

    // Whatever collation an earlier tool's column has.
    public override string IsNamed(string name, IList<object?> parameters) => $"{HistorySchema.Name} = {MySqlLiteral.Exact(name)}";

    public override string Literal(string text) => base.Literal(text.Replace("\\", "\\\\", StringComparison.Ordinal));

    public override string? Now => "UTC_TIMESTAMP(6)";

    // An earlier tool's column may know whole seconds only, and round them up.
    public override string? Elapsed => $"GREATEST(0, TIMESTAMPDIFF(MICROSECOND, {HistorySchema.ExecutedAt}, UTC_TIMESTAMP(6)) DIV 1000)";

    private static string IsTable(HistoryTableName name) => $"TABLE_SCHEMA = {MySqlLiteral.Of(name.Schema)} AND TABLE_NAME = {MySqlLiteral.Of(name.Table)}";

    private static string IsUnique(HistoryTableName name) => $"""
        EXISTS (SELECT 1 FROM information_schema.STATISTICS WHERE {IsTable(name)}
          GROUP BY INDEX_NAME HAVING MAX(NON_UNIQUE) = 0 AND COUNT(*) = 1 AND MAX(COLUMN_NAME) = '{HistorySchema.Name}' AND MAX(SUB_PART) IS NULL)
        """;

    private string AddUnlessThere(HistoryTableName name, string column) =>
        $"IF(EXISTS (SELECT 1 FROM information_schema.COLUMNS WHERE {IsTable(name)} AND COLUMN_NAME = '{column}'), NULL, {MySqlLiteral.Of($"ADD COLUMN {column} {ColumnType(column)}")})";
}

using System.Globalization;
using MigrationTasks.Engine.History;

namespace MigrationTasks.Sqlite;

/// <summary>How the history is said to SQLite.</summary>
internal class SqliteHistoryDialect : SqlHistoryDialect
{
    /// <inheritdoc/>
    /// <remarks>Its name holds letters, digits, _ and - only, so that quoting it is enough.</remarks>
    public override string TableOf(HistoryTableName name) => $"main.\"{name.Table}\"";

    public override string ColumnType(string column) => column switch
    {
        HistorySchema.Name => "TEXT NOT NULL PRIMARY KEY",
        HistorySchema.Status => "TEXT NOT NULL DEFAULT 'applied'",
        HistorySchema.Duration or HistorySchema.StatementsDone => "INTEGER",
        _ => "TEXT",
    };

    // The key of a table is one of its indexes.
    public override SqlText ShapeOf(HistoryTableName name) => new(
        $"""
        SELECT name, EXISTS (
          SELECT 1 FROM pragma_index_list(?1) AS i, pragma_index_info(i.name) AS c
          WHERE i."unique" AND NOT i.partial GROUP BY i.name HAVING count(*) = 1 AND max(c.name) = '{HistorySchema.Name}' COLLATE NOCASE)
        FROM pragma_table_info(?1)
        """,
        name.Table);

    public override string AddUnique(HistoryTableName name) => $"CREATE UNIQUE INDEX main.\"{name.Table}_{HistorySchema.Name}\" ON \"{name.Table}\" ({HistorySchema.Name})";

    public override string ValueOf(object? value, IList<object?> parameters)
    {
        parameters.Add(value is DateTimeOffset time ? TextOf(time) : value);
        return string.Create(CultureInfo.InvariantCulture, $"?{parameters.Count}");
    }

    public override string IsSame(string column, string value) => $"{column} IS {value}";

    /// <summary>A time as the table holds it.</summary>
    private static string TextOf(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}

/// <summary>The same for the sqlite3 shell: values stand in the statements, and times are those when the script runs.</summary>
internal sealed class ShellHistoryDialect : SqliteHistoryDialect
{
    public override string ValueOf(object? value, IList<object?> parameters) => value switch
    {
        null => "NULL",
        string text => ShellText.OfValue(text),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    public override string? Now => "strftime('%Y-%m-%dT%H:%M:%fZ', 'now')";

    public override string? Elapsed => $"CAST(round((julianday('now') - julianday({HistorySchema.ExecutedAt})) * 86400000) AS INTEGER)";
}

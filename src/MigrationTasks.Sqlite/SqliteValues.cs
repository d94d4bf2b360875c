using System.Globalization;
using SQLitePCL;

namespace MigrationTasks.Sqlite;

/// <summary>Carries values into a statement and out of its rows.</summary>
internal static class SqliteValues
{
    /// <summary>Gives a statement its parameters <c>?1</c>, <c>?2</c>, … in order.</summary>
    public static void Bind(sqlite3_stmt statement, ReadOnlySpan<object?> arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            _ = arguments[i] switch
            {
                null => raw.sqlite3_bind_null(statement, i + 1),
                string text => raw.sqlite3_bind_text(statement, i + 1, text),
                byte[] bytes => raw.sqlite3_bind_blob(statement, i + 1, bytes),
                double or float or decimal => raw.sqlite3_bind_double(statement, i + 1, Convert.ToDouble(arguments[i], CultureInfo.InvariantCulture)),
                bool or byte or sbyte or short or ushort or int or uint or long => raw.sqlite3_bind_int64(statement, i + 1, Convert.ToInt64(arguments[i], CultureInfo.InvariantCulture)),
                var other => raw.sqlite3_bind_text(statement, i + 1, Convert.ToString(other, CultureInfo.InvariantCulture)),
            };
        }
    }

    /// <summary>The names of a statement's columns.</summary>
    public static IEnumerable<string> ReadColumns(sqlite3_stmt statement) =>
        Enumerable.Range(0, raw.sqlite3_column_count(statement)).Select(column => raw.sqlite3_column_name(statement, column).utf8_to_string());

    /// <summary>The values of the row that a statement is at.</summary>
    public static object?[] ReadRow(sqlite3_stmt statement)
    {
        var values = new object?[raw.sqlite3_column_count(statement)];
        for (var column = 0; column < values.Length; column++)
        {
            values[column] = raw.sqlite3_column_type(statement, column) switch
            {
                raw.SQLITE_INTEGER => raw.sqlite3_column_int64(statement, column),
                raw.SQLITE_FLOAT => raw.sqlite3_column_double(statement, column),
                raw.SQLITE_TEXT => raw.sqlite3_column_text(statement, column).utf8_to_string(),
                raw.SQLITE_BLOB => raw.sqlite3_column_blob(statement, column).ToArray(),
                _ => null,
            };
        }

        return values;
    }
}

using System.Globalization;

namespace MigrationTasks.Engine.Reporting;

/// <summary>Aligns the columns of plain text.</summary>
internal static class TextTable
{
    private const string Gap = "   ";

    /// <param name="indent">What every line starts with.</param>
    /// <param name="rows">The cells, in each row as many.</param>
    public static IEnumerable<string> Lines(string indent, IReadOnlyList<string[]> rows)
    {
        var widths = rows.Count == 0 ? [] : Enumerable.Range(0, rows[0].Length).Select(column => rows.Max(row => Width(row[column]))).ToList();
        return rows.Select(row => (indent + string.Join(Gap, row.Select((cell, column) => cell + new string(' ', widths[column] - Width(cell))))).TrimEnd());
    }

    // What a reader sees as one character may be several in memory.
    private static int Width(string cell) => new StringInfo(cell).LengthInTextElements;
}

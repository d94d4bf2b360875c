using System.Globalization;

namespace MigrationTasks.Engine.Reporting;

/// <summary>Aligns the columns of plain text.</summary>
/// <param name="indent">What every line starts with.</param>
internal sealed class TextTable(string indent)
{
    private const string Gap = "   ";
    private readonly List<string[]> _rows = [];

    public void Add(params string[] cells) => _rows.Add(cells);

    public IEnumerable<string> Lines()
    {
        if (_rows.Count == 0)
        {
            return [];
        }

        var widths = Enumerable.Range(0, _rows.Max(row => row.Length)).Select(column => _rows.Max(row => Width(row[column]))).ToArray();
        return _rows.Select(row => (indent + string.Join(Gap, row.Select((cell, column) => cell + new string(' ', widths[column] - Width(cell))))).TrimEnd());
    }

    // What a reader sees as one character may be several in memory.
    private static int Width(string cell) => new StringInfo(cell).LengthInTextElements;
}

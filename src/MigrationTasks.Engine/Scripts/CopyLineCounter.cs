namespace MigrationTasks.Engine.Scripts;

/// <summary>Counts the lines of COPY's rows as PostgreSQL does: one that ends in an escaped line break goes on.</summary>
/// <param name="format">How the rows are written.</param>
internal sealed class CopyLineCounter(CopyFormat format)
{
    private int _line = 1;
    private bool _isEscaped;

    /// <summary>Where a line starts in the rows that come next, if it does.</summary>
    public int? IndexOf(int line, ReadOnlySpan<char> rows)
    {
        var index = 0;
        while (_line < line && index < rows.Length)
        {
            if (_isEscaped)
            {
                _isEscaped = false;
                index++;
                continue;
            }

            var rest = rows[index..];
            var next = format == CopyFormat.Csv ? rest.IndexOf('\n') : rest.IndexOfAny('\n', '\\');
            if (next < 0)
            {
                return null;
            }

            _isEscaped = rest[next] == '\\';
            _line += _isEscaped ? 0 : 1;
            index += next + 1;
        }

        return _line == line && index < rows.Length ? index : null;
    }
}

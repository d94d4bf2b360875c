using MigrationTasks.Engine.Schema;

namespace MigrationTasks.Engine.Lint.Sketches;

/// <summary>
/// Which tables have the rows of which others, and what all of them were ever called: a table that is rebuilt over several files is
/// copied in one, and its name goes to the copy in another.
/// </summary>
internal sealed class RowCopies
{
    private readonly HashSet<(TableOrigin From, TableOrigin To)> _copies = [];
    private readonly Dictionary<TableOrigin, HashSet<SqlName>> _names = [];

    /// <summary>A table got a name, its first or another one.</summary>
    public void Name(TableSketch? table, SqlName name)
    {
        if (table?.Origin is { } origin)
        {
            (_names.TryGetValue(origin, out var names) ? names : _names[origin] = []).Add(name);
        }
    }

    /// <summary>Rows of one table were put into another.</summary>
    public void Copy(TableSketch? from, TableSketch? to)
    {
        if (from?.Origin is { } source && to?.Origin is { } target)
        {
            _copies.Add((source, target));
        }
    }

    /// <summary>Whether another table got both the rows and a name of this one.</summary>
    public bool IsReplaced(TableSketch? table) => table?.Origin is { } origin && _copies.Any(copy => copy.From == origin && SharesName(copy));

    /// <summary>Whether a table got both the rows and a name of another one.</summary>
    public bool Replaces(TableSketch? table) => table?.Origin is { } origin && _copies.Any(copy => copy.To == origin && SharesName(copy));

    private bool SharesName((TableOrigin From, TableOrigin To) copy) =>
        _names.TryGetValue(copy.From, out var names) && _names.TryGetValue(copy.To, out var others) && names.Overlaps(others);
}

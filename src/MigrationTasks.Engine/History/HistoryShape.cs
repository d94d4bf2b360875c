using System.Globalization;

namespace MigrationTasks.Engine.History;

/// <summary>What there is of a history table.</summary>
/// <param name="Columns">Its columns; none when there is no table.</param>
/// <param name="IsUnique">Whether a unique index makes the claim of a name exclusive.</param>
public sealed record HistoryShape(IReadOnlyList<string> Columns, bool IsUnique)
{
    /// <summary>Whether the table is ours, however many columns it has.</summary>
    public bool IsOurs => Columns.Contains(HistorySchema.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The columns that it lacks.</summary>
    public IEnumerable<string> Missing => HistorySchema.Columns.Except(Columns, StringComparer.OrdinalIgnoreCase);

    /// <summary>Reads rows of a column's name, and whether there is the index.</summary>
    /// <param name="rows">The rows, one a column; a name may be <see langword="null"/> when there is no table.</param>
    public static HistoryShape Read(IReadOnlyList<IReadOnlyList<object?>> rows) => new(
        [.. rows.Select(row => row[0]).OfType<string>()],
        rows.Any(row => row[1] is string text ? text is "t" : Convert.ToInt64(row[1], CultureInfo.InvariantCulture) != 0));
}

using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.History;

/// <summary>A change of one row of the history, made only while that row still is as it was read.</summary>
public sealed record HistoryChange
{
    private HistoryChange(HistoryRow? before, HistoryRow? after) => (Before, After) = (before, after);

    /// <summary>The row as it was read; <see langword="null"/> when there must be none of that name.</summary>
    public HistoryRow? Before { get; }

    /// <summary>The row as it shall be; <see langword="null"/> when it shall go.</summary>
    public HistoryRow? After { get; }

    /// <summary>The name of the row as it was read, or as it shall be added.</summary>
    public string Name => (Before ?? After)!.Name;

    /// <summary>The columns that get another value, in order; all that have one when the row is added, none when it goes.</summary>
    public IReadOnlyList<KeyValuePair<string, object?>> Values
    {
        get
        {
            var before = Before is null ? [] : HistorySchema.ValuesOf(Before).ToDictionary();
            return After is null ? [] : [.. HistorySchema.ValuesOf(After).Where(value => !Equals(value.Value, before.GetValueOrDefault(value.Key)))];
        }
    }

    /// <summary>Adds a row.</summary>
    /// <param name="row">The row.</param>
    public static HistoryChange Add(HistoryRow row) => new(null, row);

    /// <summary>Makes one row of another, its name included.</summary>
    /// <param name="before">The row as it was read.</param>
    /// <param name="after">The row as it shall be.</param>
    public static HistoryChange Replace(HistoryRow before, HistoryRow after) => new(before, after);

    /// <summary>Removes a row.</summary>
    /// <param name="row">The row as it was read.</param>
    public static HistoryChange Remove(HistoryRow row) => new(row, null);

    /// <summary>Makes sure that nobody changed the rows since they were read.</summary>
    /// <param name="changes">The changes.</param>
    /// <param name="history">The history as it is now, when nobody else can change it any more.</param>
    /// <exception cref="MigrationException">MIG3021 when a row is not as it was read.</exception>
    public static void Check(IReadOnlyList<HistoryChange> changes, MigrationHistory history)
    {
        ArgumentNullException.ThrowIfNull(changes);
        ArgumentNullException.ThrowIfNull(history);
        var rows = history.Rows.DistinctBy(row => row.Name).ToDictionary(row => row.Name, StringComparer.Ordinal);
        foreach (var change in changes)
        {
            var isRenamed = change.After is { } after && after.Name != change.Name;
            if (rows.GetValueOrDefault(change.Name) != change.Before || (isRenamed && rows.ContainsKey(change.After!.Name)))
            {
                throw Errors.HistoryChanged(history.Table.ToString(), change.Name);
            }
        }
    }
}

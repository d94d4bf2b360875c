using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Planning;

/// <summary>A history row with the version that its name starts with.</summary>
/// <param name="Row">The row.</param>
/// <param name="Version">The version.</param>
internal sealed record VersionedRow(HistoryRow Row, MigrationVersion Version);

/// <summary>In which order migrations are undone: the newest version first, whenever it was applied.</summary>
internal static class AppliedOrder
{
    /// <summary>
    /// The rows that can be undone, or stand in the way of it, newest first. Not among them are the history's own script, and
    /// rows whose name has no version: nothing is newer or older than those.
    /// </summary>
    public static IReadOnlyList<VersionedRow> NewestFirst(IEnumerable<HistoryRow> rows) =>
    [
        .. rows
            .Select(row => HistoryMatch.VersionOf(row.Name) is { } version ? new VersionedRow(row, version) : null)
            .OfType<VersionedRow>()
            .Where(row => !Migration.IsHistoryScript(row.Row.Name))
            .OrderByDescending(row => row.Version)
            .ThenByDescending(row => row.Row.ExecutedAt)
            .ThenByDescending(row => row.Row.Name, StringComparer.Ordinal),
    ];
}

using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Planning;

/// <summary>One thing that a run does.</summary>
/// <param name="Migration">The migration to apply.</param>
/// <param name="Before">
/// The history row that it has already, when it is repeatable and was applied before: the step is this runner's only as long as
/// that row has the same checksum.
/// </param>
/// <param name="Resume">Where it goes on, when an earlier run began it; <see langword="null"/> from its beginning.</param>
public sealed record MigrationStep(Migration Migration, HistoryRow? Before = null, ResumePoint? Resume = null)
{
    /// <summary>Whether a row of the history says that the step is done.</summary>
    /// <param name="row">The row.</param>
    public bool IsDone(HistoryRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.IsApplied && row.Name == Migration.Name && (Before is null || row.Checksum == Migration.Checksum);
    }

    /// <inheritdoc/>
    public override string ToString() => Migration.Name;
}

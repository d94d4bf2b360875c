using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Commands.Baseline;

/// <summary>Which migrations of one database were marked as applied without running them.</summary>
public sealed record BaselineReport : DatabaseReport
{
    /// <summary>The version that was asked for.</summary>
    public MigrationVersion Version { get; init; }

    /// <summary>The names of those that were marked, oldest version first.</summary>
    public IReadOnlyList<string> Marked { get; init; } = [];

    /// <summary>How many up to that version were in the history before.</summary>
    public int AlreadyApplied { get; init; }
}

using MigrationTasks.Engine.Runner;

namespace MigrationTasks.Engine.Maintenance;

/// <summary>What was repaired in the history of one database.</summary>
public sealed record RepairReport : DatabaseReport
{
    /// <summary>What was repaired.</summary>
    public IReadOnlyList<Repair> Done { get; init; } = [];

    /// <summary>What could be repaired, but was not asked for.</summary>
    public IReadOnlyList<Repair> Possible { get; init; } = [];
}

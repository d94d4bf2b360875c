namespace MigrationTasks.Engine.Commands.Repair;

/// <summary>What was repaired in the history of one database.</summary>
public sealed record RepairReport : DatabaseReport
{
    /// <summary>What was repaired.</summary>
    public IReadOnlyList<RowRepair> Done { get; init; } = [];

    /// <summary>What could be repaired, but was not asked for.</summary>
    public IReadOnlyList<RowRepair> Possible { get; init; } = [];
}

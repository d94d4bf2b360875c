using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Commands.Repair;

/// <summary>One thing that can be repaired in one row of the history.</summary>
/// <param name="Kind">What: one of the <see cref="Repairs"/>.</param>
/// <param name="Row">The row as it is.</param>
/// <param name="Migration">The file that it is about; <see langword="null"/> when it has none.</param>
public sealed record RowRepair(Repairs Kind, HistoryRow Row, Migration? Migration)
{
    /// <summary>The row when this is repaired, or <see langword="null"/> when it goes.</summary>
    /// <param name="row">The row as it is, or as another repair of it left it.</param>
    internal HistoryRow? Apply(HistoryRow row) => Kind switch
    {
        Repairs.Checksums => row.WithFile(Migration!),
        Repairs.Renamed => row with { Name = Migration!.Name, Folder = Migration.Folder ?? row.Folder },
        Repairs.Completed => row.WithFile(Migration!) with { Status = HistoryStatus.Applied },
        _ => null,
    };
}

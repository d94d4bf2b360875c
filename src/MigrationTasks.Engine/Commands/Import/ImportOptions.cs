using MigrationTasks.Engine.Commands.Import.Files;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;

namespace MigrationTasks.Engine.Commands.Import;

/// <summary>Which history is imported, where that is not plain.</summary>
/// <param name="From">The tool; <see langword="null"/> for the only one there is.</param>
/// <param name="Table">The table; <see langword="null"/> for the one that the tool uses unless it is told otherwise.</param>
public sealed record ImportOptions(ForeignTool? From = null, HistoryTableName? Table = null)
{
    /// <summary>Whether to find out only what would be done.</summary>
    public bool IsPreview { get; init; }

    /// <summary>Whether files of ours are written from those of the other tool.</summary>
    public bool WithFiles { get; init; }

    /// <summary>The folder of the other tool's files; <see langword="null"/> for one of those where tools have them.</summary>
    public string? Folder { get; init; }

    /// <summary>Which file of the other tool became which of ours.</summary>
    internal Conversion? Conversion { get; init; }

    /// <summary>A history that has the name of ours, and so need not be where its tool keeps it.</summary>
    internal ForeignHistoryTable? Taken { get; init; }
}

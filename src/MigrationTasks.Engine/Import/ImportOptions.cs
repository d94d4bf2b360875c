using MigrationTasks.Engine.Configuration;

namespace MigrationTasks.Engine.Import;

/// <summary>Which history is imported, where that is not plain.</summary>
/// <param name="From">The tool; <see langword="null"/> for the only one there is.</param>
/// <param name="Table">The table; <see langword="null"/> for the one that the tool uses unless it is told otherwise.</param>
public sealed record ImportOptions(ForeignTool? From = null, HistoryTableName? Table = null);

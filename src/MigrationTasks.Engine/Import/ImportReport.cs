using MigrationTasks.Engine.Runner;

namespace MigrationTasks.Engine.Import;

/// <summary>How another tool's history of one database was imported.</summary>
public sealed record ImportReport : DatabaseReport
{
    /// <summary>The tool; empty when none was found.</summary>
    public string Tool { get; init; } = "";

    /// <summary>Its table; empty when none was found.</summary>
    public string Table { get; init; } = "";

    /// <summary>The mapping of its entries to files; also when nothing was imported because of one.</summary>
    public IReadOnlyList<ImportLine> Lines { get; init; } = [];

    /// <summary>How many migrations a run would apply after the import.</summary>
    public int Pending { get; init; }
}

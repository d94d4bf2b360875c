using MigrationTasks.Engine.Configuration;

namespace MigrationTasks.Engine.Commands.Import;

/// <summary>How another tool's history of one database was imported.</summary>
public sealed record ImportReport : DatabaseReport
{
    /// <summary>The tool; empty when none was found.</summary>
    public string Tool { get; init; } = "";

    /// <summary>Its table; empty when none was found.</summary>
    public string Table { get; init; } = "";

    /// <summary>The mapping of its entries to files; also when nothing was imported because of one.</summary>
    public IReadOnlyList<ImportLine> Lines { get; init; } = [];

    /// <summary>The tool whose files ours were written from; empty when that was not asked for.</summary>
    public string FilesOf { get; init; } = "";

    /// <summary>What became of its files.</summary>
    public IReadOnlyList<ImportedFile> Files { get; init; } = [];

    /// <summary>Whether nothing was written, because only what would be was asked for.</summary>
    public bool IsPreview { get; init; }

    /// <summary>The history table that the folder has from now on, where the other tool's has the name of the one it had; else <see langword="null"/>.</summary>
    public string? HistoryTable { get; init; }

    /// <summary>The other tool's table that has that name.</summary>
    public string? TakenTable { get; init; }

    /// <summary>How the folder was declared with <see cref="HistoryTable"/>.</summary>
    public FolderDeclaration? Declaration { get; init; }

    /// <summary>How many migrations a run would apply after the import.</summary>
    public int Pending { get; init; }
}

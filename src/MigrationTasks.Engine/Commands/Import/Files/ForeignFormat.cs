using MigrationTasks.Engine.History.ForeignTools;

namespace MigrationTasks.Engine.Commands.Import.Files;

/// <summary>How another tool names and marks the files of its migrations.</summary>
internal abstract class ForeignFormat
{
    /// <summary>The names of the tools that have such files, as <c>MigrateImportFrom</c> chooses them; the first one gives it its title.</summary>
    public abstract IReadOnlyList<string> Tools { get; }

    /// <summary>The tool as people call it.</summary>
    public virtual string Title => KnownTools.All.First(tool => tool.Name == Tools[0]).Title;

    /// <summary>Where the tool keeps them unless it is told otherwise, from the project's folder.</summary>
    public abstract IReadOnlyList<string> Folders { get; }

    /// <summary>Whether folders within that folder belong to it.</summary>
    public virtual bool IsDeep => false;

    /// <summary>Whether a file is one of this tool's for certain.</summary>
    public abstract bool Recognises(ForeignFile file);

    /// <summary>Reads the tool's files.</summary>
    /// <param name="files">All files of the folder, by name.</param>
    /// <param name="result">Is given what is in them.</param>
    public abstract void Read(IReadOnlyList<ForeignFile> files, Conversion result);

    /// <summary>The formats that are known; of two that recognise a folder, the first has it.</summary>
    public static IReadOnlyList<ForeignFormat> All { get; } = [new FlywayFiles(), new PairedFiles(), .. MarkedFiles.All];
}

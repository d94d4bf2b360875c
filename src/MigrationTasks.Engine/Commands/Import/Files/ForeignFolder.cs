using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History.ForeignTools;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Commands.Import.Files;

/// <summary>A folder with another tool's files.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Format">Whose files they are.</param>
internal sealed record ForeignFolder(string Path, ForeignFormat Format)
{
    private static readonly EnumerationOptions Shallow = new() { IgnoreInaccessible = true };
    private static readonly EnumerationOptions Deep = new() { IgnoreInaccessible = true, RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint };

    /// <summary>Finds the folder with the other tool's files.</summary>
    /// <param name="projectDirectory">The project's folder, a full path.</param>
    /// <param name="ours">The folder of our migrations, a full path: what is in it is ours.</param>
    /// <param name="options">The folder or the tool, where it was said.</param>
    /// <exception cref="MigrationException">MIG1051 when there is none, or several.</exception>
    public static ForeignFolder Find(string projectDirectory, string ours, ImportOptions options)
    {
        var formats = ForeignFormat.All.Where(format => options.From is null || format.Tools.Contains(options.From.Name)).ToList();
        if (options.Folder is { } named)
        {
            var path = System.IO.Path.TrimEndingDirectorySeparator(System.IO.Path.GetFullPath(named, projectDirectory));
            return !Directory.Exists(path) ? throw Errors.NoForeignFiles(path, "there is no such folder.")
                : path == ours ? throw Errors.NoForeignFiles(path, "the folder is that of this project's own migrations. Move those of the other tool into another one, such as old_migrations, where they stay as they are.")
                : FormatOf(path, ours, formats) is { } format ? new ForeignFolder(path, format)
                : throw Errors.NoForeignFiles(path, $"no file in it has a name or a mark of {Titles(formats, options.From)}.");
        }

        // The same folder on one system may be two by their names.
        var found = formats.SelectMany(format => format.Folders).Distinct().Select(folder => System.IO.Path.GetFullPath(folder, projectDirectory)).Where(path => path != ours && Directory.Exists(path))
            .Select(path => FormatOf(path, ours, [.. formats.Where(format => format.Folders.Any(folder => System.IO.Path.GetFullPath(folder, projectDirectory) == path))]) is { } format ? new ForeignFolder(path, format) : null)
            .OfType<ForeignFolder>().ToList();
        // Of one within another, both have its files.
        found.RemoveAll(one => one.Format.IsDeep && found.Exists(other => other != one && other.Format == one.Format && other.Path.StartsWith(one.Path + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal)));
        return found.Count switch
        {
            1 => found[0],
            0 => throw Errors.NoForeignFiles(projectDirectory, $"no file has a name or a mark of {Titles(formats, options.From)} in {string.Join(", ", formats.SelectMany(format => format.Folders).Distinct())}. Name their folder with -p:MigrateImportFolder=…"),
            _ => throw Errors.SeveralForeignFolders(projectDirectory, [.. found.Select(folder => (System.IO.Path.GetRelativePath(projectDirectory, folder.Path).Replace('\\', '/'), folder.Format.Title))]),
        };
    }

    /// <summary>Reads its files, and turns them into ours.</summary>
    /// <param name="ours">The folder of our migrations, a full path.</param>
    /// <param name="language">What our migrations are written in.</param>
    /// <exception cref="MigrationException">MIG2003 or MIG2013 when a file cannot be read.</exception>
    public Conversion Convert(string ours, ScriptLanguage language)
    {
        var conversion = new Conversion(Format, Path, new ConvertedScript(language));
        Format.Read(FilesOf(Path, ours, Format), conversion);
        return conversion;
    }

    private static ForeignFormat? FormatOf(string path, string ours, List<ForeignFormat> formats) =>
        formats.Find(format => FilesOf(path, ours, format).Exists(format.Recognises));

    // Ours may lie within theirs: migrations/ and migrations/postgresql/.
    private static List<ForeignFile> FilesOf(string path, string ours, ForeignFormat format) =>
    [
        .. Directory.EnumerateFiles(path, "*", format.IsDeep ? Deep : Shallow)
            .Where(file => !file.StartsWith(ours + System.IO.Path.DirectorySeparatorChar, StringComparison.Ordinal))
            .Order(StringComparer.Ordinal)
            .Select(file => new ForeignFile(file, path)),
    ];

    private static string Titles(List<ForeignFormat> formats, ForeignTool? tool) =>
        formats.Count > 0 ? string.Join(", ", formats.Select(format => format.Title)) : $"{tool!.Title}, whose files this command does not know";
}

using System.Security;
using System.Xml;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;

namespace MigrationTasks;

/// <summary>
/// Writes <c>MigrationsFolder</c> items into a project's file: only what is needed, so that all else in it stays as somebody wrote it,
/// comments and line ends included.
/// </summary>
/// <param name="projectFile">The project's file, a full path.</param>
internal sealed class ProjectDeclarations(string projectFile) : IFolderDeclarations
{
    private const string Item = "MigrationsFolder";
    private const string Metadata = "HistoryTable";

    private readonly string _directory = Path.GetDirectoryName(projectFile)!;

    public FolderDeclaration SetHistoryTable(IReadOnlyList<DeclaredFolder> folders, DeclaredFolder folder, HistoryTableName historyTable, bool isTrial)
    {
        var file = folder.DefinedIn ?? projectFile;
        var table = SecurityElement.Escape(historyTable.ToString());
        var isDeclared = folder.DefinedIn is not null;
        var items = isDeclared
            ? $"{Declaration(folder, table)}, in place of what declares this folder now"
            : string.Join('\n', folders.Select(other => Declaration(other, PathOf(other) == PathOf(folder) ? table : null)));
        try
        {
            if (!File.Exists(file))
            {
                throw Errors.CannotDeclare(file, "There is no project file to write that into.", $"into an ItemGroup of Directory.Build.props, {items}");
            }

            // What an earlier folder of the same project had written is there by now.
            var text = new ProjectText(file);
            var declared = text.Items(Item).Where(item => PathOf(item.Attribute("Include")?.Value ?? "") == PathOf(folder)).ToList();
            var written = declared switch
            {
                [var one] => text.SetAttribute(one, Metadata, table),
                [] when !isDeclared && !text.Items(Item).Any() => text.AddItems(items),
                _ => null,
            };
            if (written is null)
            {
                throw Errors.CannotDeclare(file, $"This file does not declare the folder {Relative(folder)} by an item of its own, with Include=\"{Relative(folder)}\", in which that could be written.", items);
            }

            if (isTrial)
            {
                using var access = new FileStream(file, FileMode.Open, FileAccess.ReadWrite);
            }
            else
            {
                text.Save();
            }

            return new FolderDeclaration(file, written);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or XmlException)
        {
            throw Errors.CannotDeclare(file, $"It cannot be written: {exception.Message}", items);
        }
    }

    private string Declaration(DeclaredFolder folder, string? table) =>
        $"<{Item} Include=\"{SecurityElement.Escape(Relative(folder))}\"{(string.IsNullOrEmpty(folder.Database) ? "" : $" Database=\"{SecurityElement.Escape(folder.Database)}\"")}{(string.IsNullOrEmpty(folder.ConnectionVariable) ? "" : $" ConnectionStringVariable=\"{SecurityElement.Escape(folder.ConnectionVariable)}\"")}{(table is null ? "" : $" {Metadata}=\"{table}\"")} />";

    private string Relative(DeclaredFolder folder) => Path.GetRelativePath(_directory, PathOf(folder)).Replace('\\', '/');

    private string PathOf(DeclaredFolder folder) => PathOf(folder.Path);

    private string PathOf(string path) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(path.Replace('\\', Path.DirectorySeparatorChar), _directory));
}

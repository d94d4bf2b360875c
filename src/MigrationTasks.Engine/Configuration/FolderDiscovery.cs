using MigrationTasks.Engine.Adapters;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Configuration;

/// <summary>A migrations folder whose database is known.</summary>
/// <param name="Path">The folder's full path.</param>
/// <param name="Adapter">The database.</param>
/// <param name="Variable">The variable that holds the connection.</param>
/// <param name="HistoryTable">The history table.</param>
public sealed record DatabaseFolder(string Path, AdapterDefinition Adapter, string Variable, HistoryTableName HistoryTable);

/// <summary>Finds a project's migrations folders and which database each belongs to.</summary>
/// <param name="adapters">The databases there are.</param>
/// <param name="variables">Where connections are read, for a folder whose name says nothing.</param>
public sealed class FolderDiscovery(AdapterFactory adapters, ConnectionVariables variables)
{
    private const string ParentFolder = "migrations";
    private const string UsualVariable = "DATABASE_URL";

    /// <summary>Resolves the declared folders, or finds <c>migrations/&lt;database&gt;/</c> when none is declared.</summary>
    /// <param name="projectDirectory">The project's folder, a full path.</param>
    /// <param name="declared">The declared folders.</param>
    /// <param name="database">Only the folders of this database; <see langword="null"/> for all.</param>
    /// <param name="warned">Is given MIG1014 for a folder of migrations whose name is no database.</param>
    /// <exception cref="MigrationException">MIG1003, MIG1004, MIG1005, MIG1006, MIG1011 or MIG1015.</exception>
    public IReadOnlyList<DatabaseFolder> Resolve(string projectDirectory, IReadOnlyList<DeclaredFolder> declared, string? database, Action<Diagnostic> warned)
    {
        ArgumentNullException.ThrowIfNull(declared);
        ArgumentNullException.ThrowIfNull(warned);
        var folders = (declared.Count > 0 ? declared : Find(projectDirectory, warned))
            .Select(folder => Resolve(projectDirectory, folder))
            .ToList();
        if (folders.Count == 0)
        {
            throw Errors.NoFolder(projectDirectory, adapters.Definitions.Select(adapter => adapter.Name));
        }

        if (string.IsNullOrEmpty(database))
        {
            return folders;
        }

        var wanted = adapters.ForName(database);
        var chosen = folders.Where(folder => folder.Adapter == wanted).ToList();
        return chosen.Count > 0 ? chosen : throw Errors.DatabaseNotInProject(database, folders.Select(folder => folder.Adapter.Name).Distinct());
    }

    private List<DeclaredFolder> Find(string projectDirectory, Action<Diagnostic> warned)
    {
        var parent = Path.Combine(projectDirectory, ParentFolder);
        if (!Directory.Exists(parent))
        {
            return [];
        }

        var found = new List<DeclaredFolder>();
        foreach (var folder in Directory.EnumerateDirectories(parent).Order(StringComparer.Ordinal))
        {
            if (adapters.FindByName(Path.GetFileName(folder)) is not null)
            {
                found.Add(new DeclaredFolder(folder));
            }
            else if (HoldsMigrations(folder))
            {
                warned(Errors.UnclaimedFolder(folder, adapters.Names));
            }
        }

        return found;
    }

    private bool HoldsMigrations(string folder) => Directory.EnumerateFiles(folder).Any(file =>
        adapters.Definitions.Any(adapter => MigrationFileName.TryParse(Path.GetFileName(file), adapter.Language.FileExtension, out _)));

    private DatabaseFolder Resolve(string projectDirectory, DeclaredFolder folder)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Path, projectDirectory));
        if (!Directory.Exists(path))
        {
            throw Errors.FolderMissing(path);
        }

        var adapter = string.IsNullOrEmpty(folder.Database)
            ? adapters.FindByName(Path.GetFileName(path)) ?? ByConnection(path, folder.ConnectionVariable)
            : adapters.ForName(folder.Database);
        var variable = string.IsNullOrEmpty(folder.ConnectionVariable) ? adapter.ConnectionVariable : folder.ConnectionVariable;
        return new DatabaseFolder(path, adapter, variable, HistoryTableName.Parse(folder.HistoryTable));
    }

    private AdapterDefinition ByConnection(string path, string? variable)
    {
        variable = string.IsNullOrEmpty(variable) ? UsualVariable : variable;
        return variables.Find(variable) is { } connection && adapters.FindByUrl(connection) is { } adapter
            ? adapter
            : throw Errors.UnknownDatabase(Path.GetFileName(path), adapters.Names);
    }
}

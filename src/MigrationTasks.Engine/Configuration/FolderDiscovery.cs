using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Configuration;

/// <summary>A migrations folder whose database is known.</summary>
/// <param name="Path">The folder's full path.</param>
/// <param name="Adapter">The database.</param>
/// <param name="Variable">The variable that holds the connection, or what messages call a connection that is given in code.</param>
/// <param name="HistoryTable">The history table.</param>
internal sealed record DatabaseFolder(string Path, AdapterDefinition Adapter, string Variable, HistoryTableName HistoryTable)
{
    /// <summary>The connection itself, when it is given in code. It is secret: a record does not print what is not public.</summary>
    internal string? Connection { get; init; }

    /// <summary>The folder as it was declared or found.</summary>
    internal DeclaredFolder Declared { get; init; } = new(Path);

    /// <summary>What the project calls its database: as it is declared, or as the folder is named.</summary>
    internal string Database { get => field ?? Adapter.Name; init; }

    /// <summary>What it is called wherever somebody reads of it; as its database as long as nobody has told it from others.</summary>
    internal string DisplayName { get => field ?? Database; init; }

    /// <summary>Tells folders from each other: one is called as its database, with its path when others are called so too, or also its variable when several share that.</summary>
    /// <param name="folders">All folders.</param>
    /// <param name="projectDirectory">The project's folder, where paths start.</param>
    internal static IReadOnlyList<DatabaseFolder> TellApart(IReadOnlyList<DatabaseFolder> folders, string projectDirectory) =>
    [
        .. folders.Select(folder => folder with
        {
            DisplayName = folders.Count(other => other.Database.Equals(folder.Database, StringComparison.OrdinalIgnoreCase)) == 1 ? folder.Database
                : folders.Count(other => other.Path == folder.Path) == 1 ? $"{folder.Database} ({folder.RelativeTo(projectDirectory)})"
                : $"{folder.Database} ({folder.RelativeTo(projectDirectory)}, {folder.Variable})",
        }),
    ];

    /// <summary>What chooses it among others: the name of its database, its path when several are of that kind, or also its variable when several share that.</summary>
    /// <param name="folders">All folders, this one too.</param>
    /// <param name="projectDirectory">The project's folder, where the path starts.</param>
    internal string ChoiceAmong(IReadOnlyList<DatabaseFolder> folders, string projectDirectory) =>
        folders.Count(other => other.Adapter == Adapter) == 1 ? Database
        : folders.Count(other => other.Path == Path) == 1 ? RelativeTo(projectDirectory)
        : $"{RelativeTo(projectDirectory)} ({Variable})";

    /// <summary>Its path, with <c>/</c> on every system.</summary>
    /// <param name="projectDirectory">The project's folder, where the path starts.</param>
    internal string RelativeTo(string projectDirectory) => System.IO.Path.GetRelativePath(projectDirectory, Path).Replace('\\', '/');

    /// <summary>What the history calls it: the same on every machine, however the project came there.</summary>
    /// <param name="project">The project's name.</param>
    /// <param name="projectDirectory">The project's folder, where the path starts.</param>
    internal string IdentityIn(string project, string projectDirectory) => $"{project}/{RelativeTo(projectDirectory)}";
}

/// <summary>Finds a project's migrations folders and which database each belongs to.</summary>
/// <param name="adapters">The databases there are.</param>
/// <param name="variables">Where connections are read, for a folder whose name says nothing.</param>
/// <param name="projectDirectory">The project's folder, a full path.</param>
/// <param name="declared">The declared folders.</param>
/// <param name="database">Only the folders of this database, or the folder of this path; <see langword="null"/> for all.</param>
/// <param name="warned">Is given MIG1014, MIG1028 or MIG1044 for migrations that are in no folder that is looked at.</param>
internal sealed class FolderDiscovery(
    AdapterFactory adapters, ConnectionVariables variables, string projectDirectory, IReadOnlyList<DeclaredFolder> declared, string? database, Action<Diagnostic> warned)
{
    private const string ParentFolder = "migrations";
    private const string UsualVariable = "DATABASE_URL";

    private static readonly EnumerationOptions Accessible = new() { IgnoreInaccessible = true };
    private static readonly EnumerationOptions Unlinked = new() { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.Hidden | FileAttributes.ReparsePoint };

    /// <summary>Resolves the declared folders, or finds <c>migrations/&lt;database&gt;/</c>, else the folders of the databases' own tools, when none is declared.</summary>
    /// <exception cref="MigrationException">MIG1003, MIG1004, MIG1005, MIG1006, MIG1011, MIG1015 or MIG1045.</exception>
    public IReadOnlyList<DatabaseFolder> Resolve()
    {
        var folders = All(mustExist: true);
        return folders.Count > 0 ? Choose(folders, database) : throw NoFolder();
    }

    private MigrationException NoFolder()
    {
        var names = adapters.Definitions.Select(adapter => adapter.Name);
        var parent = Path.Combine(projectDirectory, ParentFolder);
        if (SimilarTo(parent) is { } similar)
        {
            return FoldersOfDatabases(similar).Any() ? Errors.MisnamedFolder(similar) : Errors.NoFolder(projectDirectory, names, Path.GetFileName(similar));
        }

        var folders = Directory.Exists(parent) ? Directory.EnumerateDirectories(parent, "*", Accessible).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal).ToList() : [];
        return folders.Find(folder => Spelling.Nearest(folder, adapters.Names) is not null) is { } misspelt
            ? Errors.NoFolder(projectDirectory, names, $"{ParentFolder}/{misspelt}", $"{ParentFolder}/{Spelling.Nearest(misspelt, adapters.Names)}")
            : Errors.NoFolder(projectDirectory, names);
    }

    /// <summary>Resolves the one folder that a command works on.</summary>
    /// <param name="command">The command's target, for the message.</param>
    /// <exception cref="MigrationException">MIG1021 when several are meant; else as <see cref="Resolve()"/>.</exception>
    public DatabaseFolder ResolveOne(string command) => One(command, Resolve());

    /// <summary>Resolves the folder that a new migration goes to, which need not exist.</summary>
    /// <param name="command">The command's target, for the message.</param>
    /// <param name="usual">Its database when none is chosen.</param>
    /// <exception cref="MigrationException">MIG1021 when none or several are meant; MIG1003, MIG1006, MIG1011 or MIG1015.</exception>
    public DatabaseFolder ResolveDestination(string command, string? usual = null)
    {
        var chosen = database ?? usual;
        var folders = All(mustExist: false);
        // What is not declared would not be found either, once a folder is.
        if (declared.Count == 0 && chosen is not null && adapters.FindByName(chosen) is { } adapter && folders.TrueForAll(folder => folder.Adapter != adapter))
        {
            return Resolve(new DeclaredFolder(Path.Combine(ParentFolder, adapter.Name)), mustExist: false);
        }

        return (folders.Count, chosen) switch
        {
            (0, null) => throw Errors.ChooseFolder(command, [], adapters.Definitions.Select(definition => definition.Name)),
            (0, _) => throw Errors.UnknownDatabase(chosen, adapters.Names),
            _ => One(command, Choose(folders, chosen)),
        };
    }

    /// <summary>All folders of a project as they are declared, or found where none is.</summary>
    public IReadOnlyList<DeclaredFolder> Declared => declared.Count > 0 ? declared : Find(_ => { });

    /// <summary>The database of a project that has no folder yet, when the connections that are set leave no doubt; else <see langword="null"/>.</summary>
    public string? OnlyDatabase()
    {
        if (Declared.Count > 0)
        {
            return null;
        }

        var connections = adapters.Definitions.GroupBy(adapter => adapter.ConnectionVariable, StringComparer.Ordinal)
            .Select(users => (Users: users.ToList(), Connection: variables.Find(users.Key)))
            .Where(variable => variable.Connection is not null)
            .Select(variable => adapters.FindByUrl(variable.Connection!) ?? variable.Users[0])
            .Distinct().ToList();
        return connections is [var only] ? only.Name : null;
    }

    /// <summary>All folders of a project, whichever a command works on, without a word about them.</summary>
    /// <exception cref="MigrationException">MIG1003, MIG1006, MIG1011 or MIG1015.</exception>
    public IReadOnlyList<DatabaseFolder> ResolveAll() => [.. Declared.Select(folder => Resolve(folder, mustExist: false))];

    private List<DatabaseFolder> All(bool mustExist)
    {
        List<DatabaseFolder> folders = [.. (declared.Count > 0 ? declared : Find(warned)).Select(folder => Resolve(folder, mustExist))];
        foreach (var stray in folders.SelectMany(FoldersWithin).Distinct().Where(within => folders.TrueForAll(folder => folder.Path != within)))
        {
            warned(Errors.StrayMigrations(stray, Declarations(stray, declared.Count > 0 ? [] : folders)));
        }

        foreach (var left in declared.Count == 0 ? [] : FoldersOfDatabases(Path.Combine(projectDirectory, ParentFolder)).Where(left => !IsKnown(left)))
        {
            warned(Errors.UndeclaredFolder(left, Declaration(left)));
        }

        foreach (var tool in declared.Count == 0 ? [] : FoldersOfTools().Where(tool => !IsKnown(tool.Path)))
        {
            warned(Errors.ToolFolder(tool.Path, DeclarationOf(tool)));
        }

        return folders;

        // Of what lies within a declared folder, that was said already.
        bool IsKnown(string path) => folders.Exists(folder => folder.Path == path || path.StartsWith(folder.Path + Path.DirectorySeparatorChar, StringComparison.Ordinal));
    }

    // Once one folder is declared, the others are not found any more: the advice for one names them all.
    private string Declarations(string stray, IReadOnlyList<DatabaseFolder> found)
    {
        var owner = found.FirstOrDefault(folder => stray.StartsWith(folder.Path + Path.DirectorySeparatorChar, StringComparison.Ordinal));
        var history = $"schema_migrations_{string.Concat(Path.GetFileName(stray).Select(character => char.IsAsciiLetterOrDigit(character) ? character : '_'))}";
        return string.Join(' ', found.Select(folder => Declaration(folder.Path)).Append(Declaration(stray, $" Database=\"{owner?.Database ?? "…"}\" HistoryTable=\"{history}\"")));
    }

    private string Declaration(string path, string more = "") =>
        $"<MigrationsFolder Include=\"{Path.GetRelativePath(projectDirectory, path).Replace('\\', '/')}\"{more} />";

    private IEnumerable<string> FoldersOfDatabases(string parent) => Directory.Exists(parent)
        ? Directory.EnumerateDirectories(parent, "*", Accessible).Order(StringComparer.Ordinal).Where(folder => adapters.FindByName(Path.GetFileName(folder)) is { } adapter && HoldsMigrations(folder, [adapter]))
        : [];

    private List<DatabaseFolder> Choose(List<DatabaseFolder> folders, string? database)
    {
        if (string.IsNullOrEmpty(database))
        {
            return folders;
        }

        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(database, projectDirectory));
        if (folders.FindAll(folder => ComposedName.Of(folder.Path).Equals(ComposedName.Of(path), StringComparison.OrdinalIgnoreCase)) is { Count: > 0 } meant)
        {
            return meant;
        }

        var wanted = adapters.FindByName(database) ?? throw Errors.UnknownDatabase(database, adapters.Names, folders.Select(folder => folder.RelativeTo(projectDirectory)));
        return folders.FindAll(folder => folder.Adapter == wanted) is { Count: > 0 } chosen
            ? chosen
            : throw Errors.DatabaseNotInProject(database, folders.Select(folder => folder.Database).Distinct(StringComparer.OrdinalIgnoreCase));
    }

    private DatabaseFolder One(string command, IReadOnlyList<DatabaseFolder> folders) => folders.Count == 1
        ? folders[0]
        : throw Errors.ChooseFolder(
            command,
            [.. folders.Select(folder => folder.ChoiceAmong(folders, projectDirectory))],
            adapters.Definitions.Select(definition => definition.Name));

    private List<DeclaredFolder> Find(Action<Diagnostic> warned)
    {
        var parent = Path.Combine(projectDirectory, ParentFolder);
        var found = Directory.Exists(parent) ? FindIn(parent, warned) : [];
        var ofTools = FoldersOfTools().ToList();
        if (found.Count == 0)
        {
            return [.. ofTools.Select(tool => RealPath.IsInside(tool.Path, projectDirectory) ? tool : throw Errors.FolderLeadsOut(tool.Path))];
        }

        foreach (var tool in ofTools)
        {
            warned(Errors.ToolFolder(tool.Path, string.Join(' ', found.Select(folder => Declaration(folder.Path)).Append(DeclarationOf(tool)))));
        }

        return found;
    }

    private IEnumerable<DeclaredFolder> FoldersOfTools() =>
        from adapter in adapters.Definitions
        from folder in adapter.ToolFolders
        let path = Path.GetFullPath(folder, projectDirectory)
        where Directory.Exists(path) && HoldsMigrations(path, [adapter])
        select new DeclaredFolder(path, adapter.Name);

    private string DeclarationOf(DeclaredFolder tool) =>
        Declaration(tool.Path, $" Database=\"{tool.Database}\" HistoryTable=\"{tool.Database}_migration_history\"");

    private List<DeclaredFolder> FindIn(string parent, Action<Diagnostic> warned)
    {
        if (HoldsMigrations(parent, adapters.Definitions))
        {
            warned(Errors.StrayMigrations(parent, Declarations(parent, [])));
        }

        var found = new List<DeclaredFolder>();
        foreach (var folder in Directory.EnumerateDirectories(parent).Order(StringComparer.Ordinal))
        {
            if (adapters.FindByName(Path.GetFileName(folder)) is not null)
            {
                found.Add(RealPath.IsInside(folder, projectDirectory) ? new DeclaredFolder(folder) : throw Errors.FolderLeadsOut(folder));
            }
            else if (HoldsMigrations(folder, adapters.Definitions))
            {
                warned(Errors.UnclaimedFolder(folder, adapters.Names));
            }
        }

        return found;
    }

    // A migrations folder is read without the folders in it. A link is not followed: it may lead round in a circle.
    private static IEnumerable<string> FoldersWithin(DatabaseFolder folder) => Directory.Exists(folder.Path)
        ? Directory.EnumerateDirectories(folder.Path, "*", Unlinked).Where(within => HoldsMigrations(within, [folder.Adapter])).Order(StringComparer.Ordinal)
        : [];

    private static bool HoldsMigrations(string folder, IReadOnlyList<AdapterDefinition> adapters) => Directory.EnumerateFiles(folder, "*", Accessible).Any(file =>
        adapters.Any(adapter => MigrationFileName.TryParse(Path.GetFileName(file), adapter.Language.FileExtension, out _)));

    private DatabaseFolder Resolve(DeclaredFolder folder, bool mustExist)
    {
        var path = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder.Path, projectDirectory));
        if (mustExist && !Directory.Exists(path))
        {
            throw Errors.FolderMissing(path, SimilarTo(path));
        }

        var named = string.IsNullOrEmpty(folder.Database) ? Path.GetFileName(path) : folder.Database;
        var adapter = string.IsNullOrEmpty(folder.Database)
            ? adapters.FindByName(named) ?? ByConnection(path, folder)
            : adapters.ForName(named);
        // A folder of another name says nothing of its database.
        var database = adapters.FindByName(named) == adapter ? named : adapter.Name;
        var variable = string.IsNullOrEmpty(folder.ConnectionVariable) ? adapter.ConnectionVariable : folder.ConnectionVariable;
        var history = HistoryTableName.Parse(folder.HistoryTable);
        return string.IsNullOrWhiteSpace(folder.Connection)
            ? new DatabaseFolder(path, adapter, variable, history) { Database = database, Declared = folder }
            : new DatabaseFolder(path, adapter, DeclaredFolder.ConnectionInCode, history) { Database = database, Connection = folder.Connection.Trim(), Declared = folder };
    }

    // Where names are told apart by their case, Migrations is not migrations.
    private static string? SimilarTo(string path)
    {
        if (Directory.Exists(path) || Path.GetDirectoryName(path) is not { } parent)
        {
            return null;
        }

        return Directory.Exists(parent)
            ? Spelling.Nearest(Path.GetFileName(path), Directory.EnumerateDirectories(parent, "*", Accessible).Select(folder => Path.GetFileName(folder)!).Order(StringComparer.Ordinal)) is { } name ? Path.Combine(parent, name) : null
            : SimilarTo(parent);
    }

    private AdapterDefinition ByConnection(string path, DeclaredFolder folder)
    {
        var variable = string.IsNullOrEmpty(folder.ConnectionVariable) ? UsualVariable : folder.ConnectionVariable;
        var connection = string.IsNullOrWhiteSpace(folder.Connection) ? variables.Find(variable) : folder.Connection.Trim();
        if (connection is not null && adapters.FindByUrl(connection) is { } adapter)
        {
            return adapter;
        }

        // A folder that nobody declared a variable for is more likely one whose name is misspelt.
        if (connection is null && string.IsNullOrEmpty(folder.ConnectionVariable) || Spelling.Nearest(Path.GetFileName(path), adapters.Names) is not null)
        {
            throw Errors.UnknownDatabase(Path.GetFileName(path), adapters.Names);
        }

        throw Errors.DatabaseUnknown(path, variable, connection switch
        {
            null => $"the variable is not set.{variables.Search(variable, value => adapters.FindByUrl(value) is not null)}",
            _ when connection.StartsWith("jdbc:", StringComparison.OrdinalIgnoreCase) => "it is a JDBC URL. Write it without jdbc:, and with user and password ahead of the host.",
            _ when connection.Contains("://", StringComparison.Ordinal) => "its URL is of a database that is not known here.",
            _ => "it is a list of keywords, of which several databases have the same.",
        }, adapters.Definitions.Select(definition => definition.Name));
    }
}

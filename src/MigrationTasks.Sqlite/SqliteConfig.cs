using Microsoft.Data.Sqlite;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Sqlite;

/// <summary>How a SQLite database is reached: its file, and how to open it.</summary>
public sealed class SqliteConfig : DatabaseConfig
{
    private const string InMemory = ":memory:";

    private SqliteConfig(SqliteConnectionStringBuilder connection, string? filePath, string target, DatabaseSettings settings)
        : base(settings)
    {
        ConnectionString = connection.ConnectionString;
        CanCreate = connection.Mode == SqliteOpenMode.ReadWriteCreate;
        FilePath = filePath;
        Target = target;
    }

    /// <summary>The file, relative to the project's folder when it is inside, or <c>:memory:</c>.</summary>
    public override string Target { get; }

    // Names of tables are not told apart by their case.
    /// <inheritdoc/>
    public override string? HistoryLocation => EndsWithRun ? null : $"{RealFile}: {Settings.HistoryTable.Table.ToLowerInvariant()}";

    /// <summary>The file's full path, or <see langword="null"/> for a database in memory.</summary>
    public string? FilePath { get; }

    /// <summary>Whether a file that is missing may be created.</summary>
    internal bool CanCreate { get; }

    /// <summary>What the driver is given.</summary>
    internal string ConnectionString { get; }

    /// <summary>Whether nobody else can open the database, so that it ends with the run.</summary>
    internal bool EndsWithRun { get; private init; }

    /// <summary>Whether there is nothing to read yet.</summary>
    internal bool IsMissing => FilePath is not null && !File.Exists(FilePath);

    /// <summary>Roots the path and settles what the adapter relies on.</summary>
    /// <exception cref="MigrationException">MIG3007 when the history table has a schema.</exception>
    internal static SqliteConfig Create(SqliteConnectionStringBuilder connection, DatabaseSettings settings)
    {
        if (settings.HistoryTable.Schema is { } schema && !schema.Equals("main", StringComparison.OrdinalIgnoreCase))
        {
            throw Errors.HistoryUnusable(settings.HistoryTable.ToString(), "SQLite has no schemas. Name the table alone.");
        }

        // A pooled connection would keep the file open after the run.
        connection.Pooling = false;
        if (connection.Mode == SqliteOpenMode.Memory || connection.DataSource == InMemory)
        {
            // A name and a shared cache let one session follow another on the same database.
            var isNamed = connection.DataSource != InMemory;
            connection.DataSource = isNamed ? connection.DataSource : $"migrations-{Guid.NewGuid():N}";
            connection.Mode = SqliteOpenMode.Memory;
            connection.Cache = SqliteCacheMode.Shared;
            return new SqliteConfig(connection, null, InMemory, settings) { EndsWithRun = !isNamed };
        }

        var path = Path.GetFullPath(connection.DataSource, settings.ProjectDirectory);
        connection.DataSource = path;
        return new SqliteConfig(connection, path, IsInside(settings.ProjectDirectory, path) ? Path.GetRelativePath(settings.ProjectDirectory, path) : path, settings);
    }

    /// <summary>A database in memory that is opened the same way, and that nobody else sees.</summary>
    internal SqliteConfig Scratch() => Create(new SqliteConnectionStringBuilder(ConnectionString) { DataSource = InMemory }, Settings);

    /// <summary>A file that is opened the same way.</summary>
    internal SqliteConfig ForShadow(string file)
    {
        var connection = new SqliteConnectionStringBuilder(ConnectionString) { DataSource = file, Mode = SqliteOpenMode.ReadWriteCreate, Cache = SqliteCacheMode.Default };
        return Create(connection, Settings);
    }

    /// <summary>Whether the file lies in the project's folder.</summary>
    internal bool IsInsideProject => FilePath is not null && IsInside(Settings.ProjectDirectory, FilePath);

    // Of links, the one to the file itself is followed. A database in memory has a name.
    private string RealFile => FilePath is null ? $"{InMemory}{new SqliteConnectionStringBuilder(ConnectionString).DataSource}"
        : File.Exists(FilePath) && File.ResolveLinkTarget(FilePath, returnFinalTarget: true) is { } target ? target.FullName
        : FilePath;

    private static bool IsInside(string folder, string path)
    {
        var relative = Path.GetRelativePath(folder, path);
        return !Path.IsPathRooted(relative) && relative != ".." && !relative.StartsWith($"..{Path.DirectorySeparatorChar}", StringComparison.Ordinal);
    }
}

using DuckDB.NET.Data;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;

namespace DuckDbSample;

/// <summary>A DuckDB file.</summary>
public sealed class DuckDbConfig : DatabaseConfig
{
    private const string Scheme = "duckdb:";

    private DuckDbConfig(string file, DatabaseSettings settings)
        : base(settings) => File = file;

    /// <summary>Its full path.</summary>
    public string File { get; }

    /// <summary>What DuckDB calls the database of the file.</summary>
    public string Catalog => Path.GetFileNameWithoutExtension(File);

    public override string Target => Path.GetRelativePath(Settings.ProjectDirectory, File) is var inside && inside.StartsWith("..", StringComparison.Ordinal) ? File : inside;

    public string ConnectionString => new DuckDBConnectionStringBuilder { DataSource = File }.ConnectionString;

    /// <exception cref="MigrationException">MIG1007 when it is not <c>duckdb:</c> and a file.</exception>
    public static DuckDbConfig Parse(string connection, DatabaseSettings settings, string form)
    {
        if (!connection.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase))
        {
            throw AdapterErrors.ConnectionMalformed(settings, "it does not start with duckdb:.", form);
        }

        var file = connection[Scheme.Length..];
        file = file.StartsWith("//", StringComparison.Ordinal) ? file[2..] : file;
        return file.Length == 0 || file.StartsWith(':') || file.Contains('\0')
            ? throw AdapterErrors.ConnectionMalformed(settings, "it names no file; what is only in memory would be gone after the run.", form)
            : new DuckDbConfig(Path.GetFullPath(file, settings.ProjectDirectory), settings);
    }
}

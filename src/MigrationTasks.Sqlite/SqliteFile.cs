using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Sqlite;

/// <summary>The file of a database: what can be wrong with it before SQLite looks into it.</summary>
internal static class SqliteFile
{
    /// <summary>Checks that the file can be opened, or created where the connection allows it; changes nothing.</summary>
    /// <exception cref="MigrationException">MIG4003 when it cannot.</exception>
    public static void Check(SqliteConfig config)
    {
        if (config.FilePath is not { } path || File.Exists(path))
        {
            return;
        }

        if (Directory.Exists(path))
        {
            throw NotFound(config, "It is a folder, not a file.");
        }

        if (!config.CanCreate)
        {
            throw NotFound(config, "There is no such file, and the mode of the connection forbids to create it.");
        }

        // A fresh clone lacks the empty folders of a project; elsewhere a missing one is a typing error, or a disk that is not mounted.
        if (!config.IsInsideProject && Path.GetDirectoryName(path) is { } folder && !Directory.Exists(folder))
        {
            throw NotFound(config, $"The folder {folder} does not exist: create it.");
        }
    }

    /// <summary>Opens the database, and creates its file and its folder in the project when they are missing.</summary>
    /// <exception cref="MigrationException">MIG4003 when it cannot be opened; MIG4010 when it cannot be created.</exception>
    public static SqliteSession Open(SqliteConfig config)
    {
        Check(config);
        var isNew = config.IsMissing;
        try
        {
            if (isNew)
            {
                Directory.CreateDirectory(Path.GetDirectoryName(config.FilePath)!);
            }

            return SqliteSession.Open(config);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw SqliteErrors.ReadOnly(config, exception.Message, exception);
        }
        catch (SqliteFailure failure)
        {
            throw isNew ? SqliteErrors.ReadOnly(config, failure.Problem, failure) : NotFound(config, failure.Problem, failure);
        }
    }

    private static MigrationException NotFound(SqliteConfig config, string problem, Exception? cause = null) =>
        Errors.DatabaseNotFound(config.Target, config.Settings.Variable, problem, cause);
}

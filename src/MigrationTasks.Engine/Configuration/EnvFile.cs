using DotNetEnv;
using MigrationTasks.Engine.Diagnostics;
using Sprache;

namespace MigrationTasks.Engine.Configuration;

/// <summary>A <c>.env</c> file: read for its values, never written into the process environment.</summary>
public static class EnvFile
{
    private const string FileName = ".env";

    /// <summary>
    /// Finds the nearest <c>.env</c> file from the project's folder upward, up to the root of the repository (the folder
    /// that has <c>.git</c>). Outside a repository only the project's own folder is looked at.
    /// </summary>
    /// <param name="projectDirectory">The project's folder, a full path.</param>
    /// <returns>The file's path, or <see langword="null"/>.</returns>
    public static string? Find(string projectDirectory)
    {
        ArgumentNullException.ThrowIfNull(projectDirectory);
        var root = RepositoryRoot(projectDirectory) ?? projectDirectory;
        for (var folder = projectDirectory; folder is not null; folder = Path.GetDirectoryName(folder))
        {
            var file = Path.Combine(folder, FileName);
            if (File.Exists(file))
            {
                return file;
            }

            if (folder == root)
            {
                return null;
            }
        }

        return null;
    }

    /// <summary>Reads a file of <c>NAME=value</c> lines.</summary>
    /// <param name="path">The file's full path.</param>
    /// <exception cref="MigrationException">MIG1009 when it cannot be read as such lines.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        try
        {
            var values = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var (name, value) in Env.NoEnvVars().Load(path))
            {
                values[name] = value;
            }

            return values;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Errors.EnvFileUnreadable(path, exception);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // What the parser throws quotes the line it stumbled over, and that line may hold a password: only its number is passed on.
            throw Errors.EnvFileMalformed(new SourceLocation(path, exception is ParseException { Position: { } position } ? position.Line : 0));
        }
    }

    private static string? RepositoryRoot(string folder)
    {
        for (var current = folder; current is not null; current = Path.GetDirectoryName(current))
        {
            if (Path.Exists(Path.Combine(current, ".git")))
            {
                return current;
            }
        }

        return null;
    }
}

using MigrationTasks.Engine.Configuration.EnvFiles;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Configuration;

/// <summary>A <c>.env</c> file: read for its values, never written into the process environment.</summary>
public static class EnvFile
{
    /// <summary>
    /// Finds the nearest <c>.env</c> file from the project's folder upward, up to the root of the repository (the folder that has
    /// <c>.git</c>), or where there is none, up to the nearest folder that has a solution. Else only the project's own folder is looked at.
    /// </summary>
    /// <param name="projectDirectory">The project's folder, a full path.</param>
    /// <returns>The file's path, or <see langword="null"/>.</returns>
    public static string? Find(string projectDirectory) => EnvSearch.From(projectDirectory).Found;

    /// <summary>Reads all values of a file, with references resolved by the environment of the process and by the lines above.</summary>
    /// <param name="path">The file's full path.</param>
    /// <exception cref="MigrationException">MIG1009 when it cannot be read, or a line is malformed; MIG1036 when a value refers to a variable that is set nowhere.</exception>
    public static IReadOnlyDictionary<string, string> Read(string path)
    {
        var values = Open(path, Environment.GetEnvironmentVariable);
        return values.MalformedLine > 0
            ? throw Errors.EnvFileMalformed(new SourceLocation(path, values.MalformedLine))
            : values.Names.ToDictionary(name => name, name => values.Find(name)!, StringComparer.Ordinal);
    }

    /// <summary>Opens a file, whose values are read when they are asked for.</summary>
    /// <param name="path">The file's full path.</param>
    /// <param name="environment">How a variable of the environment is read.</param>
    /// <exception cref="MigrationException">MIG1009 when the system does not let it be read.</exception>
    internal static EnvValues Open(string path, Func<string, string?> environment)
    {
        try
        {
            return new EnvValues(path, File.ReadAllText(path), environment);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Errors.EnvFileUnreadable(path, exception);
        }
    }
}

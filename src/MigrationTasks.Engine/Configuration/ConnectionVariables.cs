using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Configuration;

/// <summary>Where connections are read by the name of their variable: the environment first, then a <c>.env</c> file.</summary>
internal sealed class ConnectionVariables
{
    private readonly Func<string, string?> _environment;
    private readonly Lazy<IReadOnlyDictionary<string, string>> _file;

    private ConnectionVariables(string? envFile, Func<string, string?> environment)
    {
        EnvFilePath = envFile;
        _environment = environment;
        // Read when it is first needed: a malformed file is no obstacle to somebody who sets the variable itself.
        _file = new(() => envFile is null ? new Dictionary<string, string>() : EnvFile.Read(envFile));
    }

    /// <summary>The <c>.env</c> file in use, or <see langword="null"/> when there is none.</summary>
    public string? EnvFilePath { get; }

    /// <summary>Decides which <c>.env</c> file is used.</summary>
    /// <param name="projectDirectory">The project's folder, a full path; a relative <paramref name="envFile"/> starts there.</param>
    /// <param name="envFile">The file that <c>MigrateEnvFile</c> names, or <see langword="null"/> for the nearest one.</param>
    /// <param name="environment">How a variable of the environment is read; that of the process when omitted.</param>
    /// <exception cref="MigrationException">MIG1008 when the named file does not exist.</exception>
    public static ConnectionVariables Create(string projectDirectory, string? envFile, Func<string, string?>? environment = null)
    {
        environment ??= Environment.GetEnvironmentVariable;
        if (string.IsNullOrEmpty(envFile))
        {
            return new ConnectionVariables(EnvFile.Find(projectDirectory), environment);
        }

        var path = Path.GetFullPath(envFile, projectDirectory);
        return File.Exists(path) ? new ConnectionVariables(path, environment) : throw Errors.EnvFileMissing(path);
    }

    /// <summary>The connection of a folder: as it is given in code, else from its variable.</summary>
    /// <param name="folder">The folder.</param>
    /// <returns>The connection, or <see langword="null"/> when there is none.</returns>
    /// <exception cref="MigrationException">MIG1009 when the <c>.env</c> file is needed and cannot be read.</exception>
    public string? ConnectionOf(DatabaseFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return folder.Connection ?? Find(folder.Variable);
    }

    /// <summary>Reads a variable.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>Its value, or <see langword="null"/> when it is set nowhere, or to nothing.</returns>
    /// <exception cref="MigrationException">MIG1009 when the <c>.env</c> file is needed and cannot be read.</exception>
    public string? Find(string name)
    {
        var value = _environment(name);
        value = string.IsNullOrWhiteSpace(value) ? _file.Value.GetValueOrDefault(name) : value;
        return string.IsNullOrWhiteSpace(value) ? null : value.Trim();
    }
}

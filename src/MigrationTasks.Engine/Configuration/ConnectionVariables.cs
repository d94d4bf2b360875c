using MigrationTasks.Engine.Configuration.EnvFiles;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Configuration;

/// <summary>
/// Where connections are read by the name of their variable: the environment first, then the file that the environment names by the same
/// variable with <c>_FILE</c> behind it, as secrets are handed to a container, then a <c>.env</c> file.
/// </summary>
internal sealed class ConnectionVariables
{
    private const int MaximumChoices = 3;
    private const string FileSuffix = "_FILE";
    private const int LongestSecret = 65_536;

    private readonly EnvSearch? _search;
    private readonly Func<string, string?> _environment;
    private readonly bool _isProcess;
    private readonly Lazy<EnvValues?> _file;
    private readonly string _directory;

    private ConnectionVariables(string directory, string? envFile, EnvSearch? search, Func<string, string?>? environment)
    {
        (_directory, EnvFilePath, _search) = (directory, envFile, search);
        _isProcess = environment is null;
        _environment = environment ?? Environment.GetEnvironmentVariable;
        // Read when it is first needed: a file that cannot be read is no obstacle to somebody who sets the variable itself.
        _file = new(() => envFile is null ? null : EnvFile.Open(envFile, _environment));
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
        if (string.IsNullOrEmpty(envFile))
        {
            var search = EnvSearch.From(projectDirectory);
            return new ConnectionVariables(projectDirectory, search.Found, search, environment);
        }

        var path = Path.GetFullPath(envFile, projectDirectory);
        return File.Exists(path) ? new ConnectionVariables(projectDirectory, path, null, environment) : throw Errors.EnvFileMissing(path);
    }

    /// <summary>The connection of a folder: as it is given in code, else from its variable.</summary>
    /// <returns>The connection, or <see langword="null"/> when there is none.</returns>
    /// <exception cref="MigrationException">As <see cref="Find"/>.</exception>
    public string? ConnectionOf(DatabaseFolder folder) => folder.Connection ?? Find(folder.Variable);

    /// <summary>Reads a variable.</summary>
    /// <returns>Its value, or <see langword="null"/> when it is set nowhere, or to nothing.</returns>
    /// <exception cref="MigrationException">
    /// MIG1049 when the file that holds it cannot be used; MIG1009 or MIG1036 when the value in the <c>.env</c> file is needed and cannot be read.
    /// </exception>
    public string? Find(string name) => Text(_environment(name)) ?? Secret(name) ?? Text(_file.Value?.Find(name));

    /// <summary>What is odd about where a folder's connection comes from: MIG1037 when the file that somebody named says something else than the environment.</summary>
    public Diagnostic? WarningOf(DatabaseFolder folder)
    {
        if (_search is not null || folder.Connection is not null)
        {
            return null;
        }

        try
        {
            var (variable, used) = Text(_environment(folder.Variable)) is { } value ? (folder.Variable, value) : (folder.Variable + FileSuffix, Secret(folder.Variable));
            return used is not null && Text(_file.Value?.Find(folder.Variable)) is { } other && other != used ? Errors.EnvFileOverridden(variable, EnvFilePath!) : null;
        }
        catch (MigrationException)
        {
            // Nobody needs it.
            return null;
        }
    }

    /// <summary>What there is to say where a variable is set nowhere: where it was looked for, and what may be meant instead.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="isMeant">Whether a value is a connection to such a database: another variable may hold it. It is never shown.</param>
    public string Search(string name, Func<string, bool> isMeant)
    {
        var file = _file.Value;
        var (where, above) = _search switch
        {
            null => ($" It is neither in the environment nor in {EnvFilePath}.", null),
            { Found: { } found } => ($" It is neither in the environment nor in {found}.", null),
            { Project: var project, Root: var root } when project == root => ($" It is not in the environment, and there is no .env file in {project}.", _search.NotReadAbove),
            { Project: var project, Root: var root } => ($" It is not in the environment, and there is no .env file in {project} or above it, up to {root}.", _search.NotReadAbove),
        };
        return where
            + Instead(name, isMeant)
            + (file is { MalformedLine: > 0 } ? $" Line {file.MalformedLine} of that file is not of the form NAME=value." : "")
            + (above is null ? "" : $" {above} is not read, because neither a repository nor a solution says that it belongs to this project: name it with -p:MigrateEnvFile={above}.");
    }

    // A name that is nearly right; else every provider has a name of its own for it, such as POSTGRES_URL.
    private string Instead(string name, Func<string, bool> isMeant)
    {
        IEnumerable<string> ofProcess = _isProcess ? Environment.GetEnvironmentVariables().Keys.Cast<string>().Order(StringComparer.Ordinal) : [];
        List<string> others = [.. (_file.Value?.Names ?? []).Concat(ofProcess).Where(known => known != name).Distinct()];
        if (Spelling.Nearest(name, others) is { } near)
        {
            return $" Do you mean {near}, which is set?";
        }

        var meant = others.FindAll(other => ValueOf(other) is { } value && isMeant(value));
        return meant.Count == 0
            ? ""
            : $" Do you mean {string.Join(" or ", meant.Take(MaximumChoices))}, which {(meant.Count == 1 ? "is" : "are")} set? Rename it, or name it at the MigrationsFolder item: ConnectionStringVariable=\"{meant[0]}\".";
    }

    private string? Secret(string name)
    {
        if (Text(_environment(name + FileSuffix)) is not { } named)
        {
            return null;
        }

        var path = Path.GetFullPath(named, _directory);
        try
        {
            using var reader = new StreamReader(path);
            var text = new char[LongestSecret];
            var length = reader.ReadBlock(text);
            var secret = Text(new string(text, 0, length));
            return secret is null ? throw Errors.SecretFile(name + FileSuffix, path, "is empty")
                : length == LongestSecret || secret.AsSpan().ContainsAny('\r', '\n') ? throw Errors.SecretFile(name + FileSuffix, path, "has more than one line")
                : secret;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw Errors.SecretFile(name + FileSuffix, path, File.Exists(path) ? "cannot be read by this user" : "is not there", exception);
        }
    }

    private string? ValueOf(string name)
    {
        try
        {
            return Find(name);
        }
        catch (MigrationException)
        {
            // Nobody needs it.
            return null;
        }
    }

    private static string? Text(string? value) => string.IsNullOrWhiteSpace(value) ? null : value.Trim();
}

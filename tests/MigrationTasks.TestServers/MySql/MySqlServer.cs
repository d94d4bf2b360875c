using System.Security.Cryptography;
using MySqlConnector;

namespace MigrationTasks.TestServers;

/// <summary>
/// A MySQL or MariaDB server of which a test may do everything. Most tests share one (<see cref="Servers"/>) and make themselves
/// a database on it; a server started here is the caller's own, and goes when disposed.
/// </summary>
public sealed class MySqlServer : IAsyncDisposable
{
    internal const string SuperUser = "root";

    private readonly Func<ValueTask> _stop;

    private MySqlServer(MySqlConnectionStringBuilder administrator, string version, Func<ValueTask> stop)
    {
        administrator.Pooling = false;
        // As the server writes it, so that results can be compared.
        administrator.TreatTinyAsBoolean = false;
        administrator.AllowUserVariables = true;
        Administrator = administrator;
        Version = version;
        _stop = stop;
    }

    public string Host => Administrator.Server;

    public int Port => (int)Administrator.Port;

    public string UserName => Administrator.UserID;

    public string Password => Administrator.Password;

    /// <summary>As the server tells it: <c>10.11.14-MariaDB-0+deb12u2</c>, <c>8.4.6</c>.</summary>
    public string Version { get; }

    public bool IsMariaDb => Version.Contains("MariaDB", StringComparison.Ordinal);

    /// <summary>
    /// The authority to trust for <c>ssl-mode=VERIFY_IDENTITY</c> to localhost or 127.0.0.1; <see langword="null"/> where the
    /// server's certificate is unknown. A local server always has one.
    /// </summary>
    public string? RootCertificateFile { get; private init; }

    /// <summary>The process, of a local server only: to stop it, kill it, start it again or read its log.</summary>
    public LocalMariaDb? Local { get; private init; }

    internal MySqlConnectionStringBuilder Administrator { get; }

    /// <summary>Connects to the server that <c>MIGRATIONTASKS_TEST_MYSQL</c> names.</summary>
    /// <exception cref="ServerUnavailableException">The variable is not set, cannot be read, or the server does not answer.</exception>
    public static async Task<MySqlServer> ConnectExternalAsync()
    {
        var connection = ExternalMySql.Read();
        try
        {
            return new(connection, await AskVersionAsync(connection), () => default);
        }
        catch (MySqlException e)
        {
            throw new ServerUnavailableException($"The server that {ExternalMySql.Variable} names does not answer: {e.Message}", e);
        }
    }

    /// <summary>Starts a container of the image that <c>MIGRATIONTASKS_TEST_MYSQL_IMAGE</c> names.</summary>
    /// <exception cref="ServerUnavailableException">No Docker engine answers, or the image can neither be found nor pulled.</exception>
    public static async Task<MySqlServer> StartContainerAsync()
    {
        var container = await ContainerMySql.StartAsync(NewPassword());
        var connection = new MySqlConnectionStringBuilder(container.GetConnectionString()) { Database = "" };
        return new(connection, await AskVersionAsync(connection), container.DisposeAsync);
    }

    /// <summary>Starts MariaDB from this machine's binaries on 127.0.0.1, with a password and TLS on.</summary>
    /// <param name="settings">What to set in its option file.</param>
    /// <exception cref="ServerUnavailableException">MariaDB is not installed or does not start.</exception>
    public static async Task<MySqlServer> StartLocalAsync(IReadOnlyDictionary<string, string>? settings = null) =>
        await OfAsync(await LocalMariaDb.CreateAsync(NewPassword(), settings ?? new Dictionary<string, string>()));

    /// <summary>A node of a cluster.</summary>
    internal static async Task<MySqlServer> OfAsync(LocalMariaDb local)
    {
        var connection = new MySqlConnectionStringBuilder(local.ConnectionString);
        return new(connection, await AskVersionAsync(connection), local.DisposeAsync)
        {
            RootCertificateFile = local.RootCertificateFile,
            Local = local,
        };
    }

    /// <summary>Makes a fresh, empty database that goes when disposed.</summary>
    public async Task<MySqlDatabase> CreateDatabaseAsync()
    {
        var name = $"test_{Environment.ProcessId}_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        await ExecuteAsync($"CREATE DATABASE {name} CHARACTER SET utf8mb4");
        return new MySqlDatabase(this, name);
    }

    /// <summary>Runs SQL outside of any database: to make a user, say.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new MySqlConnection(Administrator.ConnectionString);
        await connection.OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _stop();

    internal static string NewPassword() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));

    private static async Task<string> AskVersionAsync(MySqlConnectionStringBuilder administrator)
    {
        await using var connection = new MySqlConnection(administrator.ConnectionString);
        await connection.OpenAsync();
        // What MariaDB says first is for clients that know MySQL only.
        const string ForOldClients = "5.5.5-";
        return connection.ServerVersion.StartsWith(ForOldClients, StringComparison.Ordinal) ? connection.ServerVersion[ForOldClients.Length..] : connection.ServerVersion;
    }
}

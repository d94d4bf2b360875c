using System.Security.Cryptography;
using Npgsql;

namespace MigrationTasks.TestServers;

/// <summary>
/// A PostgreSQL server whose superuser a test is. Most tests share one (<see cref="Servers"/>) and make themselves
/// a database on it; a server started here is the caller's own, and goes when disposed.
/// </summary>
public sealed class PostgreSqlServer : IAsyncDisposable
{
    internal const string SuperUser = "postgres";

    private readonly Func<ValueTask> _stop;

    private PostgreSqlServer(
        PostgreSqlServerKind kind, NpgsqlConnectionStringBuilder administrator, Version version, Func<ValueTask> stop)
    {
        Kind = kind;
        Administrator = administrator;
        Version = version;
        _stop = stop;
    }

    public PostgreSqlServerKind Kind { get; }

    public string Host => Administrator.Host!;

    public int Port => Administrator.Port;

    /// <summary>The superuser.</summary>
    public string UserName => Administrator.Username!;

    public string Password => Administrator.Password ?? "";

    public Version Version { get; }

    /// <summary>
    /// The authority to trust for <c>sslmode=verify-full</c> to localhost or 127.0.0.1; <see langword="null"/>
    /// where the server's certificate is unknown or it has none. A local server always has one.
    /// </summary>
    public string? RootCertificateFile { get; private init; }

    /// <summary>The process, of a local server only: to stop it, kill it, start it again or read its log.</summary>
    public LocalPostgreSql? Local { get; private init; }

    internal NpgsqlConnectionStringBuilder Administrator { get; }

    /// <summary>Connects to the server that <c>MIGRATIONTASKS_TEST_POSTGRES</c> names.</summary>
    /// <exception cref="ServerUnavailableException">The variable is not set, cannot be read, or the server does not answer.</exception>
    public static async Task<PostgreSqlServer> ConnectExternalAsync()
    {
        var connection = ExternalPostgreSql.Read();
        try
        {
            return new(PostgreSqlServerKind.External, connection, await AskVersionAsync(connection), () => default)
            {
                RootCertificateFile = connection.RootCertificate,
            };
        }
        catch (NpgsqlException e)
        {
            throw new ServerUnavailableException($"The server that {ExternalPostgreSql.Variable} names does not answer: {e.Message}", e);
        }
    }

    /// <summary>
    /// Starts PostgreSQL in a container, of the image that <c>MIGRATIONTASKS_TEST_POSTGRES_IMAGE</c> names or the
    /// official one.
    /// </summary>
    /// <exception cref="ServerUnavailableException">No Docker engine answers, or the image can neither be found nor pulled.</exception>
    public static async Task<PostgreSqlServer> StartContainerAsync()
    {
        var container = await ContainerPostgreSql.StartAsync(NewPassword());
        var connection = new NpgsqlConnectionStringBuilder(container.GetConnectionString()) { Pooling = false, SslMode = SslMode.Disable };
        return new(PostgreSqlServerKind.Container, connection, await AskVersionAsync(connection), container.DisposeAsync);
    }

    /// <summary>
    /// Starts PostgreSQL from this machine's binaries on 127.0.0.1, with passwords (SCRAM) and TLS on.
    /// </summary>
    /// <param name="settings">What to set in <c>postgresql.conf</c>, such as <c>fsync</c>, which is off otherwise.</param>
    /// <param name="folder">Where to put the data, such as on a <see cref="TinyDisk"/>; a temporary folder otherwise.</param>
    /// <exception cref="ServerUnavailableException">PostgreSQL is not installed or does not start.</exception>
    public static async Task<PostgreSqlServer> StartLocalAsync(
        IReadOnlyDictionary<string, string>? settings = null, string? folder = null)
    {
        var local = await LocalPostgreSql.CreateAsync(NewPassword(), settings ?? new Dictionary<string, string>(), folder);
        var connection = new NpgsqlConnectionStringBuilder(local.ConnectionString);
        return new(PostgreSqlServerKind.Local, connection, await AskVersionAsync(connection), local.DisposeAsync)
        {
            RootCertificateFile = local.RootCertificateFile,
            Local = local,
        };
    }

    /// <summary>Makes a fresh, empty database that goes when disposed.</summary>
    public async Task<TestDatabase> CreateDatabaseAsync()
    {
        var name = $"test_{Environment.ProcessId}_{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4))}";
        // Of template0, because a session on template1 would be in the way.
        await ExecuteAsync($"CREATE DATABASE {name} TEMPLATE template0");
        return new TestDatabase(this, name);
    }

    /// <summary>Runs SQL as the superuser in the database <c>postgres</c>: to make a role, say.</summary>
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Administrator.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    public ValueTask DisposeAsync() => _stop();

    private static string NewPassword() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));

    private static async Task<Version> AskVersionAsync(NpgsqlConnectionStringBuilder administrator)
    {
        await using var connection = new NpgsqlConnection(administrator.ConnectionString);
        await connection.OpenAsync();
        return connection.PostgreSqlVersion;
    }
}

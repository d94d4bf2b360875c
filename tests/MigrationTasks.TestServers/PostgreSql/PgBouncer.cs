using System.Net.Sockets;

namespace MigrationTasks.TestServers;

/// <summary>
/// PgBouncer in front of a server, as a hosted transaction pooler is set up: transaction mode, SCRAM, TLS, and deaf
/// to the start-up parameters that it cannot keep. Stands in for Supabase's pooler on port 6543.
/// </summary>
public sealed class PgBouncer : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(20);

    private readonly PostgreSqlServer _server;
    private readonly TemporaryFolder _folder;
    private readonly ServerProcess _process;
    private readonly string _sslMode;

    private PgBouncer(PostgreSqlServer server, TemporaryFolder folder, ServerProcess process, int port, string sslMode)
    {
        _server = server;
        _folder = folder;
        _process = process;
        Port = port;
        _sslMode = sslMode;
    }

    public static string Host => "127.0.0.1";

    public int Port { get; }

    /// <summary>The authority to trust for <c>sslmode=verify-full</c>.</summary>
    public string RootCertificateFile => Path.Combine(_folder.Path, "ca.crt");

    /// <summary>What the pooler logs.</summary>
    public string LogFile => _process.LogFile;

    /// <param name="server">The server that it pools.</param>
    /// <param name="requireTls">Whether clients without TLS are turned away.</param>
    /// <param name="poolSize">How many server connections it keeps for each database and user.</param>
    /// <exception cref="ServerUnavailableException">PgBouncer is not installed or does not start.</exception>
    public static async Task<PgBouncer> StartAsync(PostgreSqlServer server, bool requireTls = false, int poolSize = 20)
    {
        // Debian installs it where only root's PATH leads.
        var program = Command.Find("pgbouncer", "/usr/sbin", "/usr/local/sbin")
            ?? throw new ServerUnavailableException("PgBouncer is not installed.");
        var folder = new TemporaryFolder();
        try
        {
            var certificate = ServerCertificate.WriteTo(folder.Path);
            var users = folder.Write("users.txt", $"\"{server.UserName}\" \"{server.Password}\"\n");
            for (var attempt = 1; ; attempt++)
            {
                var port = LoopbackPort.Free();
                var configuration = folder.Write(
                    "pgbouncer.ini", Configuration(server, port, users, certificate, requireTls, poolSize));
                ServerUser.Own(folder.Path);
                var process = await ServerProcess.StartAsync(
                    program, [configuration], folder.Path, Path.Combine(folder.Path, "pgbouncer.log"), UnixSignal.Kill);
                if (await ListensAsync(port, process))
                {
                    return new PgBouncer(server, folder, process, port, requireTls ? "require" : "disable");
                }

                var log = await File.ReadAllTextAsync(process.LogFile);
                process.Dispose();
                if (attempt == 3 || !log.Contains("Address already in use", StringComparison.Ordinal))
                {
                    throw new ServerUnavailableException($"PgBouncer does not start: {log}");
                }
            }
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>A database's URL through the pooler.</summary>
    public string UrlFor(TestDatabase database) => database.UrlThrough(Port, $"sslmode={_sslMode}");

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Send(UnixSignal.Kill);
            await _process.WaitForExitAsync();
        }

        _process.Dispose();
        _folder.Dispose();
    }

    private static string Configuration(
        PostgreSqlServer server, int port, string users, ServerCertificate certificate, bool requireTls, int poolSize) =>
        $"""
        [databases]
        * = host={server.Host} port={server.Port} auth_user={server.UserName}

        [pgbouncer]
        listen_addr = {Host}
        listen_port = {port}
        unix_socket_dir =
        pool_mode = transaction
        default_pool_size = {poolSize}
        max_client_conn = 1000
        auth_type = scram-sha-256
        ; The superuser is in the file; roles that tests make are looked up on the server.
        auth_file = {users}
        auth_query = SELECT usename, passwd FROM pg_catalog.pg_shadow WHERE usename = $1
        client_tls_sslmode = {(requireTls ? "require" : "allow")}
        client_tls_cert_file = {certificate.CertificateFile}
        client_tls_key_file = {certificate.KeyFile}
        server_tls_sslmode = {(server.Kind == PostgreSqlServerKind.External ? "prefer" : "disable")}
        ignore_startup_parameters = extra_float_digits, options, search_path, statement_timeout, lock_timeout
        """;

    private static async Task<bool> ListensAsync(int port, ServerProcess process)
    {
        for (var giveUp = DateTime.UtcNow + StartPatience; DateTime.UtcNow < giveUp && !process.HasExited; await Task.Delay(20))
        {
            try
            {
                using var client = new TcpClient();
                await client.ConnectAsync(Host, port);
                return !process.HasExited;
            }
            catch (SocketException)
            {
                // Not yet.
            }
        }

        return false;
    }
}

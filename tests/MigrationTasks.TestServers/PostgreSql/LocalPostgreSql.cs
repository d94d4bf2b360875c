using System.Globalization;
using Npgsql;

namespace MigrationTasks.TestServers;

/// <summary>
/// The process behind a <see cref="PostgreSqlServer"/> that runs from this machine's binaries, for tests about
/// crashes: it can be stopped, killed and started again on the same port and data.
/// </summary>
public sealed class LocalPostgreSql
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly string _binaries;
    private readonly TemporaryFolder _folder;
    private readonly string _connectionString;
    private ServerProcess? _process;

    private LocalPostgreSql(string binaries, TemporaryFolder folder, string dataFolder, int port, string password)
    {
        _binaries = binaries;
        _folder = folder;
        DataFolder = dataFolder;
        LogFile = Path.Combine(folder.Path, "postgresql.log");
        Port = port;
        _connectionString = new NpgsqlConnectionStringBuilder
        {
            Host = "127.0.0.1",
            Port = port,
            Username = PostgreSqlServer.SuperUser,
            Password = password,
            Database = "postgres",
            Pooling = false,
            SslMode = SslMode.Disable,
        }.ConnectionString;
    }

    public string DataFolder { get; }

    /// <summary>What the server logs, in English.</summary>
    public string LogFile { get; }

    public bool IsRunning => _process is { HasExited: false };

    internal int Port { get; }

    internal string RootCertificateFile => Path.Combine(_folder.Path, "ca.crt");

    internal string ConnectionString => _connectionString;

    internal static async Task<LocalPostgreSql> CreateAsync(
        string password, IReadOnlyDictionary<string, string> settings, string? parentOfData)
    {
        var binaries = PostgreSqlBinaries.Find();
        var folder = new TemporaryFolder();
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var dataFolder = Path.Combine(parentOfData ?? folder.Path, $"data{attempt}");
                var server = new LocalPostgreSql(binaries, folder, dataFolder, LoopbackPort.Free(), password);
                server.Initialize(password, settings);
                try
                {
                    await server.StartAsync();
                    return server;
                }
                catch (ServerUnavailableException e) when (attempt < 3 && e.Message.Contains("could not bind", StringComparison.Ordinal))
                {
                    // Somebody took the port between the look and the start.
                }
            }
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Starts the server again after <see cref="StopAsync"/> or <see cref="KillAsync"/>, and waits until it answers.</summary>
    /// <exception cref="ServerUnavailableException">It does not come up; the message holds the end of its log.</exception>
    public async Task StartAsync()
    {
        _process?.Dispose();
        _process = await ServerProcess.StartAsync(
            Path.Combine(_binaries, "postgres"), ["-D", DataFolder], _folder.Path, LogFile, UnixSignal.Quit);
        var giveUp = DateTime.UtcNow + StartPatience;
        while (!await AnswersAsync())
        {
            if (_process.HasExited || DateTime.UtcNow > giveUp)
            {
                await StopAsync();
                throw new ServerUnavailableException($"PostgreSQL does not start: {EndOfLog()}");
            }

            await Task.Delay(20);
        }
    }

    /// <summary>Stops the server in good order: clients are disconnected, transactions rolled back, data written.</summary>
    public Task StopAsync() => EndAsync(UnixSignal.Int);

    /// <summary>Kills every process of the server at once (<c>kill -9</c>). The next start recovers from its log.</summary>
    public Task KillAsync() => _process is { HasExited: false } process ? process.KillAllAsync() : Task.CompletedTask;

    /// <summary>
    /// Kills the processes that serve a database (<c>kill -9</c>). The server takes that for a crash: it ends all others,
    /// recovers from its log, and is back by itself; this waits until it is.
    /// </summary>
    public async Task KillBackendsAsync(TestDatabase database)
    {
        var backends = await database.RowsAsync("SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()");
        foreach (var backend in backends)
        {
            UnixSignal.Kill.Send(int.Parse(backend, CultureInfo.InvariantCulture));
        }

        while (!await AnswersAsync())
        {
            await Task.Delay(20);
        }
    }

    internal async ValueTask DisposeAsync()
    {
        // The data is thrown away, so nothing needs to be written first.
        await EndAsync(UnixSignal.Quit);
        _process?.Dispose();
        _folder.Dispose();
    }

    private async Task EndAsync(UnixSignal signal)
    {
        if (_process is { HasExited: false } process)
        {
            process.Send(signal);
            await process.WaitForExitAsync();
        }
    }

    private void Initialize(string password, IReadOnlyDictionary<string, string> settings)
    {
        var passwordFile = _folder.Write("password", password);
        var certificate = ServerCertificate.WriteTo(_folder.Path);
        ServerUser.Own(_folder.Path);
        ServerProcess.RunTool(
            Path.Combine(_binaries, "initdb"),
            ["-D", DataFolder, "-U", PostgreSqlServer.SuperUser, "--pwfile", passwordFile, "--auth=scram-sha-256",
                "--encoding=UTF8", "--locale=C", "--no-sync"],
            _folder.Path);
        File.Delete(passwordFile);

        Dictionary<string, string> all = new()
        {
            ["listen_addresses"] = "127.0.0.1",
            ["port"] = Port.ToString(CultureInfo.InvariantCulture),
            ["unix_socket_directories"] = "",
            ["max_connections"] = "200",
            ["password_encryption"] = "scram-sha-256",
            ["ssl"] = "on",
            ["ssl_cert_file"] = certificate.CertificateFile,
            ["ssl_key_file"] = certificate.KeyFile,
            // Creating and dropping databases is several times faster. A killed server loses nothing by it: what it
            // wrote is with the operating system, and only a machine that goes down would lose that.
            ["fsync"] = "off",
            ["timezone"] = "UTC",
            ["log_timezone"] = "UTC",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        File.AppendAllLines(
            Path.Combine(DataFolder, "postgresql.conf"),
            all.Select(setting => $"{setting.Key} = '{setting.Value.Replace("'", "''", StringComparison.Ordinal)}'"));
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new NpgsqlConnection(_connectionString);
            await connection.OpenAsync();
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }

    private string EndOfLog() => string.Join(Environment.NewLine, File.ReadLines(LogFile).TakeLast(10));
}

using System.Globalization;
using MySqlConnector;

namespace MigrationTasks.TestServers;

/// <summary>
/// The process behind a <see cref="MySqlServer"/> that runs from this machine's binaries, for tests about crashes: it can be
/// stopped, killed and started again on the same port and data.
/// </summary>
public sealed class LocalMariaDb
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);

    private readonly TemporaryFolder _folder;
    private readonly string _password;
    private readonly IReadOnlyList<string> _options;
    private ServerProcess? _process;

    private LocalMariaDb(TemporaryFolder folder, int port, string password, IReadOnlyList<string>? options = null)
    {
        _folder = folder;
        _password = password;
        _options = options ?? [];
        Port = port;
        ConnectionString = new MySqlConnectionStringBuilder
        {
            Server = "127.0.0.1",
            Port = (uint)port,
            UserID = MySqlServer.SuperUser,
            Password = password,
            Pooling = false,
            SslMode = MySqlSslMode.Disabled,
        }.ConnectionString;
    }

    /// <summary>What the server logs, in English.</summary>
    public string LogFile => Path.Combine(_folder.Path, "mariadb.log");

    /// <summary>Every statement that it gets, once <c>SET GLOBAL general_log = ON</c> was said.</summary>
    public string GeneralLogFile => Path.Combine(_folder.Path, "general.log");

    public bool IsRunning => _process is { HasExited: false };

    internal int Port { get; }

    internal string RootCertificateFile => Path.Combine(_folder.Path, "ca.crt");

    internal string ConnectionString { get; }

    private string DataFolder => Path.Combine(_folder.Path, "data");

    private string OptionFile => Path.Combine(_folder.Path, "my.cnf");

    internal static async Task<LocalMariaDb> CreateAsync(string password, IReadOnlyDictionary<string, string> settings)
    {
        var folder = new TemporaryFolder();
        try
        {
            for (var attempt = 1; ; attempt++)
            {
                var server = new LocalMariaDb(folder, LoopbackPort.Free(), password);
                server.Initialize(settings);
                try
                {
                    await server.StartFirstAsync();
                    return server;
                }
                catch (ServerUnavailableException e) when (attempt < 3 && e.Message.Contains("Address already in use", StringComparison.Ordinal))
                {
                    // Somebody took the port between the look and the start.
                    Directory.Delete(server.DataFolder, recursive: true);
                }
            }
        }
        catch
        {
            folder.Dispose();
            throw;
        }
    }

    /// <summary>Makes a data folder for a node of a cluster, and starts the cluster with it.</summary>
    /// <param name="password">The administrator's, on all nodes.</param>
    /// <param name="options">What makes it a node, whenever it starts.</param>
    internal static async Task<LocalMariaDb> StartClusterAsync(string password, IReadOnlyList<string> options)
    {
        var server = new LocalMariaDb(new TemporaryFolder(), LoopbackPort.Free(), password, options);
        try
        {
            server.Initialize(MariaDbCluster.Settings);
            await server.StartFirstAsync("--wsrep-new-cluster");
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts another node of a cluster, which takes its data from those that run.</summary>
    /// <param name="password">The administrator's, on all nodes.</param>
    /// <param name="options">What makes it a node, whenever it starts.</param>
    internal static async Task<LocalMariaDb> JoinClusterAsync(string password, IReadOnlyList<string> options)
    {
        var server = new LocalMariaDb(new TemporaryFolder(), LoopbackPort.Free(), password, options);
        try
        {
            server.WriteOptions(MariaDbCluster.Settings);
            await server.StartAsync();
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the server again after <see cref="StopAsync"/> or <see cref="KillAsync"/>, and waits until it answers.</summary>
    /// <exception cref="ServerUnavailableException">It does not come up; the message holds the end of its log.</exception>
    public Task StartAsync() => StartAsync([]);

    /// <summary>Stops the server in good order: clients are disconnected, transactions rolled back, data written.</summary>
    public async Task StopAsync()
    {
        if (_process is { HasExited: false } process)
        {
            process.Send(UnixSignal.Term);
            await process.WaitForExitAsync();
        }
    }

    /// <summary>Kills the server (<c>kill -9</c>). The next start recovers from its log.</summary>
    public Task KillAsync() => _process is { HasExited: false } process ? process.KillAllAsync() : Task.CompletedTask;

    internal async ValueTask DisposeAsync()
    {
        // The data is thrown away, so nothing needs to be written first.
        await KillAsync();
        _process?.Dispose();
        _folder.Dispose();
    }

    private void Initialize(IReadOnlyDictionary<string, string> settings)
    {
        WriteOptions(settings);
        ServerProcess.RunTool(
            MariaDbBinaries.Install,
            [$"--defaults-file={OptionFile}", "--auth-root-authentication-method=normal", "--skip-test-db", "--skip-name-resolve"],
            _folder.Path);
    }

    private void WriteOptions(IReadOnlyDictionary<string, string> settings)
    {
        var certificate = ServerCertificate.WriteTo(_folder.Path);
        Dictionary<string, string> all = new()
        {
            ["datadir"] = DataFolder,
            ["bind-address"] = "127.0.0.1",
            ["port"] = Port.ToString(CultureInfo.InvariantCulture),
            // The path of a socket may have no more than 107 characters, and a folder for temporary files may be deep.
            ["socket"] = "mariadb.sock",
            ["pid-file"] = "mariadb.pid",
            // A server that starts deletes all temporary tables in this folder, another server's too.
            ["tmpdir"] = _folder.Path,
            ["skip-name-resolve"] = "1",
            ["skip-log-bin"] = "1",
            ["general-log-file"] = GeneralLogFile,
            ["max-connections"] = "200",
            ["character-set-server"] = "utf8mb4",
            ["default-time-zone"] = "+00:00",
            ["ssl-ca"] = certificate.RootFile,
            ["ssl-cert"] = certificate.CertificateFile,
            ["ssl-key"] = certificate.KeyFile,
            ["innodb-buffer-pool-size"] = "32M",
            ["innodb-log-file-size"] = "16M",
            // A killed server loses nothing by it: what it wrote is with the operating system, and only a machine that goes
            // down would lose that.
            ["innodb-flush-method"] = "nosync",
            ["innodb-flush-log-at-trx-commit"] = "2",
        };
        foreach (var (name, value) in settings)
        {
            all[name] = value;
        }

        File.WriteAllLines(OptionFile, ["[mariadbd]", .. all.Select(setting => $"{setting.Key} = {setting.Value}"), "[sst]", "ssl-mode = DISABLED"]);
        Directory.CreateDirectory(DataFolder);
        ServerUser.Own(_folder.Path);
    }

    private async Task StartFirstAsync(params IEnumerable<string> options)
    {
        // As the server starts, and before anybody can connect.
        var first = _folder.Write("first.sql", $"""
            ALTER USER 'root'@'localhost' IDENTIFIED BY '{_password}';
            CREATE OR REPLACE USER 'root'@'127.0.0.1' IDENTIFIED BY '{_password}';
            GRANT ALL ON *.* TO 'root'@'127.0.0.1' WITH GRANT OPTION;
            """);
        ServerUser.Own(first);
        await StartAsync([$"--init-file={first}", .. options]);
        File.Delete(first);
    }

    private async Task StartAsync(IEnumerable<string> options)
    {
        _process?.Dispose();
        _process = await ServerProcess.StartAsync(
            MariaDbBinaries.Server, [$"--defaults-file={OptionFile}", .. _options, .. options], _folder.Path, LogFile, UnixSignal.Kill);
        var giveUp = DateTime.UtcNow + StartPatience;
        while (!await AnswersAsync())
        {
            if (_process.HasExited || DateTime.UtcNow > giveUp)
            {
                await StopAsync();
                throw new ServerUnavailableException($"MariaDB does not start: {EndOfLog()}");
            }

            await Task.Delay(20);
        }
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            await using var connection = new MySqlConnection(ConnectionString);
            await connection.OpenAsync();
            return true;
        }
        catch (MySqlException)
        {
            return false;
        }
    }

    // A node of a cluster goes on talking for long after it has said what is wrong.
    private string EndOfLog()
    {
        var lines = File.ReadLines(LogFile).TakeLast(200).ToList();
        var errors = lines.Where(line => line.Contains("ERROR", StringComparison.Ordinal)).ToList();
        return string.Join(Environment.NewLine, (errors.Count > 0 ? errors : lines).TakeLast(10));
    }
}

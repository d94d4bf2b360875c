using System.Diagnostics;
using System.Globalization;
using MySqlConnector;

namespace MigrationTasks.TestServers;

/// <summary>
/// A database of a test's own, dropped when disposed, whoever is still connected. Its helpers open a connection each and keep
/// none, so that they see what others see.
/// </summary>
public sealed class MySqlDatabase : IAsyncDisposable
{
    private readonly MySqlServer _server;

    internal MySqlDatabase(MySqlServer server, string name)
    {
        _server = server;
        Name = name;
    }

    public string Name { get; }

    /// <summary>As a user writes it: <c>mysql://user:password@127.0.0.1:3306/name</c>.</summary>
    public string Url => UrlOf(_server.Host, _server.Port, "");

    /// <summary>In MySqlConnector's keywords; not pooled.</summary>
    public string ConnectionString => ConnectionStringOf(_server.Host, _server.Port);

    /// <summary>The URL with settings of the test's choice.</summary>
    /// <param name="query">What follows the question mark, such as <c>ssl-mode=REQUIRED</c>.</param>
    public string UrlWith(string query) => UrlOf(_server.Host, _server.Port, $"?{query}");

    /// <summary>The URL through a <see cref="Relay"/> that listens on 127.0.0.1.</summary>
    public string UrlThrough(int port, string query = "ssl-mode=DISABLED") => UrlOf("127.0.0.1", port, $"?{query}");

    /// <summary>The keywords through a <see cref="Relay"/> that listens on 127.0.0.1.</summary>
    public string ConnectionStringThrough(int port) => ConnectionStringOf("127.0.0.1", port);

    /// <summary>The same database at another node of the cluster.</summary>
    public MySqlDatabase At(MySqlServer node) => new(node, Name);

    public async Task<MySqlConnection> OpenAsync()
    {
        var connection = new MySqlConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of the first row; the default where that is NULL or there is no row.</summary>
    public async Task<T?> QueryScalarAsync<T>(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    /// <summary>Every row as one text, a bar between the columns: <c>1|ann|2026-01-02 03:04:05</c>. NULL is <c>NULL</c>.</summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new MySqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount).Select(column => TextOf(reader.GetValue(column)))));
        }

        return rows;
    }

    /// <summary>Runs a script with the <c>mariadb</c> client, as a user without option files would.</summary>
    /// <param name="file">The script.</param>
    /// <param name="options">The client's options.</param>
    /// <exception cref="ServerUnavailableException">There is no such client.</exception>
    public (int ExitCode, string Output) RunScript(string file, params IEnumerable<string> options) => RunClient(MariaDbBinaries.Client, options, file);

    /// <summary>What <c>mariadb-dump</c> writes of it, but for the rows of the history.</summary>
    /// <param name="options">How it writes that.</param>
    /// <exception cref="ServerUnavailableException">There is no <c>mariadb-dump</c>.</exception>
    public string Dump(params IEnumerable<string> options)
    {
        var (exitCode, output) = RunClient(MariaDbBinaries.Dump, ["--skip-ssl", "--routines", "--events", "--skip-dump-date", $"--ignore-table-data={Name}.schema_migrations", .. options]);
        return exitCode == 0 ? output : throw new InvalidOperationException(output);
    }

    private (int ExitCode, string Output) RunClient(string program, IEnumerable<string> options, string? input = null)
    {
        var port = _server.Port.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(program, ["--no-defaults", "--protocol=TCP", "-h", _server.Host, "-P", port, "-u", _server.UserName, .. options, Name]);
        start.Environment["MYSQL_PWD"] = _server.Password;
        return Command.Run(start, input);
    }

    /// <summary>Ends every session on the database from the server's side.</summary>
    public async Task TerminateSessionsAsync()
    {
        await using var connection = await OpenAsync();
        foreach (var session in await RowsAsync($"SELECT id FROM information_schema.processlist WHERE db = '{Name}' AND id NOT IN (connection_id(), {connection.ServerThread})"))
        {
            try
            {
                await _server.ExecuteAsync($"KILL {session}");
            }
            catch (MySqlException e) when (e.ErrorCode == MySqlErrorCode.NoSuchThread)
            {
                // It went by itself.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        try
        {
            // Whoever still has a transaction open would keep its tables.
            await TerminateSessionsAsync();
            await _server.ExecuteAsync($"DROP DATABASE IF EXISTS {Name}");
        }
        catch (MySqlException)
        {
            // The test stopped the server; the database goes with its data folder.
        }
    }

    private static string TextOf(object value) => value switch
    {
        DBNull => "NULL",
        byte[] bytes => Convert.ToHexString(bytes),
        DateTime time => time.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private string UrlOf(string host, int port, string query) =>
        $"mysql://{Uri.EscapeDataString(_server.UserName)}:{Uri.EscapeDataString(_server.Password)}@{host}:{port}/{Name}{query}";

    private string ConnectionStringOf(string host, int port) =>
        new MySqlConnectionStringBuilder(_server.Administrator.ConnectionString)
        {
            Server = host,
            Port = (uint)port,
            Database = Name,
        }.ConnectionString;
}

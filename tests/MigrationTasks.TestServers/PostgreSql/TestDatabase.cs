using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace MigrationTasks.TestServers;

/// <summary>
/// A database of a test's own, dropped when disposed, whoever is still connected. Its helpers open a connection each
/// and keep none, so that they see what others see.
/// </summary>
public sealed class TestDatabase : IAsyncDisposable
{
    private readonly PostgreSqlServer _server;

    internal TestDatabase(PostgreSqlServer server, string name)
    {
        _server = server;
        Name = name;
        ConnectionString = ConnectionStringOf(server.Host, server.Port);
    }

    public string Name { get; }

    /// <summary>As a user writes it: <c>postgres://user:password@127.0.0.1:5432/name?sslmode=disable</c>.</summary>
    public string Url => UrlWith($"sslmode={SslModeInUrl}");

    /// <summary>In Npgsql's keywords; not pooled, and with the details of errors.</summary>
    public string ConnectionString { get; }

    private string SslModeInUrl => _server.Administrator.SslMode switch
    {
        SslMode.VerifyCA => "verify-ca",
        SslMode.VerifyFull => "verify-full",
        var mode => mode.ToString().ToLowerInvariant(),
    };

    /// <summary>The URL with settings of the test's choice.</summary>
    /// <param name="query">What follows the question mark, such as <c>sslmode=require</c>.</param>
    public string UrlWith(string query) => UrlOf(_server.Host, _server.Port, query);

    /// <summary>The URL through a <see cref="Relay"/> or a pooler that listens on 127.0.0.1.</summary>
    public string UrlThrough(int port, string query = "sslmode=disable") => UrlOf("127.0.0.1", port, query);

    /// <summary>The connection string through a <see cref="Relay"/> or a pooler that listens on 127.0.0.1.</summary>
    public string ConnectionStringThrough(int port) => ConnectionStringOf("127.0.0.1", port);

    public async Task<NpgsqlConnection> OpenAsync()
    {
        var connection = new NpgsqlConnection(ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    public async Task ExecuteAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The first column of the first row; the default where that is NULL or there is no row.</summary>
    public async Task<T?> QueryScalarAsync<T>(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync() is T value ? value : default;
    }

    /// <summary>
    /// Every row as one text, the columns as the server writes them, a bar between: <c>1|ann|t</c>. NULL is
    /// <c>NULL</c>.
    /// </summary>
    public async Task<IReadOnlyList<string>> RowsAsync(string sql)
    {
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection) { AllResultTypesAreUnknown = true };
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync())
        {
            rows.Add(string.Join('|', Enumerable.Range(0, reader.FieldCount)
                .Select(column => reader.IsDBNull(column) ? "NULL" : reader.GetString(column))));
        }

        return rows;
    }

    /// <summary>
    /// Waits until a question is answered with yes, for a minute at the most. All on one connection: a new one for every time that it
    /// is asked would leave no port to others, since each holds its own for a while after it is closed.
    /// </summary>
    /// <param name="question">A query for one truth value.</param>
    /// <returns>Whether it came to that.</returns>
    public async Task<bool> BecomesTrueAsync(string question)
    {
        var giveUp = DateTime.UtcNow + TimeSpan.FromMinutes(1);
        await using var connection = await OpenAsync();
        await using var command = new NpgsqlCommand(question, connection);
        while (!(bool)(await command.ExecuteScalarAsync())!)
        {
            if (DateTime.UtcNow > giveUp)
            {
                return false;
            }

            await Task.Delay(20);
        }

        return true;
    }

    /// <summary>What <c>pg_dump</c> writes of it.</summary>
    /// <param name="options">Options of <c>pg_dump</c>.</param>
    /// <exception cref="ServerUnavailableException">There is no <c>pg_dump</c>.</exception>
    public string Dump(params IEnumerable<string> options)
    {
        var (exitCode, output) = RunClient("pg_dump", options);
        return exitCode == 0 ? output : throw new InvalidOperationException(output);
    }

    /// <summary>Runs a script with <c>psql -f</c>, as a user without start-up file would.</summary>
    /// <param name="file">The script.</param>
    /// <param name="options">More options of <c>psql</c>.</param>
    /// <exception cref="ServerUnavailableException">There is no <c>psql</c>.</exception>
    public (int ExitCode, string Output) RunScript(string file, params IEnumerable<string> options) => RunClient("psql", ["-X", "-f", file, .. options]);

    private (int ExitCode, string Output) RunClient(string program, IEnumerable<string> options)
    {
        var port = _server.Port.ToString(CultureInfo.InvariantCulture);
        var start = new ProcessStartInfo(Path.Combine(PostgreSqlBinaries.Find(), program), ["-h", _server.Host, "-p", port, "-U", _server.UserName, .. options, Name]);
        start.Environment["PGPASSWORD"] = _server.Password;
        return Command.Run(start);
    }

    /// <summary>Ends every session on the database from the server's side.</summary>
    public Task TerminateBackendsAsync() =>
        _server.ExecuteAsync($"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{Name}'");

    public async ValueTask DisposeAsync()
    {
        try
        {
            await _server.ExecuteAsync($"DROP DATABASE IF EXISTS {Name} WITH (FORCE)");
        }
        catch (NpgsqlException e) when (e is not PostgresException)
        {
            // The test stopped the server; the database goes with its data folder.
        }
    }

    private string UrlOf(string host, int port, string query) =>
        $"postgres://{Uri.EscapeDataString(_server.UserName)}:{Uri.EscapeDataString(_server.Password)}@{host}:{port}/{Name}?{query}";

    private string ConnectionStringOf(string host, int port) =>
        new NpgsqlConnectionStringBuilder(_server.Administrator.ConnectionString)
        {
            Host = host,
            Port = port,
            Database = Name,
            IncludeErrorDetail = true,
        }.ConnectionString;
}

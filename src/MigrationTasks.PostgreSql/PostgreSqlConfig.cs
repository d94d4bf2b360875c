using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Scripts.OwnTables;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>How a PostgreSQL database is reached.</summary>
public sealed class PostgreSqlConfig : DatabaseConfig
{
    internal const string Form = "postgres://user:password@host:5432/database";
    private const string UsualSchema = "public";
    private const int KeepAliveSeconds = 30;

    private readonly NpgsqlConnectionStringBuilder _connection;

    private PostgreSqlConfig(NpgsqlConnectionStringBuilder connection, DatabaseSettings settings)
        : base(settings) => _connection = connection;

    /// <inheritdoc/>
    public override string Target => $"{_connection.Database} at {string.Join(", ", _connection.Host!.Split(',').Select(WithPort))}";

    /// <inheritdoc/>
    public override OwnTableSet OwnTables => new(HistoryTable.Schema, HistoryTable.Table)
    {
        SearchPath = [.. (SearchPath?.Split(',') ?? []).Select(schema => schema.Trim().Trim('"'))],
        Database = _connection.Database,
        User = _connection.Username,
    };

    // A pooler with several tenants knows by the user which database is meant.
    /// <inheritdoc/>
    public override string HistoryLocation => SupabaseHost.ProjectOf(_connection) is { } project
        ? $"{project}: {_connection.Database}: {HistoryTable}"
        : $"{base.HistoryLocation}{TenantOf(_connection.Username)}";

    /// <summary>The history table, with its schema: no setting of a session may decide where it is.</summary>
    internal HistoryTableName HistoryTable => Settings.HistoryTable.Schema is null
        ? Settings.HistoryTable with { Schema = FirstSchema(_connection.SearchPath) ?? UsualSchema }
        : Settings.HistoryTable;

    /// <summary>The search path that the connection asks for; <see langword="null"/> for that of the user or the database.</summary>
    internal string? SearchPath => string.IsNullOrEmpty(_connection.SearchPath) ? null : _connection.SearchPath;

    /// <summary>
    /// After what time connecting has failed: a little more than the driver gives each host. It forgets its own limit while it
    /// waits for a server to go on with TLS.
    /// </summary>
    internal TimeSpan ConnectLimit => _connection.Timeout > 0
        ? TimeSpan.FromSeconds((_connection.Timeout + 1) * _connection.Host!.Split(',').Length)
        : Timeout.InfiniteTimeSpan;

    /// <summary>Reads a URL, or the keywords of libpq or of Npgsql.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="settings">What all databases have in common.</param>
    /// <exception cref="MigrationException">MIG1007 when it is malformed; MIG1012 when it is one to hosted Supabase whose parts do not fit.</exception>
    public static PostgreSqlConfig Parse(string connection, DatabaseSettings settings)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(settings);
        NpgsqlConnectionStringBuilder parsed;
        try
        {
            parsed = PostgreSqlConnectionText.Parse(connection);
        }
        catch (FormatException exception)
        {
            throw Errors.ConnectionMalformed(settings.Variable, exception.Message, Form);
        }

        if (SupabaseHost.IsHosted(parsed.Host))
        {
            SupabaseHost.Check(parsed, settings.Variable, parsed.ShouldSerialize("SSL Mode"));
        }

        ServerVerification.Settle(parsed, settings.Variable);
        var config = new PostgreSqlConfig(Complete(parsed, settings), settings);
        config.CheckTogether();
        return config;
    }

    /// <summary>How a shadow on the same server is reached.</summary>
    /// <param name="name">The name of its database.</param>
    internal PostgreSqlConfig ForShadow(string name) =>
        new(new NpgsqlConnectionStringBuilder(_connection.ConnectionString) { Database = name }, Settings with { KeepsToolHistory = false });

    /// <summary>A file that the connection names and that is not there.</summary>
    internal string? MissingFile =>
        new[] { ("root certificate", _connection.SslMode >= SslMode.Require ? _connection.RootCertificate : null), ("certificate", _connection.SslCertificate), ("key", _connection.SslKey) }
            .Where(file => file.Item2 is { Length: > 0 } path && !File.Exists(path))
            .Select(file => $"The {file.Item1} {file.Item2} does not exist.")
            .FirstOrDefault();

    /// <summary>The file that the password is taken from, where it is not there and there is no other password.</summary>
    internal string? MissingPassfile => string.IsNullOrEmpty(_connection.Password) && _connection.Passfile is { Length: > 0 } path && !File.Exists(path) ? path : null;

    /// <summary>Whether the connection is encrypted where the server can, and not where it cannot.</summary>
    internal bool PrefersTls => _connection.SslMode == SslMode.Prefer;

    internal NpgsqlDataSource CreateDataSource(SslMode? mode = null)
    {
        var connection = new NpgsqlConnectionStringBuilder(_connection.ConnectionString) { SslMode = mode ?? _connection.SslMode };
        var builder = new NpgsqlSlimDataSourceBuilder(connection.ConnectionString);
        builder.EnableTransportSecurity();
        builder.EnableIntegratedSecurity();
        // Saves the round trip that asks the server for its types: nothing here needs more than the built-in ones.
        builder.ConfigureTypeLoading(loading => loading.EnableTypeLoading(false));
        return builder.Build();
    }

    // Each setting is fine by now; whether they go together only the driver knows, and it needs no server for that.
    private void CheckTogether()
    {
        try
        {
            CreateDataSource().Dispose();
        }
        catch (Exception exception) when (exception is FormatException or OverflowException)
        {
            throw Errors.ConnectionMalformed(Settings.Variable, "what follows the colon of a host is not a port.", Form);
        }
        catch (Exception exception) when (exception is ArgumentException or NotSupportedException)
        {
            // The driver's message may quote a value.
            throw Errors.ConnectionMalformed(Settings.Variable, "its settings do not go together (sslnegotiation=direct needs sslmode=require or stricter, for one).", Form);
        }
    }

    private static NpgsqlConnectionStringBuilder Complete(NpgsqlConnectionStringBuilder connection, DatabaseSettings settings)
    {
        connection.Database = string.IsNullOrEmpty(connection.Database) ? connection.Username : connection.Database;
        connection.RootCertificate = Rooted(connection.RootCertificate, settings);
        connection.SslCertificate = Rooted(connection.SslCertificate, settings);
        connection.SslKey = Rooted(connection.SslKey, settings);
        connection.Passfile = Rooted(connection.Passfile, settings);
        if (string.IsNullOrEmpty(connection.ApplicationName))
        {
            connection.ApplicationName = "MigrationTasks";
        }

        // Among several hosts the primary is meant; of a single one there is nothing to choose, and the driver refuses to.
        var hasChoice = connection.Host!.Contains(',', StringComparison.Ordinal);
        connection.TargetSessionAttributes = !hasChoice ? null
            : string.IsNullOrEmpty(connection.TargetSessionAttributes) ? "read-write"
            : connection.TargetSessionAttributes;

        // Encryption by Kerberos is for those who ask for it. For everybody else, the driver would load the system's Kerberos at each
        // connection, complain on the error output where there is none (as in .NET's own images), and after any failure, a wrong
        // password too, connect a second time.
        if (!connection.ShouldSerialize("GSS Encryption Mode") && Environment.GetEnvironmentVariable("PGGSSENCMODE") is null)
        {
            connection.GssEncryptionMode = GssEncryptionMode.Disable;
        }

        // Whatever PGCLIENTENCODING or the connection says, migrations are sent as UTF-8.
        connection.ClientEncoding = ClientEncoding.Utf8;
        connection.Encoding = "UTF8";
        // One connection for one run: a pool would only outlive it.
        connection.Pooling = false;
        connection.Multiplexing = false;
        // A pooler gives each transaction another session, which knows nothing of statements prepared before.
        connection.MaxAutoPrepare = 0;
        // Tells which statement of a batch failed.
        connection.IncludeFailedBatchedCommand = true;
        // Statements are limited on the server, by MigrateCommandTimeout; a dead network is noticed by keep-alives.
        connection.CommandTimeout = 0;
        // The system's own first one comes after two hours. The driver sets these for Unix sockets too, which do not have them.
        var hasSocket = connection.Host.Split(',').Any(ConnectionPart.IsSocket);
        connection.TcpKeepAlive = !hasSocket;
        connection.TcpKeepAliveTime = hasSocket ? 0 : connection.TcpKeepAliveTime > 0 ? connection.TcpKeepAliveTime : KeepAliveSeconds;
        connection.TcpKeepAliveInterval = hasSocket ? 0 : connection.TcpKeepAliveInterval > 0 ? connection.TcpKeepAliveInterval : KeepAliveSeconds;
        return connection;
    }

    private static string? Rooted(string? file, DatabaseSettings settings) =>
        string.IsNullOrEmpty(file) ? null : Path.GetFullPath(file, settings.ProjectDirectory);

    private static string? FirstSchema(string? searchPath)
    {
        var first = searchPath?.Split(',')[0].Trim().Trim('"');
        return string.IsNullOrEmpty(first) || first == "$user" ? null : first;
    }

    private static string? TenantOf(string? user) => user?.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? user[dot..] : null;

    private string WithPort(string host) =>
        ConnectionPart.IsSocket(host) ? host
        : host.StartsWith('[') || host.AsSpan().Count(':') <= 1 ? host.LastIndexOf(':') > host.LastIndexOf(']') ? host : $"{host}:{_connection.Port}"
        : $"[{host}]:{_connection.Port}";
}

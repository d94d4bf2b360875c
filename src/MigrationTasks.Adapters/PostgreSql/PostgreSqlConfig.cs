using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Diagnostics;
using Npgsql;

namespace MigrationTasks.Adapters.PostgreSql;

/// <summary>How a PostgreSQL database is reached.</summary>
public sealed class PostgreSqlConfig : DatabaseConfig
{
    internal const string Form = "postgres://user:password@host:5432/database";
    private const string UsualSchema = "public";

    private readonly NpgsqlConnectionStringBuilder _connection;

    private PostgreSqlConfig(NpgsqlConnectionStringBuilder connection, DatabaseSettings settings)
        : base(settings) => _connection = connection;

    /// <inheritdoc/>
    public override string Target => $"{_connection.Database} at {string.Join(", ", _connection.Host!.Split(',').Select(WithPort))}";

    /// <summary>The history table, with its schema: no setting of a session may decide where it is.</summary>
    internal HistoryTableName HistoryTable => Settings.HistoryTable.Schema is null
        ? Settings.HistoryTable with { Schema = FirstSchema(_connection.SearchPath) ?? UsualSchema }
        : Settings.HistoryTable;

    /// <summary>Reads a URL or Npgsql's keywords.</summary>
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
            parsed = PostgreSqlUrl.IsUrl(connection) ? PostgreSqlUrl.Parse(connection) : ReadKeywords(connection);
        }
        catch (FormatException exception)
        {
            throw Errors.ConnectionMalformed(settings.Variable, exception.Message, Form);
        }

        if (SupabaseHost.IsHosted(parsed.Host))
        {
            SupabaseHost.Check(parsed, settings.Variable, parsed.ShouldSerialize("SSL Mode"));
        }

        return new PostgreSqlConfig(Complete(parsed, settings), settings);
    }

    internal NpgsqlDataSource CreateDataSource()
    {
        var builder = new NpgsqlSlimDataSourceBuilder(_connection.ConnectionString);
        builder.EnableTransportSecurity();
        builder.EnableIntegratedSecurity();
        // Saves the round trip that asks the server for its types: nothing here needs more than the built-in ones.
        builder.ConfigureTypeLoading(loading => loading.EnableTypeLoading(false));
        return builder.Build();
    }

    private static NpgsqlConnectionStringBuilder ReadKeywords(string connection)
    {
        NpgsqlConnectionStringBuilder keywords;
        try
        {
            keywords = new NpgsqlConnectionStringBuilder(connection);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
        {
            // The parser's message quotes what it did not understand, and that may be a piece of the password.
            throw new FormatException("it is neither a URL nor a list of keywords such as Host=…;Database=…;Username=…;Password=… (a value that holds a semicolon is quoted).", exception);
        }

        return string.IsNullOrWhiteSpace(keywords.Host) ? throw new FormatException("it has no host.") : keywords;
    }

    private static NpgsqlConnectionStringBuilder Complete(NpgsqlConnectionStringBuilder connection, DatabaseSettings settings)
    {
        connection.Database = string.IsNullOrEmpty(connection.Database) ? connection.Username : connection.Database;
        if (connection.RootCertificate is { Length: > 0 } certificate)
        {
            connection.RootCertificate = Path.GetFullPath(certificate, settings.ProjectDirectory);
        }

        if (string.IsNullOrEmpty(connection.ApplicationName))
        {
            connection.ApplicationName = "MigrationTasks";
        }

        if (connection.Host!.Contains(',', StringComparison.Ordinal) && string.IsNullOrEmpty(connection.TargetSessionAttributes))
        {
            connection.TargetSessionAttributes = "read-write";
        }

        // One connection for one run: a pool would only outlive it.
        connection.Pooling = false;
        // Tells which statement of a batch failed.
        connection.IncludeFailedBatchedCommand = true;
        // Statements are limited on the server, by MigrateCommandTimeout; a dead network is noticed by keep-alives.
        connection.CommandTimeout = 0;
        connection.TcpKeepAlive = true;
        return connection;
    }

    private static string? FirstSchema(string? searchPath)
    {
        var first = searchPath?.Split(',')[0].Trim().Trim('"');
        return string.IsNullOrEmpty(first) || first == "$user" ? null : first;
    }

    private string WithPort(string host) => host.LastIndexOf(':') > host.LastIndexOf(']') ? host : $"{host}:{_connection.Port}";
}

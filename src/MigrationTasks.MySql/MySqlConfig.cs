using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Scripts.OwnTables;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>How a MySQL or MariaDB database is reached.</summary>
public sealed class MySqlConfig : DatabaseConfig
{
    internal const string Form = "mysql://user:password@host:3306/database";
    private const uint KeepAliveSeconds = 30;

    private static readonly string[] Paths = ["SSL CA", "SSL Cert", "SSL Key", "Certificate File", "Server RSA Public Key File"];
    private static readonly string[] Secrets = ["Password", "Certificate Password"];

    private readonly MySqlConnectionStringBuilder _connection;

    private MySqlConfig(MySqlConnectionStringBuilder connection, DatabaseSettings settings, TimeSpan leaseLength)
        : base(settings) => (_connection, LeaseLength) = (connection, leaseLength);

    /// <inheritdoc/>
    public override string Target => $"{_connection.Database} at {Place}";

    /// <inheritdoc/>
    public override OwnTableSet OwnTables => new(HistoryTable.Schema, HistoryTable.Table) { Lock = ClusterLease.TableName, Database = Database };

    // The history may be in another database of the server than its migrations.
    /// <inheritdoc/>
    public override string HistoryLocation => $"{Place}: {HistoryTable}";

    /// <summary>The database that migrations work in.</summary>
    internal string Database => _connection.Database;

    /// <summary>The hosts to try, one after the other; none when the server is reached by a socket or a pipe.</summary>
    internal IReadOnlyList<string> Hosts => _connection.ConnectionProtocol == MySqlConnectionProtocol.Sockets ? _connection.Server.Split(',') : [];

    /// <summary>The port, which they share.</summary>
    internal int Port => (int)_connection.Port;

    /// <summary>The hosts, each with the port.</summary>
    internal IEnumerable<string> Addresses => Hosts.Select(host => $"{(host.Contains(':', StringComparison.Ordinal) ? $"[{host}]" : host)}:{Port}");

    /// <summary>The history table, with its database: no <c>USE</c> of a migration may decide where it is.</summary>
    internal HistoryTableName HistoryTable => Settings.HistoryTable with { Schema = Settings.HistoryTable.Schema ?? Database };

    /// <summary>For how long the lock of a run in a cluster outlives the run.</summary>
    internal TimeSpan LeaseLength { get; }

    /// <summary>Reads a URL or MySqlConnector's keywords.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="settings">What all databases have in common.</param>
    /// <exception cref="MigrationException">MIG1007 when it is malformed.</exception>
    public static MySqlConfig Parse(string connection, DatabaseSettings settings) => Parse(connection, settings, RunLease.StandardLength);

    internal static MySqlConfig Parse(string connection, DatabaseSettings settings, TimeSpan leaseLength)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(settings);
        try
        {
            ConnectionPart.CheckLength(connection);
            var parsed = MySqlUrl.IsUrl(connection) ? MySqlUrl.Parse(connection)
                : ConnectionKeywords.Read(connection, text => new MySqlConnectionStringBuilder(text), "it is neither a URL nor a list of keywords such as Server=…;Database=…;User ID=…;Password=….");
            Check(parsed);
            return new MySqlConfig(Complete(parsed, settings), settings, leaseLength);
        }
        catch (FormatException exception)
        {
            throw Errors.ConnectionMalformed(settings.Variable, exception.Message, Form);
        }
    }

    /// <summary>How a shadow on the same server is reached.</summary>
    /// <param name="name">The name of its database.</param>
    internal MySqlConfig ForShadow(string name) =>
        new(new MySqlConnectionStringBuilder(_connection.ConnectionString) { Database = name }, Settings with { HistoryTable = HistoryTable with { Schema = null } }, LeaseLength);

    private string Place => Hosts.Count == 0 ? _connection.Server : string.Join(", ", Addresses);

    internal MySqlConnection CreateConnection() => new(_connection.ConnectionString);

    private static void Check(MySqlConnectionStringBuilder connection)
    {
        if (string.IsNullOrWhiteSpace(connection.Server))
        {
            throw new FormatException("it has no host.");
        }

        if (string.IsNullOrEmpty(connection.Database))
        {
            throw new FormatException("it names no database.");
        }

        if (connection.Port is 0 or > ushort.MaxValue)
        {
            throw new FormatException("its port is none.");
        }

        ConnectionKeywords.Check(connection, connection.Server, connection.Database, connection.UserID, Paths, Secrets);
    }

    private static MySqlConnectionStringBuilder Complete(MySqlConnectionStringBuilder connection, DatabaseSettings settings)
    {
        connection.SslCa = Rooted(connection.SslCa, settings);
        connection.SslCert = Rooted(connection.SslCert, settings);
        connection.SslKey = Rooted(connection.SslKey, settings);
        connection.CertificateFile = Rooted(connection.CertificateFile, settings);
        connection.ServerRsaPublicKeyFile = Rooted(connection.ServerRsaPublicKeyFile, settings);
        if (connection.Server.StartsWith('/'))
        {
            connection.ConnectionProtocol = MySqlConnectionProtocol.UnixSocket;
        }

        if (string.IsNullOrEmpty(connection.ApplicationName))
        {
            connection.ApplicationName = "MigrationTasks";
        }

        // One connection for one run: a pool would only outlive it.
        connection.Pooling = false;
        // @name in a migration is a variable of its session, never a parameter.
        connection.AllowUserVariables = true;
        // Transactions are begun and ended in SQL, together with what they hold.
        connection.IgnoreCommandTransaction = true;
        connection.AutoEnlist = false;
        // An update that finds a row and changes nothing of it has found it.
        connection.UseAffectedRows = false;
        // Limits are set for each command.
        connection.DefaultCommandTimeout = 0;
        // Other tools' tables hold what they hold.
        connection.ConvertZeroDateTime = true;
        connection.AllowZeroDateTime = false;
        connection.GuidFormat = MySqlGuidFormat.None;
        if (connection.ConnectionProtocol == MySqlConnectionProtocol.Sockets)
        {
            // The first host that answers, in the order in which they are written; the driver refuses an order where there is but one.
            connection.LoadBalance = MySqlLoadBalance.FailOver;
        }

        // A dead network is noticed before the system's own first sign of life, which comes after two hours.
        connection.Keepalive = connection.Keepalive > 0 ? connection.Keepalive : KeepAliveSeconds;
        return connection;
    }

    private static string Rooted(string? file, DatabaseSettings settings) =>
        string.IsNullOrEmpty(file) ? "" : Path.GetFullPath(file, settings.ProjectDirectory);
}

using System.Buffers;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts.OwnTables;
using MongoDB.Driver;
using MongoDB.Driver.Core.Configuration;

namespace MigrationTasks.MongoDb;

/// <summary>How a MongoDB database is reached.</summary>
public sealed class MongoDbConfig : DatabaseConfig
{
    // On any system that a server runs on.
    private static readonly SearchValues<char> NotInNames = SearchValues.Create("/\\. \"$*<>:|?");

    // One run needs one connection, one that renews the lock, and one that stops a command.
    private const int Connections = 3;

    private static readonly string[] Schemes = ["mongodb://", "mongodb+srv://"];

    private readonly MongoUrl _url;

    private MongoDbConfig(string connection, DatabaseSettings settings)
        : base(settings)
    {
        var url = Read(connection);
        _url = url;
        Target = $"{url.DatabaseName} at {HostsOf(url)}";
    }

    /// <inheritdoc/>
    public override string Target { get; }

    /// <inheritdoc/>
    public override OwnTableSet OwnTables => new(null, History) { Lock = Locks, Database = Database };

    /// <summary>The database's name.</summary>
    internal string Database => _url.DatabaseName;

    /// <summary>The collection that is the history.</summary>
    internal string History => Settings.HistoryTable.Table;

    /// <summary>The collection that holds the run lock.</summary>
    internal string Locks => $"{History}_lock";

    /// <summary>Makes sense of a URL.</summary>
    /// <exception cref="MigrationException">MIG1007 when it cannot be used; MIG3007 when the history has a schema.</exception>
    internal static MongoDbConfig Parse(string connection, DatabaseSettings settings, string form)
    {
        ArgumentNullException.ThrowIfNull(connection);
        ArgumentNullException.ThrowIfNull(settings);
        if (settings.HistoryTable.Schema is not null)
        {
            throw Errors.HistoryUnusable(settings.HistoryTable.ToString(), "MongoDB has no schemas. Name the collection alone.");
        }

        try
        {
            var config = new MongoDbConfig(connection.Trim(), settings);
            config.CreateClientSettings().Freeze();
            return config;
        }
        catch (FormatException exception)
        {
            throw Errors.ConnectionMalformed(settings.Variable, exception.Message, form);
        }
        catch (Exception exception) when (exception is MongoException or ArgumentException or InvalidOperationException or NotSupportedException or OverflowException)
        {
            // The driver's message quotes the URL.
            throw Errors.ConnectionMalformed(settings.Variable, $"it cannot be read as a MongoDB URL, or its options do not go together. {UrlParts.Encode}", form);
        }
    }

    /// <summary>What the driver is given.</summary>
    internal MongoClientSettings CreateClientSettings()
    {
        var settings = MongoClientSettings.FromUrl(_url);
        settings.ApplicationName ??= "MigrationTasks";

        // How long a server is waited for stays as the URL says, in whichever spelling, or else as the driver has it: 30 s, more than an election takes.
        // A migration is about the one state that counts, and what is recorded stays through an election.
        settings.ReadPreference = ReadPreference.Primary;
        settings.ReadConcern = ReadConcern.Default;
        settings.WriteConcern = WriteConcern.WMajority;

        // Little is sent, and the package of the tasks does not carry what compresses it.
        settings.Compressors = [];
        settings.MinConnectionPoolSize = 0;
        settings.MaxConnectionPoolSize = Math.Max(Connections, settings.MaxConnectionPoolSize);
        return settings;
    }

    private static MongoUrl Read(string connection)
    {
        ConnectionPart.CheckLength(connection);
        var scheme = Array.Find(Schemes, scheme => connection.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            ?? throw new FormatException("it does not start with mongodb:// or mongodb+srv://.");
        // Of a password that is not encoded, the driver would take a part for the host, for the database or for an option.
        var hosts = connection[scheme.Length..].Split('/', '?')[0];
        if (connection.AsSpan(scheme.Length + hosts.Length).Contains('@'))
        {
            throw new FormatException($"there is an @ after the hosts. {UrlParts.Encode}");
        }

        MongoUrl url;
        try
        {
            url = new MongoUrl(scheme + connection[scheme.Length..]);
        }
        catch (FormatException exception)
        {
            throw new MongoConfigurationException("The URL is malformed.", exception);
        }

        CheckParts(url);
        return url.DatabaseName switch
        {
            null or "" => throw new FormatException("it names no database. Its name follows the hosts and a slash: mongodb://host:27017/app."),
            var name when !DatabaseNamespace.IsValid(name) || name.AsSpan().ContainsAny(NotInNames) => throw new FormatException($"the name of its database holds a character that none can have. {UrlParts.Encode}"),
            _ => url,
        };
    }

    private static void CheckParts(MongoUrl url)
    {
        foreach (var server in url.Servers)
        {
            ConnectionPart.CheckHost(server.Host);
        }

        ConnectionPart.CheckName("database", url.DatabaseName);
        // The name of an X.509 certificate has separators of its own.
        ConnectionPart.CheckText("user", url.Username);
        ConnectionPart.CheckText("authSource", url.AuthenticationSource);
        ConnectionPart.CheckText("replicaSet", url.ReplicaSetName);
        ConnectionPart.CheckText("appName", url.ApplicationName);
    }

    private static string HostsOf(MongoUrl url) => url.Scheme == ConnectionStringScheme.MongoDBPlusSrv
        ? string.Join(", ", url.Servers.Select(server => server.Host))
        : string.Join(", ", url.Servers.Select(server => server.ToString()));
}

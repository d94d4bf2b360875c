using System.Globalization;
using MigrationTasks.Engine.Configuration;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>What the parameters of a PostgreSQL URL, and the keywords of libpq, mean to Npgsql.</summary>
internal static class PostgreSqlParameters
{
    // What libpq, other drivers and hosting providers call it, and what Npgsql does.
    private static readonly Dictionary<string, string> Keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["application_name"] = "Application Name",
        ["channel_binding"] = "Channel Binding",
        ["client_encoding"] = "Client Encoding",
        ["dbname"] = "Database",
        ["gssencmode"] = "GSS Encryption Mode",
        ["keepalives_idle"] = "Tcp Keepalive Time",
        ["keepalives_interval"] = "Tcp Keepalive Interval",
        ["krbsrvname"] = "Kerberos Service Name",
        ["options"] = "Options",
        ["passfile"] = "Passfile",
        ["password"] = "Password",
        ["schema"] = "Search Path",
        ["search_path"] = "Search Path",
        ["target_session_attrs"] = "Target Session Attributes",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["sslnegotiation"] = "SSL Negotiation",
        ["sslpassword"] = "SSL Password",
        ["sslrootcert"] = "Root Certificate",
        ["user"] = "Username",
    };

    // Settings of other tools that stand in URLs people share with them, and change nothing here.
    private static readonly HashSet<string> Foreign = new(StringComparer.OrdinalIgnoreCase)
    {
        "pgbouncer", "connection_limit", "pool_timeout", "pool_mode", "statement_cache_size", "prepared_statements", "supa",
    };

    /// <summary>Sets parameters, and the hosts that stand among them or before them.</summary>
    /// <param name="builder">Takes them.</param>
    /// <param name="hosts">The hosts of a URL; a parameter <c>host</c> takes their place.</param>
    /// <param name="parameters">The parameters.</param>
    /// <exception cref="FormatException">A parameter or its value is unknown; the message may be shown.</exception>
    public static NpgsqlConnectionStringBuilder SetAll(NpgsqlConnectionStringBuilder builder, IReadOnlyList<(string Name, int? Port)> hosts, IEnumerable<(string Name, string Value)> parameters)
    {
        var (position, ports) = (0, "");
        foreach (var (name, value) in parameters)
        {
            position++;
            switch (name.ToLowerInvariant())
            {
                case "host":
                    hosts = [.. value.Split(',').Select(host => (host, (int?)null))];
                    break;
                case "port":
                    ports = value;
                    break;
                case "sslmode":
                    builder.SslMode = SslModeOf(value);
                    break;
                case "load_balance_hosts":
                    builder.LoadBalanceHosts = value is "random" or "true";
                    break;
                case "connect_timeout":
                    builder.Timeout = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= 1024
                        ? seconds
                        : throw new FormatException("connect_timeout must be a number of seconds, at most 1024.");
                    break;
                default:
                    SetKeyword(builder, name, value, position);
                    break;
            }
        }

        SetHosts(builder, hosts, ports);
        return builder;
    }

    // A single host's port has a keyword of its own; of several hosts each carries its port.
    private static void SetHosts(NpgsqlConnectionStringBuilder builder, IReadOnlyList<(string Name, int? Port)> hosts, string text)
    {
        var ports = text.Split(',').Select(PortOf).ToList();
        if (ports.Count > 1 && ports.Count != hosts.Count)
        {
            throw new FormatException($"it has {ports.Count} ports for {(hosts.Count == 1 ? "one host" : $"{hosts.Count} hosts")}.");
        }

        foreach (var (name, _) in hosts)
        {
            ConnectionPart.CheckHost(name);
        }

        if (hosts is [var only])
        {
            builder.Host = only.Name;
            builder.Port = only.Port ?? ports[0] ?? NpgsqlConnection.DefaultPort;
        }
        else
        {
            builder.Host = string.Join(',', hosts.Select((host, i) => WithPort(host.Name, host.Port ?? ports[ports.Count > 1 ? i : 0])));
        }
    }

    private static string WithPort(string host, int? port) =>
        port is null ? host : string.Create(CultureInfo.InvariantCulture, $"{(host.AsSpan().Count(':') > 1 && !host.StartsWith('[') ? $"[{host}]" : host)}:{port}");

    private static int? PortOf(string text) =>
        text.Length == 0 ? null
        : ushort.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port > 0 ? port
        : throw new FormatException("its port is not a number from 1 to 65535.");

    private static void SetKeyword(NpgsqlConnectionStringBuilder builder, string name, string value, int position)
    {
        if (Foreign.Contains(name) || LibpqParameters.HasNoEffect(name))
        {
            return;
        }

        try
        {
            builder[Keywords.GetValueOrDefault(name) ?? name.Replace('_', ' ')] = value;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            throw new FormatException(LibpqParameters.Problem(name, position), exception);
        }
    }

    private static SslMode SslModeOf(string value) => value.ToLowerInvariant() switch
    {
        "disable" => SslMode.Disable,
        "allow" => SslMode.Allow,
        "prefer" => SslMode.Prefer,
        "require" => SslMode.Require,
        "verify-ca" => SslMode.VerifyCA,
        "verify-full" => SslMode.VerifyFull,
        _ => throw new FormatException("sslmode must be disable, allow, prefer, require, verify-ca or verify-full."),
    };
}

using System.Globalization;
using Npgsql;

namespace MigrationTasks.Adapters.PostgreSql;

/// <summary>What the parameters of a PostgreSQL URL mean to Npgsql.</summary>
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
        ["host"] = "Host",
        ["keepalives_idle"] = "Tcp Keepalive Time",
        ["options"] = "Options",
        ["passfile"] = "Passfile",
        ["password"] = "Password",
        ["port"] = "Port",
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

    /// <exception cref="FormatException">The parameter or its value is unknown; the message may be shown.</exception>
    public static void Set(NpgsqlConnectionStringBuilder builder, string name, string value)
    {
        if (Foreign.Contains(name))
        {
            return;
        }

        switch (name.ToLowerInvariant())
        {
            case "sslmode":
                builder.SslMode = SslModeOf(value);
                break;
            case "connect_timeout":
                builder.Timeout = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= 1024
                    ? seconds
                    : throw new FormatException("connect_timeout must be a number of seconds, at most 1024.");
                break;
            default:
                SetKeyword(builder, Keywords.GetValueOrDefault(name) ?? name.Replace('_', ' '), value);
                break;
        }
    }

    private static void SetKeyword(NpgsqlConnectionStringBuilder builder, string keyword, string value)
    {
        try
        {
            builder[keyword] = value;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException)
        {
            throw new FormatException("a parameter after the ? is unknown, or has a value that it cannot have.", exception);
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

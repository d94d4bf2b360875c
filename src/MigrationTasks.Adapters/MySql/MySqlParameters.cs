using System.Globalization;
using MySqlConnector;

namespace MigrationTasks.Adapters.MySql;

/// <summary>What the parameters of a MySQL URL mean to MySqlConnector.</summary>
internal static class MySqlParameters
{
    private const string SslModes = "ssl-mode must be disabled, preferred, required, verify-ca or verify-full.";

    // What the client programs, other drivers and hosting providers call it, without dashes and underscores, and what
    // MySqlConnector does. Its own keywords count too.
    private static readonly Dictionary<string, string> Keywords = new(StringComparer.OrdinalIgnoreCase)
    {
        ["socket"] = "Server",
        ["unixsocket"] = "Server",
        ["database"] = "Database",
        ["db"] = "Database",
        ["user"] = "User ID",
        ["password"] = "Password",
        ["connecttimeout"] = "Connection Timeout",
        ["sslca"] = "SSL CA",
        ["sslcert"] = "SSL Cert",
        ["sslkey"] = "SSL Key",
        ["sslrootcert"] = "SSL CA",
        ["tlsversion"] = "TLS Version",
        ["tlsciphersuites"] = "TLS Cipher Suites",
        ["compress"] = "Use Compression",
        ["getserverpublickey"] = "Allow Public Key Retrieval",
        ["allowpublickeyretrieval"] = "Allow Public Key Retrieval",
        ["serverpublickeypath"] = "Server RSA Public Key File",
        ["localinfile"] = "Allow Load Local Infile",
        ["programname"] = "Application Name",
        ["applicationname"] = "Application Name",
    };

    // Settings of other tools that stand in URLs people share with them, and change nothing here.
    private static readonly HashSet<string> Foreign = new(StringComparer.OrdinalIgnoreCase)
    {
        "charset", "characterset", "collation", "parsetime", "loc", "multistatements", "connectionlimit", "pooltimeout", "pool", "sslaccept", "servertimezone", "usessl", "reconnect", "serverversion",
    };

    /// <exception cref="FormatException">The parameter or its value is unknown; the message may be shown.</exception>
    public static void Set(MySqlConnectionStringBuilder builder, string name, string value)
    {
        var plain = name.Replace("-", "", StringComparison.Ordinal).Replace("_", "", StringComparison.Ordinal);
        if (Foreign.Contains(plain))
        {
            return;
        }

        switch (plain.ToLowerInvariant())
        {
            case "sslmode" or "ssl" or "tls":
                builder.SslMode = SslModeOf(value);
                break;
            case "connecttimeout" or "connectiontimeout":
                builder.ConnectionTimeout = uint.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var seconds) && seconds <= int.MaxValue / 1000
                    ? seconds
                    : throw new FormatException("connect-timeout must be a number of seconds.");
                break;
            default:
                SetKeyword(builder, Keywords.GetValueOrDefault(plain) ?? name.Replace('_', ' ').Replace('-', ' '), name, value);
                break;
        }
    }

    private static void SetKeyword(MySqlConnectionStringBuilder builder, string keyword, string name, string value)
    {
        try
        {
            builder[keyword] = value;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException or InvalidOperationException)
        {
            throw new FormatException(
                IsName(name) ? $"the parameter {name} is unknown, or has a value that it cannot have." : "a parameter after the ? is unknown, or has a value that it cannot have.", exception);
        }
    }

    // What stands there when a password was not encoded may be no name of a parameter.
    private static bool IsName(string name) =>
        name.Length is > 1 and <= 40 && name.All(character => char.IsAsciiLetterLower(character) || character is '-' or '_') && name.AsSpan().ContainsAny('-', '_');

    private static MySqlSslMode SslModeOf(string value) => value.ToLowerInvariant().Replace('_', '-') switch
    {
        "disabled" or "disable" or "none" or "false" => MySqlSslMode.Disabled,
        "preferred" or "prefer" => MySqlSslMode.Preferred,
        "required" or "require" or "true" or "skip-verify" => MySqlSslMode.Required,
        "verify-ca" or "verifyca" => MySqlSslMode.VerifyCA,
        "verify-full" or "verifyfull" or "verify-identity" => MySqlSslMode.VerifyFull,
        _ => throw new FormatException(SslModes),
    };
}

using System.Globalization;
using MigrationTasks.Engine.Diagnostics;
using MySqlConnector;

namespace MigrationTasks.MySql;

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

    /// <param name="builder">Takes it.</param>
    /// <param name="name">Its name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="position">Which of the parameters it is, counted from 1.</param>
    /// <exception cref="FormatException">The parameter or its value is unknown; the message may be shown.</exception>
    public static void Set(MySqlConnectionStringBuilder builder, string name, string value, int position)
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
                SetKeyword(builder, Keywords.GetValueOrDefault(plain) ?? name.Replace('_', ' ').Replace('-', ' '), plain, value, position);
                break;
        }
    }

    private static void SetKeyword(MySqlConnectionStringBuilder builder, string keyword, string plain, string value, int position)
    {
        try
        {
            builder[keyword] = value;
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException or InvalidOperationException)
        {
            throw new FormatException(ProblemWith(plain, position), exception);
        }
    }

    // Where a password was not encoded, what stands there may be no name of a parameter but a piece of it: only names that there are, are shown.
    private static string ProblemWith(string plain, int position) =>
        Keywords.Keys.FirstOrDefault(known => known.Equals(plain, StringComparison.OrdinalIgnoreCase)) is { } name ? $"the parameter {name} has a value that it cannot have."
        : Spelling.Nearest(plain, Keywords.Keys.Append("sslmode")) is { } near ? $"its parameter number {position} is unknown. Do you mean {near}?"
        : $"its parameter number {position} is unknown, or has a value that it cannot have.";

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

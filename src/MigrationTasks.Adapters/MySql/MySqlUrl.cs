using MySqlConnector;

namespace MigrationTasks.Adapters.MySql;

/// <summary>
/// Reads <c>mysql://user:password@host:port/database?name=value</c>. Problems are told without quoting any part of the URL but
/// the name of a parameter: whatever else is misplaced in it may be a piece of the password.
/// </summary>
internal static class MySqlUrl
{
    public static readonly IReadOnlyList<string> Schemes = ["mysql", "mariadb"];

    public static bool IsUrl(string connection) =>
        Schemes.Any(scheme => connection.StartsWith(scheme + ":", StringComparison.OrdinalIgnoreCase));

    /// <exception cref="FormatException">The URL is malformed; the message may be shown.</exception>
    public static MySqlConnectionStringBuilder Parse(string url)
    {
        var start = url.IndexOf("://", StringComparison.Ordinal);
        if (start < 0)
        {
            throw new FormatException("after the scheme comes //.");
        }

        var rest = url.AsSpan(start + 3);
        var query = UrlParts.TakeFrom(ref rest, '?');
        var database = UrlParts.TakeFrom(ref rest, '/');
        if (query.Contains('@') || database.Contains('@'))
        {
            throw new FormatException($"there is an @ after the host. {UrlParts.Encode}");
        }

        var builder = new MySqlConnectionStringBuilder();
        var at = rest.LastIndexOf('@');
        if (at >= 0)
        {
            ReadLogin(builder, rest[..at]);
        }

        ReadHosts(builder, rest[(at + 1)..]);
        builder.Database = UrlParts.Decode(database);
        foreach (var parameter in query.ToString().Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = parameter.Split('=', 2) is [var left, var right] ? (left, right) : (parameter, "");
            MySqlParameters.Set(builder, UrlParts.Decode(name), UrlParts.Decode(value));
        }

        return builder;
    }

    private static void ReadLogin(MySqlConnectionStringBuilder builder, ReadOnlySpan<char> login)
    {
        var password = UrlParts.TakeFrom(ref login, ':');
        builder.UserID = UrlParts.Decode(login);
        builder.Password = UrlParts.Decode(password);
    }

    // The driver has one port for all of them.
    private static void ReadHosts(MySqlConnectionStringBuilder builder, ReadOnlySpan<char> text)
    {
        var hosts = new List<(string Name, int Port)>();
        foreach (var range in text.Split(','))
        {
            var (name, port) = UrlParts.ReadHost(text[range]);
            hosts.Add((name.Trim('[', ']'), port ?? (int)builder.Port));
        }

        if (hosts.Exists(host => host.Port != hosts[0].Port))
        {
            throw new FormatException("its hosts have different ports; they must share one.");
        }

        builder.Server = string.Join(',', hosts.Select(host => host.Name));
        builder.Port = (uint)hosts[0].Port;
    }
}

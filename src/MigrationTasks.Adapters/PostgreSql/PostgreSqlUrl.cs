using Npgsql;

namespace MigrationTasks.Adapters.PostgreSql;

/// <summary>
/// Reads <c>postgres://user:password@host:port,host:port/database?name=value</c> as libpq does. Problems are told without
/// quoting any part of the URL: whatever is misplaced in it may be a piece of the password.
/// </summary>
internal static class PostgreSqlUrl
{
    public static readonly IReadOnlyList<string> Schemes = ["postgres", "postgresql"];

    public static bool IsUrl(string connection) =>
        Schemes.Any(scheme => connection.StartsWith(scheme + ":", StringComparison.OrdinalIgnoreCase));

    /// <exception cref="FormatException">The URL is malformed; the message may be shown.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string url)
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

        var builder = new NpgsqlConnectionStringBuilder();
        var at = rest.LastIndexOf('@');
        if (at >= 0)
        {
            ReadLogin(builder, rest[..at]);
        }

        ReadHosts(builder, rest[(at + 1)..]);
        if (!database.IsEmpty)
        {
            builder.Database = UrlParts.Decode(database);
        }

        foreach (var parameter in query.ToString().Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = parameter.Split('=', 2) is [var left, var right] ? (left, right) : (parameter, "");
            PostgreSqlParameters.Set(builder, UrlParts.Decode(name), UrlParts.Decode(value));
        }

        return builder;
    }

    private static void ReadLogin(NpgsqlConnectionStringBuilder builder, ReadOnlySpan<char> login)
    {
        var password = UrlParts.TakeFrom(ref login, ':');
        builder.Username = UrlParts.Decode(login);
        if (!password.IsEmpty)
        {
            builder.Password = UrlParts.Decode(password);
        }
    }

    // A single host's port has a keyword of its own; of several hosts each carries its port.
    private static void ReadHosts(NpgsqlConnectionStringBuilder builder, ReadOnlySpan<char> text)
    {
        var hosts = new List<(string Name, int? Port)>();
        foreach (var range in text.Split(','))
        {
            hosts.Add(UrlParts.ReadHost(text[range]));
        }

        if (hosts is [var only])
        {
            builder.Host = only.Name;
            builder.Port = only.Port ?? NpgsqlConnection.DefaultPort;
        }
        else
        {
            builder.Host = string.Join(',', hosts.Select(host => host.Port is { } port ? $"{host.Name}:{port}" : host.Name));
        }
    }
}

using Npgsql;

namespace MigrationTasks.Adapters.PostgreSql;

/// <summary>
/// Reads <c>postgres://user:password@host:port,host:port/database?name=value</c> as libpq does. Problems are told without
/// quoting any part of the URL: whatever is misplaced in it may be a piece of the password.
/// </summary>
internal static class PostgreSqlUrl
{
    public static readonly IReadOnlyList<string> Schemes = ["postgres", "postgresql"];

    public static bool IsUrl(string connection) => ServerUrl.IsOf(Schemes, connection);

    /// <exception cref="FormatException">The URL is malformed; the message may be shown.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string url)
    {
        var parts = new ServerUrl(url);
        var builder = new NpgsqlConnectionStringBuilder();
        if (parts.HasLogin)
        {
            builder.Username = UrlParts.Decode(parts.User);
            if (!parts.Password.IsEmpty)
            {
                builder.Password = UrlParts.Decode(parts.Password);
            }
        }

        ReadHosts(builder, parts.Hosts);
        if (!parts.Database.IsEmpty)
        {
            builder.Database = UrlParts.Decode(parts.Database);
        }

        foreach (var (name, value) in parts.Parameters)
        {
            PostgreSqlParameters.Set(builder, name, value);
        }

        return builder;
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

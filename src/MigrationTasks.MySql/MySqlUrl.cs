using MigrationTasks.Engine.Configuration;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>
/// Reads <c>mysql://user:password@host:port/database?name=value</c>. Problems are told without quoting any part of the URL:
/// whatever is misplaced in it may be a piece of the password.
/// </summary>
internal static class MySqlUrl
{
    public static readonly IReadOnlyList<string> Schemes = ["mysql", "mariadb"];

    public static bool IsUrl(string connection) => ServerUrl.IsOf(Schemes, connection);

    /// <exception cref="FormatException">The URL is malformed; the message may be shown.</exception>
    public static MySqlConnectionStringBuilder Parse(string url)
    {
        var parts = new ServerUrl(url);
        var builder = new MySqlConnectionStringBuilder();
        if (parts.HasLogin)
        {
            builder.UserID = UrlParts.Decode(parts.User);
            builder.Password = UrlParts.Decode(parts.Password);
        }

        ReadHosts(builder, parts.Hosts);
        builder.Database = UrlParts.Decode(parts.Database);
        var position = 0;
        foreach (var (name, value) in parts.Parameters)
        {
            MySqlParameters.Set(builder, name, value, ++position);
        }

        return builder;
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

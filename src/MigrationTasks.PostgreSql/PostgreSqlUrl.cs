using MigrationTasks.Engine.Configuration;
using Npgsql;

namespace MigrationTasks.PostgreSql;

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

        if (!parts.Database.IsEmpty)
        {
            builder.Database = UrlParts.Decode(parts.Database);
        }

        return PostgreSqlParameters.SetAll(builder, ReadHosts(parts.Hosts), parts.Parameters);
    }

    // None for a socket, whose folder is a parameter.
    private static List<(string Name, int? Port)> ReadHosts(ReadOnlySpan<char> text)
    {
        var hosts = new List<(string Name, int? Port)>();
        foreach (var range in text.IsEmpty ? default : text.Split(','))
        {
            hosts.Add(UrlParts.ReadHost(text[range]));
        }

        return hosts;
    }
}

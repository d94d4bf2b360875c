using MigrationTasks.Engine.Configuration;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>Reads a connection in any of its forms: a URL, the keywords of libpq, those of Npgsql. Nothing that is malformed is quoted.</summary>
internal static class PostgreSqlConnectionText
{
    private static readonly string[] Paths = ["Root Certificate", "SSL Certificate", "SSL Key", "Passfile"];
    private static readonly string[] Secrets = ["Password", "SSL Password"];

    /// <summary>Reads a connection, and checks what of it is ever shown.</summary>
    /// <exception cref="FormatException">It cannot be used; the message may be shown.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string connection)
    {
        ConnectionPart.CheckLength(connection);
        var parsed = PostgreSqlUrl.IsUrl(connection) ? PostgreSqlUrl.Parse(connection)
            : LibpqKeywords.TryRead(connection) is { } keywords ? PostgreSqlParameters.SetAll(new NpgsqlConnectionStringBuilder(), [], keywords)
            : ConnectionKeywords.Read(connection, text => new NpgsqlConnectionStringBuilder(text), "it is neither a URL nor a list of keywords such as Host=…;Database=…;Username=…;Password=….");
        Check(parsed);
        return parsed;
    }

    private static void Check(NpgsqlConnectionStringBuilder parsed)
    {
        if (string.IsNullOrWhiteSpace(parsed.Host))
        {
            throw new FormatException("it has no host. For a Unix socket, the host is the folder that it is in, such as /var/run/postgresql.");
        }

        ConnectionKeywords.Check(parsed, parsed.Host, parsed.Database, parsed.Username, Paths, Secrets);
    }
}

using System.Data.Common;
using MigrationTasks.Engine.Configuration;
using Npgsql;

namespace MigrationTasks.Adapters.PostgreSql;

/// <summary>Reads a connection in any of its forms: a URL, the keywords of libpq, those of Npgsql. Nothing that is malformed is quoted.</summary>
internal static class PostgreSqlConnectionText
{
    // The driver compares each host with all others, so that very many would keep it busy for hours.
    private const int MaximumHosts = 64;

    private static readonly string[] Paths = ["Root Certificate", "SSL Certificate", "SSL Key", "Passfile"];
    private static readonly string[] Secrets = ["Password", "SSL Password"];

    /// <summary>Reads a connection, and checks what of it is ever shown.</summary>
    /// <exception cref="FormatException">It cannot be used; the message may be shown.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string connection)
    {
        ConnectionPart.CheckLength(connection);
        var parsed = PostgreSqlUrl.IsUrl(connection) ? PostgreSqlUrl.Parse(connection)
            : LibpqKeywords.TryRead(connection) is { } keywords ? PostgreSqlParameters.SetAll(new NpgsqlConnectionStringBuilder(), [], keywords)
            : ReadKeywords(connection);
        Check(parsed);
        return parsed;
    }

    private static NpgsqlConnectionStringBuilder ReadKeywords(string connection)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connection);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException or KeyNotFoundException)
        {
            // The parser's message quotes what it did not understand, and that may be a piece of the password.
            throw new FormatException(KeywordProblem.Of(connection, "it is neither a URL nor a list of keywords such as Host=…;Database=…;Username=…;Password=…."), exception);
        }
    }

    private static void Check(NpgsqlConnectionStringBuilder parsed)
    {
        if (string.IsNullOrWhiteSpace(parsed.Host))
        {
            throw new FormatException("it has no host. For a Unix socket, the host is the folder that it is in, such as /var/run/postgresql.");
        }

        if (parsed.Host.AsSpan().Count(',') >= MaximumHosts)
        {
            throw new FormatException($"it has more than {MaximumHosts} hosts.");
        }

        foreach (var host in parsed.Host.Split(','))
        {
            ConnectionPart.CheckHost(host);
        }

        ConnectionPart.CheckName("database", parsed.Database);
        ConnectionPart.CheckName("user", parsed.Username);
        foreach (var path in Paths)
        {
            ConnectionPart.CheckPath(path, parsed[path] as string);
        }

        foreach (var (keyword, value) in ((DbConnectionStringBuilder)parsed).Keys.Cast<string>().Except(Secrets, StringComparer.OrdinalIgnoreCase).Select(keyword => (keyword, parsed[keyword] as string)))
        {
            ConnectionPart.CheckText(keyword, value);
        }
    }
}

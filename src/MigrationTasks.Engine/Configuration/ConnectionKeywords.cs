using System.Data.Common;

namespace MigrationTasks.Engine.Configuration;

/// <summary>A connection to a server as its driver holds it: a list of keywords. Nothing that is malformed is quoted.</summary>
internal static class ConnectionKeywords
{
    // Drivers look up a name for each, and compare each with all others, so that very many would keep them busy for hours.
    private const int MaximumHosts = 64;

    /// <summary>Reads a list of keywords.</summary>
    /// <param name="connection">The list.</param>
    /// <param name="read">What the driver reads it with.</param>
    /// <param name="otherwise">What is wrong with it when it looks like no connection at all.</param>
    /// <exception cref="FormatException">It cannot be read; the message may be shown.</exception>
    public static TBuilder Read<TBuilder>(string connection, Func<string, TBuilder> read, string otherwise)
    {
        try
        {
            return read(connection);
        }
        catch (Exception exception) when (exception is ArgumentException or FormatException or InvalidCastException or OverflowException or InvalidOperationException or KeyNotFoundException)
        {
            // The parser's message quotes what it did not understand, and that may be a piece of the password.
            throw new FormatException(KeywordProblem.Of(connection, otherwise), exception);
        }
    }

    /// <summary>Checks what of a connection is ever shown, by us or by the server.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="hosts">Its hosts, separated by commas.</param>
    /// <param name="database">Its database.</param>
    /// <param name="user">Its user.</param>
    /// <param name="paths">The keywords that are paths.</param>
    /// <param name="secrets">The keywords that are never shown.</param>
    /// <exception cref="FormatException">A part cannot be what it is; the message may be shown.</exception>
    public static void Check(DbConnectionStringBuilder connection, string hosts, string? database, string? user, IEnumerable<string> paths, IEnumerable<string> secrets)
    {
        if (hosts.AsSpan().Count(',') >= MaximumHosts)
        {
            throw new FormatException($"it has more than {MaximumHosts} hosts.");
        }

        foreach (var host in hosts.Split(','))
        {
            ConnectionPart.CheckHost(host);
        }

        ConnectionPart.CheckName("database", database);
        ConnectionPart.CheckName("user", user);
        foreach (var path in paths)
        {
            ConnectionPart.CheckPath(path, connection[path] as string);
        }

        foreach (var keyword in connection.Keys.Cast<string>().Except(secrets, StringComparer.OrdinalIgnoreCase))
        {
            ConnectionPart.CheckText(keyword, connection[keyword] as string);
        }
    }
}

/// <summary>
/// Says why a driver does not take a connection for keywords. Nothing of the connection is in it: what nobody understands may be a
/// piece of the password.
/// </summary>
internal static class KeywordProblem
{
    /// <summary>What is wrong, as far as one can tell.</summary>
    /// <param name="connection">The connection, which is no URL of the database's own schemes.</param>
    /// <param name="otherwise">What is wrong with it when it looks like no connection at all.</param>
    public static string Of(string connection, string otherwise) =>
        connection.StartsWith("jdbc:", StringComparison.OrdinalIgnoreCase) ? "it is a JDBC URL. Write it without jdbc:, and with user and password ahead of the host."
        : IsUrl(connection) ? "it is a URL, but of another kind of database."
        : IsList(connection) ? "one of its keywords is unknown, or has a value that it cannot have (a value that holds a semicolon is quoted)."
        : otherwise;

    private static bool IsUrl(string connection) =>
        connection.IndexOf("://", StringComparison.Ordinal) is > 0 and var end && Uri.CheckSchemeName(connection[..end]);

    private static bool IsList(string connection)
    {
        try
        {
            return new DbConnectionStringBuilder { ConnectionString = connection }.Count > 0;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}

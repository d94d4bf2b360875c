using System.Data.Common;

namespace MigrationTasks.Engine.Configuration;

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

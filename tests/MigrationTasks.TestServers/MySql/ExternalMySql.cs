using MySqlConnector;

namespace MigrationTasks.TestServers;

/// <summary>The server that a variable names: a throw-away MySQL or MariaDB, and a user of it who may do everything.</summary>
internal static class ExternalMySql
{
    public const string Variable = "MIGRATIONTASKS_TEST_MYSQL";

    public static bool IsConfigured => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>Reads the variable, which holds MySqlConnector's keywords or a URL: <c>mysql://user:password@host:3306</c>.</summary>
    public static MySqlConnectionStringBuilder Read()
    {
        var text = Environment.GetEnvironmentVariable(Variable) ?? "";
        try
        {
            return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "mysql" or "mariadb"
                ? FromUrl(url)
                : new MySqlConnectionStringBuilder(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // The reason is left out: it could repeat the password.
            throw new ServerUnavailableException($"{Variable} is neither a mysql:// URL nor a list of MySqlConnector keywords.");
        }
    }

    private static MySqlConnectionStringBuilder FromUrl(Uri url)
    {
        var user = url.UserInfo.Split(':', 2);
        return new MySqlConnectionStringBuilder
        {
            Server = url.Host,
            Port = url.Port < 0 ? 3306 : (uint)url.Port,
            UserID = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
        };
    }
}

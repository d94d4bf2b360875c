using Npgsql;

namespace MigrationTasks.TestServers;

/// <summary>The server that a variable names: a throw-away one, and its superuser.</summary>
internal static class ExternalPostgreSql
{
    public const string Variable = "MIGRATIONTASKS_TEST_POSTGRES";

    public static bool IsConfigured => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 };

    /// <summary>Reads the variable, which holds Npgsql's keywords or a <c>postgres://</c> URL.</summary>
    public static NpgsqlConnectionStringBuilder Read()
    {
        var text = Environment.GetEnvironmentVariable(Variable) ?? "";
        try
        {
            var connection = Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "postgres" or "postgresql"
                ? FromUrl(url)
                : new NpgsqlConnectionStringBuilder(text);
            connection.Database ??= "postgres";
            connection.Pooling = false;
            return connection;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            // The reason is left out: it could repeat the password.
            throw new ServerUnavailableException($"{Variable} is neither a postgres:// URL nor a list of Npgsql keywords.");
        }
    }

    private static NpgsqlConnectionStringBuilder FromUrl(Uri url)
    {
        var user = url.UserInfo.Split(':', 2);
        var connection = new NpgsqlConnectionStringBuilder
        {
            Host = url.Host,
            Port = url.IsDefaultPort || url.Port < 0 ? 5432 : url.Port,
            Username = Uri.UnescapeDataString(user[0]),
            Password = user.Length > 1 ? Uri.UnescapeDataString(user[1]) : null,
            Database = url.AbsolutePath.Length > 1 ? Uri.UnescapeDataString(url.AbsolutePath[1..]) : null,
        };
        foreach (var setting in url.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries))
        {
            var (name, value) = (setting.Split('=', 2)[0], Uri.UnescapeDataString(setting.Split('=', 2)[^1]));
            switch (name)
            {
                case "sslmode":
                    connection.SslMode = Enum.Parse<SslMode>(value.Replace("-", "", StringComparison.Ordinal), ignoreCase: true);
                    break;
                case "sslrootcert":
                    connection.RootCertificate = value;
                    break;
                default:
                    throw new FormatException();
            }
        }

        return connection;
    }
}

namespace MigrationTasks.TestServers;

/// <summary>
/// Who runs a server. PostgreSQL, PgBouncer and MariaDB refuse to be run by root, so root hands them to <c>postgres</c>, or
/// to <c>nobody</c> where there is no such user. Everyone else runs them as themselves.
/// </summary>
internal static class ServerUser
{
    /// <summary>The other user's name, or <see langword="null"/> when this process's own user will do.</summary>
    public static string? Name { get; } = Environment.IsPrivilegedProcess && !OperatingSystem.IsWindows() ? Find() : null;

    /// <summary>Makes the server's user the owner of a file, or of a folder with all in it.</summary>
    public static void Own(string path)
    {
        if (Name is not null && Command.Run("chown", "-R", Name, path) is { ExitCode: not 0 } failed)
        {
            throw new ServerUnavailableException($"{path} could not be given to user {Name}: {failed.Output}");
        }
    }

    private static string Find() =>
        File.ReadLines("/etc/passwd").Any(line => line.StartsWith("postgres:", StringComparison.Ordinal))
            ? "postgres"
            : "nobody";
}

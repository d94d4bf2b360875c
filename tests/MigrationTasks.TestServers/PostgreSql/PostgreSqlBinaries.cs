using System.Globalization;

namespace MigrationTasks.TestServers;

/// <summary>Finds PostgreSQL's server programs; Debian keeps them off PATH.</summary>
internal static class PostgreSqlBinaries
{
    private const string DebianFolder = "/usr/lib/postgresql";

    /// <summary>The folder that holds <c>initdb</c> and <c>postgres</c>, of the newest version there is.</summary>
    /// <exception cref="ServerUnavailableException">There is none.</exception>
    public static string Find()
    {
        if (OperatingSystem.IsWindows())
        {
            throw new ServerUnavailableException("PostgreSQL's own binaries are started on Linux and macOS only.");
        }

        var debian = Directory.Exists(DebianFolder) ? Directory.GetDirectories(DebianFolder) : [];
        return debian
            .OrderByDescending(VersionOf)
            .Select(folder => Path.Combine(folder, "bin"))
            .FirstOrDefault(bin => File.Exists(Path.Combine(bin, "initdb")) && File.Exists(Path.Combine(bin, "postgres")))
            ?? Path.GetDirectoryName(Command.Find("initdb"))
            ?? throw new ServerUnavailableException(
                $"PostgreSQL is not installed: no initdb in {DebianFolder}/*/bin or on PATH.");
    }

    private static decimal VersionOf(string folder) =>
        decimal.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var version) ? version : 0;
}

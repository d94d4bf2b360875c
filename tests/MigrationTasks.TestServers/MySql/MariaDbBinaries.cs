namespace MigrationTasks.TestServers;

/// <summary>Finds MariaDB's programs; Debian keeps the server where only root's PATH leads.</summary>
internal static class MariaDbBinaries
{
    private static readonly string[] Elsewhere = ["/usr/sbin", "/usr/local/sbin"];
    private static readonly string[] GaleraPlaces = ["/usr/lib/galera/libgalera_smm.so", "/usr/lib64/galera/libgalera_smm.so", "/usr/lib64/galera-4/libgalera_smm.so"];

    /// <summary>The server.</summary>
    /// <exception cref="ServerUnavailableException">There is none.</exception>
    public static string Server => Find("mariadbd");

    /// <summary>Makes a data folder.</summary>
    /// <exception cref="ServerUnavailableException">There is none.</exception>
    public static string Install => Find("mariadb-install-db");

    /// <summary>The client that runs scripts.</summary>
    /// <exception cref="ServerUnavailableException">There is none.</exception>
    public static string Client => Find("mariadb");

    /// <summary>The client that writes a database down.</summary>
    /// <exception cref="ServerUnavailableException">There is none.</exception>
    public static string Dump => Find("mariadb-dump");

    /// <summary>What makes a server a node of a cluster.</summary>
    /// <exception cref="ServerUnavailableException">There is none, or no rsync, with which a new node takes its data from another.</exception>
    public static string Galera
    {
        get
        {
            Find("rsync");
            return Array.Find(GaleraPlaces, File.Exists) ?? throw new ServerUnavailableException("Galera is not installed: there is no libgalera_smm.so.");
        }
    }

    private static string Find(string program) => OperatingSystem.IsWindows()
        ? throw new ServerUnavailableException("MariaDB's own binaries are started on Linux and macOS only.")
        : Command.Find(program, Elsewhere) ?? throw new ServerUnavailableException($"MariaDB is not installed: no {program} on PATH.");
}

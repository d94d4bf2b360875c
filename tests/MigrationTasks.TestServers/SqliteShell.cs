using System.Diagnostics;

namespace MigrationTasks.TestServers;

/// <summary>SQLite's own program, where it is installed.</summary>
public static class SqliteShell
{
    /// <summary>Runs a script with <c>sqlite3 database &lt; script</c>, as a user without start-up file would.</summary>
    /// <param name="database">The database's file.</param>
    /// <param name="script">The script.</param>
    /// <exception cref="ServerUnavailableException">There is no <c>sqlite3</c>.</exception>
    public static (int ExitCode, string Output) Run(string database, string script) =>
        Command.Run(new ProcessStartInfo(Program, ["-init", "/dev/null", database]), script);

    /// <summary>All that is in a database, as SQL.</summary>
    /// <param name="database">The database's file.</param>
    /// <exception cref="ServerUnavailableException">There is no <c>sqlite3</c>.</exception>
    public static string Dump(string database) => Command.Run(Program, ["-init", "/dev/null", database, ".dump"]).Output;

    private static string Program => Command.Find("sqlite3") ?? throw new ServerUnavailableException("The sqlite3 shell is not installed.");
}

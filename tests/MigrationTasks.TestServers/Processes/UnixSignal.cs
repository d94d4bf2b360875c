using System.Runtime.InteropServices;

namespace MigrationTasks.TestServers;

/// <summary>The signals by which servers are told what to do; .NET itself only knows how to kill.</summary>
internal enum UnixSignal
{
    /// <summary>PostgreSQL: drop the clients, write a checkpoint, stop.</summary>
    Int = 2,

    /// <summary>PostgreSQL: stop at once and recover at the next start.</summary>
    Quit = 3,

    Kill = 9,

    /// <summary>MariaDB: drop the clients, write what is to be written, stop.</summary>
    Term = 15,
}

internal static class UnixSignals
{
    public static void Send(this UnixSignal signal, int processId) => _ = kill(processId, (int)signal);

    /// <summary>The name as command-line tools spell it: <c>QUIT</c>.</summary>
    public static string Name(this UnixSignal signal) => signal.ToString().ToUpperInvariant();

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int processId, int signal);
}

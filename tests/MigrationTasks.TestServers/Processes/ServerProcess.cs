using System.Diagnostics;

namespace MigrationTasks.TestServers;

/// <summary>
/// A server that runs as <see cref="ServerUser"/>, writes what it has to say to a log file, and goes when this
/// process goes, even if that is killed.
/// </summary>
internal sealed class ServerProcess : IDisposable
{
    private readonly Process _process;

    private ServerProcess(Process process, string logFile)
    {
        _process = process;
        LogFile = logFile;
    }

    public int Id => _process.Id;

    public bool HasExited => _process.HasExited;

    public string LogFile { get; }

    /// <summary>
    /// Starts a server; <paramref name="onParentDeath"/> is what it is sent when this process dies without a farewell.
    /// </summary>
    public static async Task<ServerProcess> StartAsync(
        string program, IEnumerable<string> arguments, string folder, string logFile, UnixSignal onParentDeath)
    {
        // The shell opens the log, so that nothing is left to pump here and no handle of this process leaks.
        var start = Prepare(
            "/bin/sh",
            ["-c", "log=$1; shift; exec \"$@\" </dev/null >>\"$log\" 2>&1", "sh", logFile,
                .. AsServerUser(onParentDeath), program, .. arguments],
            folder);
        return new ServerProcess(await ForkingThread.RunAsync(() => Process.Start(start)!), logFile);
    }

    /// <summary>Runs one of a server's tools to its end.</summary>
    /// <exception cref="ServerUnavailableException">The tool failed; the message holds what it said.</exception>
    public static void RunTool(string program, IEnumerable<string> arguments, string folder)
    {
        string[] all = [.. AsServerUser(UnixSignal.Kill), program, .. arguments];
        // The tool is forked by this very thread, which waits for it.
        var (exitCode, output) = Command.Run(Prepare(all[0], all[1..], folder));
        if (exitCode != 0)
        {
            throw new ServerUnavailableException($"{Path.GetFileName(program)} failed with exit code {exitCode}: {output}");
        }
    }

    public void Send(UnixSignal signal) => signal.Send(Id);

    /// <summary>Waits for the end; a server that does not come to it in 20 seconds is killed.</summary>
    public async Task WaitForExitAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        try
        {
            await _process.WaitForExitAsync(patience.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill(entireProcessTree: true);
            await _process.WaitForExitAsync(CancellationToken.None);
        }
    }

    /// <summary>Kills the server and all its children at the same moment, as a machine does that loses its power.</summary>
    public async Task KillAllAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
    }

    public void Dispose() => _process.Dispose();

    private static ProcessStartInfo Prepare(string program, IEnumerable<string> arguments, string folder)
    {
        var start = new ProcessStartInfo(program, arguments) { WorkingDirectory = folder };
        // PGPORT, PGDATA and the like belong to the developer's own server.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("PG", StringComparison.Ordinal)).ToList())
        {
            start.Environment.Remove(name);
        }

        start.Environment["HOME"] = folder;
        start.Environment["LC_ALL"] = "C";
        // Counts in other locales only: a session of PostgreSQL with lc_messages = C.UTF-8 speaks German.
        start.Environment["LANGUAGE"] = "de";
        return start;
    }

    private static IEnumerable<string> AsServerUser(UnixSignal onParentDeath)
    {
        // setpriv is part of every Linux but the smallest; macOS has none, and there servers stop at a regular exit only.
        if (Command.Find("setpriv") is { } setpriv)
        {
            return [setpriv, .. ServerUser.Name is { } user ? UserArguments(user) : [],
                "--pdeathsig", onParentDeath.Name(), "--"];
        }

        return ServerUser.Name is null
            ? []
            : throw new ServerUnavailableException("Servers refuse to run as root, and setpriv is not installed.");
    }

    private static string[] UserArguments(string user) =>
        ["--reuid", user, "--regid", Command.Run("id", "-g", user).Output, "--init-groups"];
}

using System.Diagnostics;

namespace MigrationTasks.TestServers;

/// <summary>Packages of the npm world, installed into a folder of their own: tools that migrate databases too, and what mongosh reads Extended JSON with.</summary>
public sealed class NodePackages : IAsyncDisposable
{
    private const string Dependencies = """{ "private": true, "dependencies": { "dbmate": "2.36.0", "node-pg-migrate": "7.9.1", "pg": "8.20.0", "bson": "6.10.4" } }""";

    private readonly TemporaryFolder _folder = new();

    private NodePackages()
    {
    }

    /// <summary>Installs the packages.</summary>
    /// <exception cref="ServerUnavailableException">There is no npm, or it cannot install them.</exception>
    internal static Task<NodePackages> InstallAsync() => Task.Run(() =>
    {
        var npm = Command.Find("npm") ?? throw new ServerUnavailableException("npm is not installed: its packages cannot be had.");
        var packages = new NodePackages();
        packages._folder.Write("package.json", Dependencies);
        var (exitCode, output) = Command.Run(new ProcessStartInfo(npm, ["install", "--no-package-lock", "--no-audit", "--no-fund", "--loglevel=error"]) { WorkingDirectory = packages._folder.Path });
        if (exitCode == 0)
        {
            return packages;
        }

        packages._folder.Dispose();
        throw new ServerUnavailableException($"npm could not install its packages: {output}");
    });

    /// <summary>Runs a tool to its end, with the database's URL in <c>DATABASE_URL</c>.</summary>
    /// <param name="tool">Its name.</param>
    /// <param name="url">The database.</param>
    /// <param name="arguments">Its arguments.</param>
    public void Run(string tool, string url, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(Path.Combine(_folder.Path, "node_modules", ".bin", tool), arguments) { WorkingDirectory = _folder.Path };
        start.Environment["DATABASE_URL"] = url;
        var (exitCode, output) = Command.Run(start);
        if (exitCode != 0)
        {
            throw new InvalidOperationException($"{tool} failed: {output}");
        }
    }

    /// <summary>Runs JavaScript to its end, which may require the packages.</summary>
    /// <param name="script">The script.</param>
    /// <returns>The exit code, and all that it wrote.</returns>
    public (int ExitCode, string Output) Evaluate(string script)
    {
        var node = Command.Find("node") ?? throw new ServerUnavailableException("node is not installed.");
        var file = _folder.Write($"{Guid.NewGuid():N}.cjs", script);
        return Command.Run(new ProcessStartInfo(node, [file]) { WorkingDirectory = _folder.Path });
    }

    public ValueTask DisposeAsync()
    {
        _folder.Dispose();
        return ValueTask.CompletedTask;
    }
}

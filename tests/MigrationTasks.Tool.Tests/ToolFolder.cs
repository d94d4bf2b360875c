using MigrationTasks.TestServers;

namespace MigrationTasks.Tool.Tests;

/// <summary>A folder with migrations and no project, and the program run in it.</summary>
internal sealed class ToolFolder : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public ToolFolder() => Write(".env", "SQLITE_URL=sqlite:app.db\n");

    public string Path => _folder.Path;

    public string Name => System.IO.Path.GetFileName(Path);

    public string PathOf(string relative) => System.IO.Path.Combine(Path, relative);

    public ToolFolder Write(string relative, string text)
    {
        _folder.Write(relative, text);
        return this;
    }

    /// <summary>Adds a migration that creates a table of the file's name, and says how to undo it.</summary>
    public ToolFolder Migration(string name) => Write($"migrations/sqlite/{name}.sql", $"-- Rollback: DROP TABLE t{name};\nCREATE TABLE t{name} (id INTEGER);\n");

    /// <summary>Runs the program here.</summary>
    public async Task<ToolResult> RunAsync(params IEnumerable<string> arguments)
    {
        using StringWriter output = new(), problems = new();
        var exitCode = await MigrateCommand.RunAsync(["-C", Path, .. arguments], new ToolConsole(output, problems));
        return new ToolResult(exitCode, output.ToString(), problems.ToString());
    }

    public void Dispose() => _folder.Dispose();
}

/// <summary>How the program ended.</summary>
internal sealed record ToolResult(int ExitCode, string Output, string Problems)
{
    public ToolResult Succeeded()
    {
        Assert.AreEqual(0, ExitCode, Output + Problems);
        return this;
    }

    public ToolResult Failed(string problem)
    {
        Assert.AreEqual(1, ExitCode, Output + Problems);
        Assert.Contains(problem, Problems);
        return this;
    }

    public ToolResult Says(string text)
    {
        Assert.Contains(text, Output);
        return this;
    }
}

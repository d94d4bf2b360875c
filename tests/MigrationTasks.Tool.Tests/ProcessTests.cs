using System.Diagnostics;

namespace MigrationTasks.Tool.Tests;

/// <summary>The program as a process of its own.</summary>
[TestClass]
public sealed class ProcessTests
{
    private const string Slow = "CREATE TABLE slow AS WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1000000000) SELECT count(*) AS c FROM n;";

    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, OperatingSystem.IsWindows() ? "migrate.exe" : "migrate");

    [TestMethod]
    [DataRow("INT", DisplayName = "by Ctrl+C")]
    [DataRow("TERM", DisplayName = "by whatever started it")]
    [OSCondition(OperatingSystems.Linux)]
    public async Task What_runs_is_rolled_back_when_the_program_is_told_to_end(string signal)
    {
        using var folder = new ToolFolder().Migration("001_a").Write("migrations/sqlite/002_slow.sql", $"CREATE TABLE b (id INTEGER);\n{Slow}\n");
        // Where tests are started in the background, Ctrl+C is ignored by all that they start.
        using var process = Start(folder, "env", "--default-signal=INT", Program, "--verbose");
        while (await process.StandardOutput.ReadLineAsync() is { } line && !line.StartsWith("Applying 002_slow.sql", StringComparison.Ordinal))
        {
        }

        using (var kill = Process.Start("kill", [$"-{signal}", $"{process.Id}"]))
        {
            await kill.WaitForExitAsync();
        }

        var problems = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();

        Assert.AreEqual(1, process.ExitCode, problems);
        Assert.Contains("MIG4007", problems);
        (await folder.RunAsync("status")).Says("1 applied, 1 pending");
    }

    [TestMethod]
    public async Task The_connection_is_read_from_the_file_that_a_variable_names()
    {
        using var folder = new ToolFolder().Migration("001_a").Write(".env", "").Write("secret", "sqlite:secret.db\n");
        using var process = Start(folder, Program);

        Assert.Contains("secret.db: 1 migration applied", await process.StandardOutput.ReadToEndAsync());
    }

    private static Process Start(ToolFolder folder, params ReadOnlySpan<string> command)
    {
        var start = new ProcessStartInfo(command[0]) { WorkingDirectory = folder.Path, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in command[1..])
        {
            start.ArgumentList.Add(argument);
        }

        start.Environment.Remove("SQLITE_URL");
        start.Environment["SQLITE_URL_FILE"] = File.Exists(folder.PathOf("secret")) ? "secret" : "";
        return Process.Start(start)!;
    }
}

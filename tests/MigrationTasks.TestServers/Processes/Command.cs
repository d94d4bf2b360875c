using System.Diagnostics;

namespace MigrationTasks.TestServers;

/// <summary>Runs a short command to its end.</summary>
internal static class Command
{
    public static (int ExitCode, string Output) Run(string program, params IEnumerable<string> arguments) =>
        Run(new ProcessStartInfo(program, arguments));

    public static (int ExitCode, string Output) Run(ProcessStartInfo start)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        process.StandardInput.Close();
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, (output + errors.GetAwaiter().GetResult()).Trim());
    }

    /// <summary>
    /// The full path of a program on PATH or in one of the folders to look in after it, or <see langword="null"/>.
    /// </summary>
    public static string? Find(string program, params IEnumerable<string> elsewhere) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Concat(elsewhere)
            .Select(folder => Path.Combine(folder, program))
            .FirstOrDefault(File.Exists);
}

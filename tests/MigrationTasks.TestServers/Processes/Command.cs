using System.Diagnostics;

namespace MigrationTasks.TestServers;

/// <summary>Runs a short command to its end.</summary>
internal static class Command
{
    public static (int ExitCode, string Output) Run(string program, params IEnumerable<string> arguments) =>
        Run(new ProcessStartInfo(program, arguments));

    /// <param name="start">The command.</param>
    /// <param name="input">A file that it reads as its input; nothing when omitted.</param>
    public static (int ExitCode, string Output) Run(ProcessStartInfo start, string? input = null)
    {
        start.RedirectStandardInput = true;
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEndAsync();
        if (input is not null)
        {
            Feed(process, input);
        }

        process.StandardInput.Close();
        process.WaitForExit();
        return (process.ExitCode, (output.GetAwaiter().GetResult() + errors.GetAwaiter().GetResult()).Trim());
    }

    private static void Feed(Process process, string input)
    {
        try
        {
            using var file = File.OpenRead(input);
            file.CopyTo(process.StandardInput.BaseStream);
        }
        catch (IOException)
        {
            // It stopped before the end.
        }
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

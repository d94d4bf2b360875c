using System.Globalization;

namespace MigrationTasks;

/// <summary>One process.</summary>
/// <param name="Id">Its number.</param>
/// <param name="CommandLine">What it was started with, separated by blanks.</param>
internal sealed record ProcessEntry(int Id, string CommandLine);

/// <summary>The processes that this one descends from, on Linux, which tells that to everybody.</summary>
internal static class ProcessTree
{
    /// <summary>This process, the one that has started it, and so on; none where the system does not tell.</summary>
    public static IEnumerable<ProcessEntry> Ancestry()
    {
        var process = Environment.ProcessId;
        while (process > 1 && Read(process, "stat") is { } status && Read(process, "cmdline") is { } line)
        {
            yield return new ProcessEntry(process, line.Replace('\0', ' '));

            // The name before it, in parentheses, may hold anything.
            var fields = status[(status.LastIndexOf(')') + 1)..].Split(' ', StringSplitOptions.RemoveEmptyEntries);
            process = fields.Length > 1 && int.TryParse(fields[1], NumberStyles.None, CultureInfo.InvariantCulture, out var parent) ? parent : 0;
        }
    }

    /// <summary>The variables that this process was given, as <c>NAME=value</c>; none where the system does not tell.</summary>
    public static IReadOnlyList<string> EnvironmentAtStart() => Read(Environment.ProcessId, "environ")?.Split('\0') ?? [];

    private static string? Read(int process, string file)
    {
        try
        {
            return OperatingSystem.IsLinux() ? File.ReadAllText($"/proc/{process}/{file}") : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}

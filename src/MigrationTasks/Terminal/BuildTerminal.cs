using System.Text.RegularExpressions;

namespace MigrationTasks.Terminal;

/// <summary>
/// The terminal that somebody watches a build in. MSBuild's own logger for terminals shows nothing of a task that still works,
/// and has no way to ask for it: so what is waited for is written there directly.
/// </summary>
internal static partial class BuildTerminal
{
    // So MSBuild tells what it starts whether that logger is at work. This process, which is one of its programs too, has changed its
    // own by now; what it was given stays readable. Should MSBuild stop to tell it, nothing is shown.
    private const string LoggerIsAtWork = "_MSBUILDTLENABLED=1";

    private static readonly IReadOnlyList<string> PipelineVariables = ["CI", "TF_BUILD"];

    /// <summary>The terminal's file; <see langword="null"/> where there is none, or nobody watches.</summary>
    public static string? Find() =>
        ProcessTree.EnvironmentAtStart().Contains(LoggerIsAtWork) && !PipelineVariables.Any(variable => Environment.GetEnvironmentVariable(variable) is { Length: > 0 })
        && BuildProcess() is { } build && !Quiet().IsMatch(build.CommandLine)
            ? OutputOf(build)
            : null;

    // This process works for the build's, or for one that that one has started to build several projects at a time. Such a one may
    // be left from another build, in another terminal: it has no parent any more.
    private static ProcessEntry? BuildProcess() =>
        ProcessTree.Ancestry().Skip(1).FirstOrDefault(process => !process.CommandLine.Contains("/nodemode:", StringComparison.OrdinalIgnoreCase));

    // Not the terminal that the process belongs to: its output may go elsewhere.
    private static string? OutputOf(ProcessEntry process)
    {
        try
        {
            var target = new FileInfo($"/proc/{process.Id}/fd/1").LinkTarget;
            return target is not null && TerminalName().IsMatch(target) ? target : null;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    [GeneratedRegex(@"^/dev/(pts/|tty|console)")]
    private static partial Regex TerminalName();

    [GeneratedRegex(@"(?<=^|\s)(?:--?|/)v(?:erbosity)?[:=\s]q(?:uiet)?(?=$|\s)", RegexOptions.IgnoreCase)]
    private static partial Regex Quiet();
}

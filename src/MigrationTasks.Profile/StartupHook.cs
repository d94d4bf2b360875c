using MigrationTasks.Profile;

/// <summary>
/// Runs at the start of every .NET process that is told so by <c>DOTNET_STARTUP_HOOKS</c>: each writes, when it ends, which methods of the package
/// it has compiled, and which it has found compiled ahead, into files of its own.
/// </summary>
internal static class StartupHook
{
    /// <summary>The variable with the folder of the package's assemblies.</summary>
    private const string FolderVariable = "MIGRATIONTASKS_PROFILE_FOLDER";

    /// <summary>The variable with the folder to write to.</summary>
    private const string OutputVariable = "MIGRATIONTASKS_PROFILE_OUTPUT";

    public static void Initialize()
    {
        if (Environment.GetEnvironmentVariable(FolderVariable) is not { } folder || Environment.GetEnvironmentVariable(OutputVariable) is not { } output)
        {
            return;
        }

        var recorder = new MethodRecorder();
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            recorder.Dispose();
            if (recorder.FoundOf(folder) is { Count: > 0 } found)
            {
                var file = Path.Combine(output, $"{Environment.ProcessId}");
                StartupProfile.Write($"{file}.compiled", recorder.CompiledOf(folder));
                // Whoever sees this one has all of it, and the other.
                StartupProfile.Write($"{file}.unfinished", found);
                File.Move($"{file}.unfinished", $"{file}.found");
            }
        };
    }
}

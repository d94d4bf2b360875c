namespace MigrationTasks.Engine.Commands.DryRun;

/// <summary>How a dry run finds out.</summary>
public enum DryRunMode
{
    /// <summary>It writes down what a run would do, and runs nothing.</summary>
    Script,

    /// <summary>It does what a run would do in one transaction, and rolls that back.</summary>
    Rollback,
}

/// <summary>What a dry run is asked for.</summary>
/// <param name="ScriptFolder">Where scripts are written that have no name of their own, a full path; created when it is missing.</param>
/// <param name="ScriptFile">The script's file, a full path; <see langword="null"/> for one in <paramref name="ScriptFolder"/> that is named after the migrations folder.</param>
/// <param name="Mode">How it finds out.</param>
public sealed record DryRunOptions(string ScriptFolder, string? ScriptFile = null, DryRunMode Mode = DryRunMode.Script);

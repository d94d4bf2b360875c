namespace MigrationTasks.Engine.DryRun;

/// <summary>What a dry run is asked for.</summary>
/// <param name="ScriptFolder">Where scripts are written that have no name of their own, a full path; created when it is missing.</param>
/// <param name="ScriptFile">The script's file, a full path; <see langword="null"/> for one in <paramref name="ScriptFolder"/> that is named after the migrations folder.</param>
public sealed record DryRunOptions(string ScriptFolder, string? ScriptFile = null);

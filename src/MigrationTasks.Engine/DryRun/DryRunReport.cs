using MigrationTasks.Engine.Runner;

namespace MigrationTasks.Engine.DryRun;

/// <summary>What a run on one database would do. The database is as it was before.</summary>
public sealed record DryRunReport : DatabaseReport
{
    /// <summary>The script, a full path; <see langword="null"/> when none was written.</summary>
    public string? ScriptFile { get; init; }

    /// <summary>What the script applies, in order.</summary>
    public IReadOnlyList<string> Scripted { get; init; } = [];

    /// <summary>How many are applied already.</summary>
    public int AlreadyApplied { get; init; }

    /// <summary>How many a run would apply.</summary>
    public int Pending { get; init; }
}

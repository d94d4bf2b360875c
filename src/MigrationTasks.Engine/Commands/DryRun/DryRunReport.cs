using MigrationTasks.Engine.Execution;

namespace MigrationTasks.Engine.Commands.DryRun;

/// <summary>What a run on one database would do. The database is as it was before.</summary>
public sealed record DryRunReport : DatabaseReport
{
    /// <summary>How it was found out.</summary>
    public DryRunMode Mode { get; init; }

    /// <summary>The script, a full path; <see langword="null"/> when none was written.</summary>
    public string? ScriptFile { get; init; }

    /// <summary>What the script applies, in order.</summary>
    public IReadOnlyList<string> Scripted { get; init; } = [];

    /// <summary>What was tried and would be applied, in order, with how long it took.</summary>
    public IReadOnlyList<AppliedMigration> Tried { get; init; } = [];

    /// <summary>What was not tried, or not to the end, and why.</summary>
    public IReadOnlyList<UntriedMigration> Untried { get; init; } = [];

    /// <summary>How many are applied already.</summary>
    public int AlreadyApplied { get; init; }

    /// <summary>How many are still to be applied, those without a statement too.</summary>
    public int Pending { get; init; }

    /// <summary>How many of those have no statement, so that a run leaves them alone.</summary>
    public int Empty { get; init; }
}

using MigrationTasks.Engine.Execution;

namespace MigrationTasks.Engine.Commands.Migrate;

/// <summary>What a run on one database did.</summary>
public sealed record RunReport : DatabaseReport
{
    /// <summary>What this run applied, in order.</summary>
    public IReadOnlyList<AppliedMigration> Applied { get; init; } = [];

    /// <summary>How many were applied before this run, or by another runner during it.</summary>
    public int AlreadyApplied { get; init; }

    /// <summary>How many are still to be applied, those without a statement too.</summary>
    public int Pending { get; init; }

    /// <summary>How many of those have no statement, so that a run leaves them alone.</summary>
    public int Empty { get; init; }
}

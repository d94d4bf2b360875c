using MigrationTasks.Engine.Execution;

namespace MigrationTasks.Engine.Commands.Rollback;

/// <summary>What a rollback of one database did.</summary>
public sealed record RollbackReport : DatabaseReport
{
    /// <summary>What this run undid, in order.</summary>
    public IReadOnlyList<UndoneMigration> RolledBack { get; init; } = [];

    /// <summary>How many another run undid while this one was about to.</summary>
    public int Overtaken { get; init; }

    /// <summary>How many are still to be undone.</summary>
    public int Left { get; init; }

    /// <summary>How many migrations are applied that could be undone, as far as is known.</summary>
    public int Applied { get; init; }
}

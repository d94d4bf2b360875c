using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Commands.Status;

/// <summary>Where the migrations of one database stand; its warnings include what would stand in the way of a run.</summary>
public sealed record StatusReport : DatabaseReport
{
    /// <summary>Every migration, oldest version first.</summary>
    public IReadOnlyList<PlanEntry> Entries { get; init; } = [];

    /// <summary>How many are applied.</summary>
    public int Applied => Entries.Count(entry => entry.IsApplied);

    /// <summary>How many are still to be applied, those without a statement too.</summary>
    public int Pending => Entries.Count(entry => entry.IsPending) + Empty;

    /// <summary>How many of those have no statement, so that a run leaves them alone.</summary>
    public int Empty => Entries.Count(entry => entry.State == MigrationState.Empty);
}

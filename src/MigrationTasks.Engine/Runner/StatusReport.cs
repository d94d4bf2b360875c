namespace MigrationTasks.Engine.Runner;

/// <summary>Where the migrations of one database stand; its warnings include what would stand in the way of a run.</summary>
public sealed record StatusReport : DatabaseReport
{
    /// <summary>Every migration, oldest version first.</summary>
    public IReadOnlyList<PlanEntry> Entries { get; init; } = [];

    /// <summary>How many migrations a run would apply.</summary>
    public int Pending => Entries.Count(entry => entry.IsPending);
}

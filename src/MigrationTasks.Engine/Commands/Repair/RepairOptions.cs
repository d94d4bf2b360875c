namespace MigrationTasks.Engine.Commands.Repair;

/// <summary>What a repair is asked for.</summary>
/// <param name="Asked">What to repair; with none, the report lists what could be.</param>
/// <param name="Only">The versions or names of the only migrations to repair; none for all.</param>
public sealed record RepairOptions(Repairs Asked, IReadOnlyList<string> Only);

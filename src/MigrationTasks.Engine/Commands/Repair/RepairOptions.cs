namespace MigrationTasks.Engine.Commands.Repair;

/// <summary>What may be repaired in a history; each is done only when it is asked for.</summary>
[Flags]
public enum Repairs
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>A migration that was edited after it was applied is accepted as it is now.</summary>
    Checksums = 1,

    /// <summary>A migration whose file was renamed after it was applied is recorded under its new name.</summary>
    Renamed = 2,

    /// <summary>The row of a migration that failed or was interrupted outside a transaction, or was partly rolled back there, is removed, so that it runs again from its beginning.</summary>
    Failed = 4,

    /// <summary>Such a migration is marked as applied: somebody completed it by hand.</summary>
    Completed = 8,

    /// <summary>The row of a migration that has no file is removed.</summary>
    Missing = 16,

    /// <summary>The row of a migration that was recorded as applied when its file had no statement, and has some now, is removed, so that it runs.</summary>
    Empty = 32,
}

/// <summary>What a repair is asked for.</summary>
/// <param name="Asked">What to repair; with none, the report lists what could be.</param>
/// <param name="Only">The versions or names of the only migrations to repair; none for all.</param>
public sealed record RepairOptions(Repairs Asked, IReadOnlyList<string> Only);

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

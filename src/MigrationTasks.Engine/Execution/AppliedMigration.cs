namespace MigrationTasks.Engine.Execution;

/// <summary>A migration that a run applied.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Duration">How long it took.</param>
public sealed record AppliedMigration(string Name, TimeSpan Duration)
{
    /// <summary>The statement at which it went on, counted from 1, when an earlier run had begun it; else <see langword="null"/>.</summary>
    public int? ResumedAt { get; init; }
}

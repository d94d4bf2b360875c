using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Execution;

/// <summary>A migration that a run undid.</summary>
/// <param name="Name">Its name in the history.</param>
/// <param name="Duration">How long it took.</param>
/// <param name="Source">Where the SQL came from.</param>
public sealed record UndoneMigration(string Name, TimeSpan Duration, RollbackSource Source);

using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Planning;

/// <summary>How far to go back.</summary>
/// <param name="Steps">How many migrations to undo, at least one; it does not count when there is a target.</param>
/// <param name="Target">The version that stays applied, while everything newer is undone; 0 undoes all. <see langword="null"/> to go by <paramref name="Steps"/>.</param>
/// <param name="Stored">The fingerprint of the rollbacks that only the history keeps, by which somebody who has read them confirms that they may run; <see langword="null"/> when nobody has.</param>
public sealed record RollbackOptions(int Steps = 1, MigrationVersion? Target = null, string? Stored = null);

namespace MigrationTasks.Engine.Execution;

/// <summary>A migration of which a dry run cannot tell whether it would be applied.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Reason">Why: a sentence without its first capital and its full stop.</param>
public sealed record UntriedMigration(string Name, string Reason);

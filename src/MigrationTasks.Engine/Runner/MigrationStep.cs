using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Runner;

/// <summary>One thing that a run does.</summary>
/// <param name="Migration">The migration to apply.</param>
public sealed record MigrationStep(Migration Migration)
{
    /// <inheritdoc/>
    public override string ToString() => Migration.Name;
}

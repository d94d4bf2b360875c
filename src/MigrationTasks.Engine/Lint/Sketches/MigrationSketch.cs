using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts.Headers;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.Engine.Lint.Sketches;

/// <summary>An action of a migration, and what its folder tells of the moment before it.</summary>
/// <param name="Action">The action.</param>
/// <param name="TableName">The table that it is about; <see langword="null"/> when it is about none, or nobody knows about which.</param>
/// <param name="Table">The table as it was; <see langword="null"/> when nothing is known of it.</param>
/// <param name="IsNew">Whether what it is about was created by the same migration, so that nobody uses it yet.</param>
internal sealed record LintStep(SqlAction Action, SqlName? TableName, TableSketch? Table, bool IsNew);

/// <summary>What a migration does.</summary>
/// <param name="Migration">The migration.</param>
/// <param name="Steps">Its actions, in order.</param>
/// <param name="Ignores">What it wants to hear no warning of.</param>
internal sealed record MigrationSketch(Migration Migration, IReadOnlyList<LintStep> Steps, IReadOnlyList<LintIgnore> Ignores);

using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Lint.Sketches;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Rollback;
using MigrationTasks.Engine.Runner;

namespace MigrationTasks.Engine.Lint.Rules;

/// <summary>Migrations that cannot be undone.</summary>
internal static class RollbackRule
{
    public static IEnumerable<Diagnostic> Missing(MigrationSketch migration, LintContext context)
    {
        var file = migration.Migration;
        return IsMissing(file) ? [Errors.NoRollback(new SourceLocation(file.Path, 1, 1), Path.GetFileNameWithoutExtension(file.Name))] : [];
    }

    /// <summary>Whether a migration should have a rollback, and has none, or one without a statement. One that does nothing needs none.</summary>
    public static bool IsMissing(Migration migration) =>
        migration is { CreatesHistory: false, IsRepeatable: false, IsEmpty: false } && RollbackScript.Of(new HistoryRow(migration.Name), migration) is null or { IsEmpty: true };
}

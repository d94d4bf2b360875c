using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Lint.Sketches;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Lint.Rules;

/// <summary>Migrations that cannot be undone.</summary>
internal static class RollbackRule
{
    public static IEnumerable<Diagnostic> Missing(MigrationSketch migration, LintContext context)
    {
        var file = migration.Migration;
        return IsMissing(file) ? [Errors.NoRollback(new SourceLocation(file.Path, 1, 1), Path.GetFileNameWithoutExtension(file.Name))] : [];
    }

    /// <summary>Whether a migration should have a rollback, and has none.</summary>
    public static bool IsMissing(Migration migration) => migration.Rollback is null && !migration.CreatesHistory && !migration.IsRepeatable;
}

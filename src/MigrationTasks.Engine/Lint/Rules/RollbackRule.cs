using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Lint.Sketches;

namespace MigrationTasks.Engine.Lint.Rules;

/// <summary>Migrations that cannot be undone.</summary>
internal static class RollbackRule
{
    public static IEnumerable<Diagnostic> Missing(MigrationSketch migration, LintContext context)
    {
        var file = migration.Migration;
        return file.LacksRollback ? [Errors.NoRollback(new SourceLocation(file.Path, 1, 1), Path.GetFileNameWithoutExtension(file.Name))] : [];
    }
}

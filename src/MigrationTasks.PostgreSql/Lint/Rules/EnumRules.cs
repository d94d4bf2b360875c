using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Lint.Sketches;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.PostgreSql.Lint.Rules;

/// <summary>Values of enums.</summary>
internal static class EnumRules
{
    public static IEnumerable<Diagnostic> RenamedValues(MigrationSketch migration, LintContext context) =>
        from step in migration.OnExisting<RenameEnumValue>()
        select Errors.EnumValueRenamed(step.Action.Location, step.Action.Type.ToString(), step.Action.Value.ToString());

    public static IEnumerable<Diagnostic> UsedAtOnce(MigrationSketch migration, LintContext context) =>
        from step in migration.OnExisting<UseEnumValue>()
        where migration.Migration.IsTransactional
        select Errors.EnumValueUsedAtOnce(step.Action.Location, step.Action.Added.Value.ToString(), step.Action.Added.Type.ToString(), step.Action.Added.Location.Line);
}

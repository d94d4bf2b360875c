using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Lint.Sketches;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.Engine.Lint.Rules;

/// <summary>Statements that change all rows of a table.</summary>
internal static class RowRules
{
    public static IEnumerable<Diagnostic> Deleted(MigrationSketch migration, LintContext context) =>
        from step in migration.OnExisting<DeleteAllRows>()
        select Errors.RowsDeleted(step.Action.Location, step.Action.Table.ToString(), step.Action.Statement);

    public static IEnumerable<Diagnostic> Updated(MigrationSketch migration, LintContext context) =>
        from step in migration.OnRows<UpdateAllRows>()
        select Errors.RowsUpdated(step.Action.Location, step.Action.Table.ToString());
}

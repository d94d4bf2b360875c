using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Lint.Sketches;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.Engine.Lint.Rules;

/// <summary>Columns that rows which are there cannot have.</summary>
internal static class ColumnRules
{
    public static IEnumerable<Diagnostic> RequiredColumns(MigrationSketch migration, LintContext context) =>
        from step in migration.OnRows<AddColumn>()
        where step.Action.Column is { FillsItself: false } column
            && (column.IsNotNull || column.Constraints.Any(constraint => constraint.Kind == SqlConstraintKind.PrimaryKey))
        select Errors.RequiredColumn(step.Action.Location, step.Action.Table.ToString(), step.Action.Column.Name.ToString());
}

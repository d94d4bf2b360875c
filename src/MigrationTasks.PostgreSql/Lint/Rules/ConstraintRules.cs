using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Lint.Sketches;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.PostgreSql.Lint.Rules;

/// <summary>Constraints for which all rows of a table are checked while others wait.</summary>
internal static class ConstraintRules
{
    public static IEnumerable<Diagnostic> ForeignKeys(MigrationSketch migration, LintContext context) =>
        from constraint in Unchecked(migration, SqlConstraintKind.ForeignKey)
        select Errors.ForeignKeyBlocks(constraint.Location, constraint.Table);

    public static IEnumerable<Diagnostic> Checks(MigrationSketch migration, LintContext context) =>
        from constraint in Unchecked(migration, SqlConstraintKind.Check)
        select Errors.CheckBlocks(constraint.Location, constraint.Table);

    public static IEnumerable<Diagnostic> Uniqueness(MigrationSketch migration, LintContext context) =>
        from constraint in Unchecked(migration, SqlConstraintKind.Unique, SqlConstraintKind.PrimaryKey)
        select Errors.UniqueBlocks(constraint.Location, constraint.Table);

    public static IEnumerable<Diagnostic> Exclusions(MigrationSketch migration, LintContext context) =>
        from constraint in Unchecked(migration, SqlConstraintKind.Exclude)
        select Errors.ExclusionBlocks(constraint.Location, constraint.Table);

    public static IEnumerable<Diagnostic> NotNull(MigrationSketch migration, LintContext context)
    {
        var set = from step in migration.OnRows<SetNotNull>()
                  where !IsProven(step.Table, step.Action.Column)
                  select Errors.NotNullBlocks(step.Action.Location, step.Action.Table.ToString(), step.Action.Column.ToString());
        var added = from step in migration.OnRows<AddConstraint>()
                    where step.Action.Constraint is { Kind: SqlConstraintKind.NotNull, IsNotValid: false }
                    select Errors.NotNullBlocks(step.Action.Constraint.Location, step.Action.Table.ToString(), step.Action.Constraint.NotNullColumn.ToString()!);
        return set.Concat(added);
    }

    public static IEnumerable<Diagnostic> ValidatedAtOnce(MigrationSketch migration, LintContext context) =>
        from step in migration.OnRows<ValidateConstraint>()
        where migration.Migration.IsTransactional
            && step.Table?.Constraints.GetValueOrDefault(step.Action.Name) is { IsValidated: false, AddedBy: var addedBy }
            && addedBy == migration.Migration
        select Errors.ValidatedAtOnce(step.Action.Location, step.Action.Name.ToString());

    private static IEnumerable<(SourceLocation Location, string Table)> Unchecked(MigrationSketch migration, params SqlConstraintKind[] kinds)
    {
        foreach (var step in migration.OnRows<TableAction>())
        {
            foreach (var constraint in ConstraintsOf(step.Action).Where(constraint => kinds.Contains(constraint.Kind)))
            {
                if (constraint is { IsNotValid: false, UsesIndex: false })
                {
                    yield return (constraint.Location, step.Action.Table.ToString());
                }
            }
        }
    }

    // A new column without a default is null in every row, and null refers to nothing: PostgreSQL knows that.
    private static IEnumerable<SqlConstraint> ConstraintsOf(TableAction action) => action switch
    {
        AddConstraint { Constraint: var constraint } => [constraint],
        AddColumn { Column: { FillsItself: false } column } => column.Constraints.Where(constraint => constraint.Kind != SqlConstraintKind.ForeignKey),
        AddColumn { Column: var column } => column.Constraints,
        _ => [],
    };

    // A constraint that no file adds may be the one that proves it.
    private static bool IsProven(TableSketch? table, SqlPart column) => table is not null
        && table.Constraints.Values.Any(constraint => constraint.IsValidated && (constraint.AddedBy is null || constraint.NotNullColumn == column));
}

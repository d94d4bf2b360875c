using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Lint.Sketches;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.Engine.Lint.Rules;

/// <summary>What a running application still uses goes away, or has another name.</summary>
internal static class RemovalRules
{
    public static IEnumerable<Diagnostic> DroppedTables(MigrationSketch migration, LintContext context)
    {
        var replacements = new Replacements(migration);
        foreach (var step in migration.Steps)
        {
            if (step is { IsNew: false, Action: DropTable drop } && !replacements.HasRowsOf(drop.Table) && !context.Copies.IsReplaced(step.Table))
            {
                yield return Errors.TableDropped(drop.Location, drop.Table.ToString());
            }

            replacements.Follow(step.Action);
        }
    }

    public static IEnumerable<Diagnostic> RenamedTables(MigrationSketch migration, LintContext context)
    {
        var replacements = new Replacements(migration);
        return from step in migration.OnExisting<RenameTable>()
               where !replacements.GivesName(step.Action.Table) && !context.Copies.IsReplaced(step.Table) && !context.Copies.Replaces(step.Table)
               select Errors.TableRenamed(step.Action.Location, step.Action.Table.ToString(), step.Action.To.ToString());
    }

    public static IEnumerable<Diagnostic> DroppedColumns(MigrationSketch migration, LintContext context)
    {
        // A new column with the values of the old one takes its name.
        var replaced = migration.Steps
            .Where(step => step.Action is RenameColumn rename && IsNewColumn(migration, step.Table, rename.Column))
            .Select(step => (RenameColumn)step.Action)
            .Select(rename => (rename.Table, rename.To))
            .ToHashSet();
        return from step in migration.OnExisting<DropColumn>()
               where !IsNewColumn(migration, step.Table, step.Action.Column) && !replaced.Contains((step.Action.Table, step.Action.Column))
               select Errors.ColumnDropped(step.Action.Location, step.Action.Table.ToString(), step.Action.Column.ToString());
    }

    public static IEnumerable<Diagnostic> RenamedColumns(MigrationSketch migration, LintContext context) =>
        from step in migration.OnExisting<RenameColumn>()
        where step.Action.Column != step.Action.To && !IsNewColumn(migration, step.Table, step.Action.Column)
        select Errors.ColumnRenamed(step.Action.Location, step.Action.Table.ToString(), step.Action.Column.ToString(), step.Action.To.ToString());

    private static bool IsNewColumn(MigrationSketch migration, TableSketch? table, SqlPart column) =>
        table is not null && table.AddedColumns.GetValueOrDefault(column) == migration.Migration;
}

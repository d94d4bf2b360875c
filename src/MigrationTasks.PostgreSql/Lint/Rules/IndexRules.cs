using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Lint.Sketches;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.PostgreSql.Lint.Rules;

/// <summary>Indexes that keep others from a table while they are built or dropped.</summary>
internal static class IndexRules
{
    public static IEnumerable<Diagnostic> Creation(MigrationSketch migration, LintContext context) =>
        from step in migration.OnRows<CreateIndex>()
        where step is { Action: { IsConcurrent: false, IsOnly: false }, Table: not { IsView: true } }
        select Errors.IndexBlocks(step.Action.Location, step.Action.Table.ToString(), step.Table is { IsPartitioned: true });

    public static IEnumerable<Diagnostic> Removal(MigrationSketch migration, LintContext context) =>
        from step in migration.OnExisting<DropIndex>()
        where step is { Action.IsConcurrent: false, Table: not ({ IsView: true } or { IsPartitioned: true }) }
        select Errors.IndexDropBlocks(step.Action.Location, step.Action.Index.ToString());

    public static IEnumerable<Diagnostic> Rebuild(MigrationSketch migration, LintContext context) =>
        from step in migration.OnExisting<Reindex>()
        where !step.Action.IsConcurrent
        select Errors.ReindexBlocks(step.Action.Location);

    public static IEnumerable<Diagnostic> HiddenInvalid(MigrationSketch migration, LintContext context)
    {
        var dropped = new HashSet<SqlName>();
        foreach (var step in migration.Steps)
        {
            if (step.Action is DropIndex { Index: var index })
            {
                dropped.Add(index);
            }
            else if (step.Action is CreateIndex { IsConcurrent: true, IsConditional: true, Index: { } name } create && !dropped.Contains(name))
            {
                yield return Errors.InvalidIndexHidden(create.Location, name.ToString());
            }
        }
    }
}

using MigrationTasks.Engine.Statements;

namespace MigrationTasks.Engine.Lint.Sketches;

/// <summary>What most rules ask first.</summary>
internal static class StepExtensions
{
    /// <summary>The actions of a kind on what was there before the migration, and what is known of their tables.</summary>
    public static IEnumerable<(TAction Action, TableSketch? Table)> OnExisting<TAction>(this MigrationSketch migration)
        where TAction : SqlAction
    {
        foreach (var step in migration.Steps)
        {
            if (!step.IsNew && step.Action is TAction action)
            {
                yield return (action, step.Table);
            }
        }
    }

    /// <summary>The actions of a kind on tables that have rows: not on one that the same migration has emptied.</summary>
    public static IEnumerable<(TAction Action, TableSketch? Table)> OnRows<TAction>(this MigrationSketch migration)
        where TAction : TableAction =>
        from step in migration.Steps
        where step.Action is TAction && step.HasRows(migration)
        select ((TAction)step.Action, step.Table);

    /// <summary>Whether what a step is about was there before the migration, and was not emptied by it.</summary>
    public static bool HasRows(this LintStep step, MigrationSketch migration) =>
        !step.IsNew && (step.Table?.EmptiedBy is not { } emptiedBy || emptiedBy != migration.Migration);
}

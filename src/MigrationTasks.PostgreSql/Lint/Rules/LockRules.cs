using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Lint.Sketches;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.PostgreSql.Lint.Rules;

/// <summary>Locks that a whole application may end up waiting for.</summary>
internal static class LockRules
{
    /// <summary>Warns once a migration: one setting mends all of it.</summary>
    public static IEnumerable<Diagnostic> Unlimited(MigrationSketch migration, LintContext context)
    {
        var isLimited = migration.Migration.LockTimeout is { } limit ? limit > TimeSpan.Zero : context.Options.LimitsLocks;
        foreach (var step in migration.Steps)
        {
            if (step.Action is ChangeSetting { Name: "lock_timeout", Values: var values })
            {
                // 0 waits for ever, and so does what a server has by default.
                isLimited = values is [var value, ..] && value.TrimStart('0') is not ("" or "ms" or "s" or "min");
            }
            else if (!isLimited && Blocked(step) is { } name)
            {
                yield return Errors.NoLockTimeout(step.Action.Location, name);
                yield break;
            }
        }
    }

    /// <summary>Warns once a migration, of the second table.</summary>
    public static IEnumerable<Diagnostic> SeveralTables(MigrationSketch migration, LintContext context)
    {
        if (!migration.Migration.IsTransactional)
        {
            yield break;
        }

        SqlName? first = null;
        var line = 0;
        foreach (var step in migration.Steps.Where(step => step.Action is not DropTable))
        {
            if (Blocked(step) is null || step.TableName is not { } table)
            {
                continue;
            }

            if (first is { } other && other != table)
            {
                yield return Errors.SeveralTablesBlocked(step.Action.Location, table.ToString(), other.ToString(), line);
                yield break;
            }

            (first, line) = first is null ? (table, step.Action.Location.Line) : (first, line);
        }
    }

    private static string? Blocked(LintStep step) => step switch
    {
        { IsNew: false, Action: TableAction { Blocks: true } action, Table: not { IsView: true } } => action.Table.ToString(),
        { IsNew: false, Action: DropIndex { IsConcurrent: false, Index: var index } } => step.TableName?.ToString() ?? $"the table of {index}",
        _ => null,
    };
}

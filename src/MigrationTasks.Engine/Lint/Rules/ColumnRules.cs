using System.Collections.Frozen;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Lint.Sketches;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.Engine.Lint.Rules;

/// <summary>Columns that rewrite their table, or that rows which are there cannot have.</summary>
internal static class ColumnRules
{
    private static readonly FrozenSet<string> VolatileFunctions = FrozenSet.Create(
        "clock_timestamp", "gen_random_bytes", "gen_random_uuid", "gen_salt", "nextval", "random", "random_normal", "timeofday",
        "uuid_generate_v1", "uuid_generate_v1mc", "uuid_generate_v4", "uuidv4", "uuidv7");

    // A column that becomes one of these mostly was a shorter one, when no file tells what it was.
    private static readonly FrozenSet<string> Wide = FrozenSet.Create("text", "varchar");

    public static IEnumerable<Diagnostic> TypeChanges(MigrationSketch migration, LintContext context)
    {
        var isUtc = false;
        foreach (var step in migration.Steps)
        {
            if (step.Action is SetTimeZone { IsUtc: var utc })
            {
                isUtc = utc;
            }
            else if (step.Action is ChangeType change && step.HasRows(migration) && Rewrites(change, step.Table, isUtc))
            {
                var from = step.Table?.Columns.GetValueOrDefault(change.Column);
                yield return Errors.TypeChangeRewrites(change.Location, change.Table.ToString(), change.Column.ToString(), from?.ToString(), change.Type.ToString(), IsTimeZone(from, change.Type));
            }
        }
    }

    public static IEnumerable<Diagnostic> VolatileDefaults(MigrationSketch migration, LintContext context)
    {
        foreach (var (add, _) in migration.OnRows<AddColumn>())
        {
            var volatileCall = add.Column.Default?.Calls.Cast<SqlName?>().FirstOrDefault(call => context.IsVolatile(call!.Value) ?? VolatileFunctions.Contains(call.Value.Name.Value));
            if (volatileCall is { } function)
            {
                yield return Errors.VolatileDefault(add.Location, add.Table.ToString(), function.Name.ToString());
            }
        }
    }

    public static IEnumerable<Diagnostic> ComputedColumns(MigrationSketch migration, LintContext context) =>
        from step in migration.OnRows<AddColumn>()
        where step.Action.Column is { IsStored: true } or { IsIdentity: true } or { Type.IsSerial: true }
        select Errors.ComputedColumn(step.Action.Location, step.Action.Table.ToString(), step.Action.Column.IsStored);

    public static IEnumerable<Diagnostic> RequiredColumns(MigrationSketch migration, LintContext context) =>
        from step in migration.OnRows<AddColumn>()
        where step.Action.Column is { FillsItself: false } column
            && (column.IsNotNull || column.Constraints.Any(constraint => constraint.Kind == SqlConstraintKind.PrimaryKey))
        select Errors.RequiredColumn(step.Action.Location, step.Action.Table.ToString(), step.Action.Column.Name.ToString());

    public static IEnumerable<Diagnostic> DefaultsNotConstant(MigrationSketch migration, LintContext context) =>
        from step in migration.OnRows<AddColumn>()
        where step.Action.Column is { Default.IsConstant: false } or { IsStored: true }
        select Errors.DefaultNotConstant(step.Action.Location, step.Action.Table.ToString());

    private static bool Rewrites(ChangeType change, TableSketch? table, bool isUtc)
    {
        if (change.IsComputed)
        {
            return true;
        }

        var from = table?.Columns.GetValueOrDefault(change.Column);
        return !(isUtc && IsTimeZone(from, change.Type))
            && (from is null ? change.Type.IsArray || !Wide.Contains(change.Type.Name) : !from.BecomesWithoutRewrite(change.Type));
    }

    private static bool IsTimeZone(SqlType? from, SqlType to) =>
        !to.IsArray && (from?.Name ?? "timestamp", to.Name) is ("timestamp", "timestamptz") or ("timestamptz", "timestamp");
}

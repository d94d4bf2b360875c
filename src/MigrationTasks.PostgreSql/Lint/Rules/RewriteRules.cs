using System.Collections.Frozen;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Lint.Sketches;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.PostgreSql.Lint.Rules;

/// <summary>Columns that rewrite their table.</summary>
internal static class RewriteRules
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
            if (step.Action is ChangeSetting { Name: "timezone", Values: var values })
            {
                isUtc = values is [var zone, ..] && zone.Equals("UTC", StringComparison.OrdinalIgnoreCase);
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

    private static bool Rewrites(ChangeType change, TableSketch? table, bool isUtc)
    {
        if (change.IsComputed)
        {
            return true;
        }

        var from = table?.Columns.GetValueOrDefault(change.Column);
        return !(isUtc && IsTimeZone(from, change.Type))
            && (from is null ? change.Type.IsArray || !Wide.Contains(change.Type.Name) : !Becomes(from, change.Type));
    }

    private static bool IsTimeZone(SqlType? from, SqlType to) =>
        !to.IsArray && (from?.Name ?? "timestamp", to.Name) is ("timestamp", "timestamptz") or ("timestamptz", "timestamp");

    // A column changes to another type without touching its rows where the values stay as they are, and the new type takes all of them.
    private static bool Becomes(SqlType from, SqlType to)
    {
        if (from.IsArray != to.IsArray)
        {
            return false;
        }

        return (from.Name, to.Name) switch
        {
            ("varchar", "varchar" or "text") or ("text", "text" or "varchar") => Takes(to.Arguments, from.Arguments),
            ("numeric", "numeric") => TakesNumeric(to.Arguments, from.Arguments),
            ("varbit", "varbit") or ("timestamp", "timestamp") or ("timestamptz", "timestamptz") or ("time", "time") or ("timetz", "timetz")
                => Takes(to.Arguments, from.Arguments),
            ("cidr", "inet") or ("text" or "varchar", "citext") => true,
            ("citext", "text" or "varchar") => to.Arguments.Count == 0,
            _ => from.Name == to.Name && from.Arguments.SequenceEqual(to.Arguments),
        };
    }

    // A length or a precision: none is no limit.
    private static bool Takes(IReadOnlyList<int> limit, IReadOnlyList<int> values) => limit.Count == 0 || (values.Count > 0 && values[0] <= limit[0]);

    private static bool TakesNumeric(IReadOnlyList<int> limit, IReadOnlyList<int> values) =>
        limit.Count == 0 || (values.Count > 0 && values[0] <= limit[0] && values.ElementAtOrDefault(1) == limit.ElementAtOrDefault(1));
}

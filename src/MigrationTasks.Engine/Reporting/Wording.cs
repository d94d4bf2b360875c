using System.Globalization;
using MigrationTasks.Engine.Runner;

namespace MigrationTasks.Engine.Reporting;

/// <summary>How durations, times, counts and states are written, the same in every report.</summary>
public static class Wording
{
    /// <summary>A duration with the precision that a reader needs: <c>12 ms</c>, <c>3.4 s</c>, <c>2 min 5 s</c>, <c>1 h 12 min</c>.</summary>
    /// <param name="duration">The duration.</param>
    public static string Of(TimeSpan duration) => duration switch
    {
        // The limits lie where rounding would reach the next unit: nobody wants to read "1000 ms" or "60.0 s".
        { TotalMilliseconds: < 0.5 } => "<1 ms",
        { TotalMilliseconds: < 999.5 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalMilliseconds:0} ms"),
        { TotalSeconds: < 59.95 } => string.Create(CultureInfo.InvariantCulture, $"{duration.TotalSeconds:0.0} s"),
        { TotalSeconds: < 3599.5 } => Parts(duration.TotalSeconds, "min", "s"),
        _ => Parts(duration.TotalMinutes, "h", "min"),
    };

    /// <summary>A moment in UTC, without the zone: <c>2026-01-02 03:04:05</c>.</summary>
    /// <param name="moment">The moment.</param>
    public static string Of(DateTimeOffset moment) => moment.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    /// <summary>A number of things: <c>1 migration</c>, <c>3 migrations</c>.</summary>
    /// <param name="count">The number.</param>
    /// <param name="noun">The thing, in the singular.</param>
    public static string Of(int count, string noun) => string.Create(CultureInfo.InvariantCulture, $"{count} {noun}{(count == 1 ? "" : "s")}");

    /// <summary>How many migrations are left pending because they have no statement, to end a line with; nothing for none.</summary>
    /// <param name="count">How many.</param>
    internal static string OfEmpty(int count) => count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {count} pending without a statement");

    /// <summary>How long a migration took, and where it went on when an earlier run had begun it: <c>14 ms, resumed at statement 3</c>.</summary>
    /// <param name="migration">The migration.</param>
    public static string Of(AppliedMigration migration)
    {
        ArgumentNullException.ThrowIfNull(migration);
        return migration.ResumedAt is { } statement ? string.Create(CultureInfo.InvariantCulture, $"{Of(migration.Duration)}, resumed at statement {statement}") : Of(migration.Duration);
    }

    /// <summary>Where a migration stands, in words for people.</summary>
    /// <param name="entry">The migration.</param>
    public static string Of(PlanEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry switch
        {
            { State: MigrationState.Applied, Row.Status: HistoryStatus.Baseline } => "baseline",
            { State: MigrationState.Applied, Row.Status: HistoryStatus.Imported } => "imported",
            { State: MigrationState.Failed, Resume: { } resume } => $"failed, resumes at {resume}",
            { State: MigrationState.Running, Resume: { } resume } => $"running, or interrupted and resumes at {resume}",
            { HasEditedComments: true } => "applied, comments edited",
            _ => Of(entry.State),
        };
    }

    /// <summary>A state, in words for people.</summary>
    /// <param name="state">The state.</param>
    public static string Of(MigrationState state) => state switch
    {
        MigrationState.Applied => "applied",
        MigrationState.Pending => "pending",
        MigrationState.OutOfOrder => "pending, out of order",
        MigrationState.AboveTarget => "above target",
        MigrationState.NotNeeded => "not needed",
        MigrationState.Empty => "pending, without a statement",
        MigrationState.Changed => "changed, pending",
        MigrationState.Edited => "applied, then edited",
        MigrationState.Renamed => "applied under another name",
        MigrationState.Missing => "applied, file missing",
        MigrationState.Running => "running or interrupted",
        MigrationState.Failed => "failed",
        MigrationState.PartlyUndone => "partly rolled back",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };

    private static string Parts(double total, string unit, string part)
    {
        var (whole, rest) = Math.DivRem((long)Math.Round(total), 60);
        return rest == 0 ? $"{whole} {unit}" : $"{whole} {unit} {rest} {part}";
    }
}

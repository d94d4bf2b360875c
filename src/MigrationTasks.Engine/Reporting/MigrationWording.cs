using System.Globalization;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Reporting;

/// <summary>How migrations and their states are written, the same in every report.</summary>
public static class MigrationWording
{
    /// <summary>How many migrations are left pending because they have no statement, to end a line with; nothing for none.</summary>
    /// <param name="count">How many.</param>
    internal static string OfEmpty(int count) => count == 0 ? "" : string.Create(CultureInfo.InvariantCulture, $", {count} pending without a statement");

    /// <summary>How long a migration took, and where it went on when an earlier run had begun it: <c>14 ms, resumed at statement 3</c>.</summary>
    /// <param name="migration">The migration.</param>
    public static string Of(AppliedMigration migration)
    {
        ArgumentNullException.ThrowIfNull(migration);
        return migration.ResumedAt is { } statement ? string.Create(CultureInfo.InvariantCulture, $"{Wording.Of(migration.Duration)}, resumed at statement {statement}") : Wording.Of(migration.Duration);
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
            { State: MigrationState.Renamed, Row.IsApplied: false } => "unfinished under another name",
            { State: MigrationState.Missing, Row.IsApplied: false } => "unfinished, file missing",
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
}

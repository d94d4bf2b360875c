using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Commands.Baseline;
using MigrationTasks.Engine.Commands.DryRun;
using MigrationTasks.Engine.Commands.Import;
using MigrationTasks.Engine.Commands.Migrate;
using MigrationTasks.Engine.Commands.Repair;
using MigrationTasks.Engine.Commands.Rollback;
using MigrationTasks.Engine.Commands.Status;
using MigrationTasks.Engine.Commands.Validate;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Reporting;

/// <summary>What a command did as plain text: a line for each database, and below it a line for each migration that it dealt with.</summary>
public static class RunSummary
{
    /// <summary>The text; empty when no database was known.</summary>
    /// <param name="reports">A report for each database.</param>
    public static string Of(IEnumerable<DatabaseReport> reports) =>
        DatabaseLines.Of(reports, Outcome, report => Migrations(report).Select(migration => new[] { PlainText.Of(migration.Name), migration.Time }));

    /// <summary>The result of one database in one line: <c>sqlite app.db: 3 migrations applied in 41 ms</c>.</summary>
    /// <param name="report">The report of the database.</param>
    public static string Result(DatabaseReport report)
    {
        ArgumentNullException.ThrowIfNull(report);
        return $"{Title(report)}: {Outcome(report)}";
    }

    /// <summary>What a database is called, and where it is.</summary>
    internal static string Title(DatabaseReport report) => PlainText.Of($"{report.DisplayName} {report.Target}");

    /// <summary>The migrations that a command dealt with, in order: the name, and how long it took.</summary>
    internal static IReadOnlyList<(string Name, string Time)> Migrations(DatabaseReport report) => report switch
    {
        RunReport run => [.. run.Applied.Select(migration => (migration.Name, MigrationWording.Of(migration)))],
        RollbackReport rollback => [.. rollback.RolledBack.Select(migration => (migration.Name, TimeOf(migration)))],
        DryRunReport dryRun => DryRunSummary.Migrations(dryRun),
        StatusReport status => [.. status.Entries.Select(entry => (entry.Name, MigrationWording.Of(entry)))],
        _ => [],
    };

    private static string TimeOf(UndoneMigration migration) =>
        Wording.Of(migration.Duration) + (migration.Source == RollbackSource.History ? "   by the SQL that the history kept" : "");

    private static string Outcome(DatabaseReport report) => report switch
    {
        RunReport run => Outcome(run),
        RollbackReport rollback => Outcome(rollback),
        DryRunReport dryRun => DryRunSummary.Outcome(dryRun),
        ValidationReport validation => ValidationSummary.Outcome(validation),
        StatusReport status => StatusTable.Outcome(status),
        BaselineReport baseline => BaselineSummary.Outcome(baseline),
        RepairReport repair => RepairSummary.Outcome(repair),
        ImportReport import => ImportSummary.Outcome(import),
        _ => throw new ArgumentOutOfRangeException(nameof(report), report, null),
    };

    private static string Outcome(RunReport report)
    {
        var applied = $"{Wording.Of(report.Applied.Count, "migration")} applied in {Wording.Of(report.Duration)}";
        return report switch
        {
            { Succeeded: false, Applied.Count: 0, Pending: 0 } => "failed, nothing applied",
            { Succeeded: false, Applied.Count: 0 } => $"failed, nothing applied, {report.Pending} pending",
            { Succeeded: false } => $"failed after {applied}, {report.Pending} pending",
            { Applied.Count: 0, AlreadyApplied: 0, Pending: 0 } => "no migrations",
            { Applied.Count: 0, Empty: 0 } => $"up to date ({report.AlreadyApplied} applied)",
            { Applied.Count: 0 } => $"nothing to apply ({report.AlreadyApplied} applied){MigrationWording.OfEmpty(report.Empty)}",
            _ => applied + MigrationWording.OfEmpty(report.Empty),
        };
    }

    private static string Outcome(RollbackReport report)
    {
        var undone = $"{Wording.Of(report.RolledBack.Count, "migration")} rolled back in {Wording.Of(report.Duration)}";
        return report switch
        {
            { Succeeded: false, RolledBack.Count: 0 } => "failed, nothing rolled back",
            { Succeeded: false } => $"failed after {undone}, {report.Left} left",
            { RolledBack.Count: 0, Overtaken: > 0 } => $"nothing left to roll back, another run did it ({report.Applied} applied)",
            { RolledBack.Count: 0 } => $"nothing to roll back ({report.Applied} applied)",
            { Overtaken: > 0 } => $"{undone}, {report.Overtaken} more by another run",
            _ => undone,
        };
    }
}

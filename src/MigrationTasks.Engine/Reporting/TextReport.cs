using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Commands.Baseline;
using MigrationTasks.Engine.Commands.Import;
using MigrationTasks.Engine.Commands.Repair;
using MigrationTasks.Engine.Commands.Status;

namespace MigrationTasks.Engine.Reporting;

/// <summary>What a command did as plain text: a line for each database, and below it what it dealt with there.</summary>
public static class TextReport
{
    /// <summary>The text; empty when no database was known.</summary>
    /// <param name="reports">A report for each database.</param>
    public static string Of(IReadOnlyList<DatabaseReport> reports) => reports switch
    {
        [BaselineReport, ..] => BaselineSummary.Of(reports.Cast<BaselineReport>()),
        [RepairReport, ..] => RepairSummary.Of(reports.Cast<RepairReport>()),
        [ImportReport, ..] => ImportSummary.Of(reports.Cast<ImportReport>()),
        [StatusReport, ..] => StatusTable.Of(reports.Cast<StatusReport>()),
        _ => RunSummary.Of(reports),
    };
}

using MigrationTasks.Engine.Commands.Status;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Reporting;

/// <summary>Where migrations stand, as an aligned table for each database: migration, state, when, how long.</summary>
public static class StatusTable
{
    /// <summary>The text; empty when no database was known.</summary>
    /// <param name="reports">A report for each database.</param>
    public static string Of(IEnumerable<StatusReport> reports) => DatabaseLines.Of(reports, Outcome, Rows);

    internal static string Outcome(StatusReport report) =>
        report.Succeeded ? $"{report.Applied} applied, {report.Pending} pending{(report.Empty == 0 ? "" : $" ({report.Empty} without a statement)")}" : "status unknown";

    private static IEnumerable<string[]> Rows(StatusReport report)
    {
        var rows = report.Entries.Select(entry => new[]
        {
            PlainText.Of(entry.Name),
            MigrationWording.Of(entry),
            entry.Row?.ExecutedAt is { } when ? Wording.Of(when) : "",
            entry.Row?.Duration is { } duration ? Wording.Of(duration) : "",
        });
        return report is { Succeeded: true, Entries.Count: > 0 } ? rows.Prepend(["Migration", "State", "When (UTC)", "Took"]) : [];
    }
}

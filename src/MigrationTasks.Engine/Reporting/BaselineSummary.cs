using MigrationTasks.Engine.Commands.Baseline;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Reporting;

/// <summary>What was marked as applied, as plain text: a line for the database, and below it a line for each migration.</summary>
public static class BaselineSummary
{
    /// <summary>The text; empty when no database was known.</summary>
    /// <param name="reports">A report for each database.</param>
    public static string Of(IEnumerable<BaselineReport> reports) => DatabaseLines.Of(reports, Outcome, Rows);

    internal static IEnumerable<string[]> Rows(BaselineReport report) => report.Marked.Select(name => new[] { PlainText.Of(name) });

    internal static string Outcome(BaselineReport report) => report switch
    {
        { Succeeded: false } => "failed, nothing marked",
        { Marked.Count: 0 } => $"nothing to mark, {Wording.Of(report.AlreadyApplied, "migration")} up to version {report.Version} {(report.AlreadyApplied == 1 ? "is" : "are")} applied already",
        _ => $"{Wording.Of(report.Marked.Count, "migration")} marked as applied, without running {(report.Marked.Count == 1 ? "it" : "them")}",
    };
}

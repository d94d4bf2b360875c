using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Import;

namespace MigrationTasks.Engine.Reporting;

/// <summary>An import as plain text: a line for the database, and below it each entry of the other tool with the file that it stands for.</summary>
public static class ImportSummary
{
    /// <summary>The text; empty when no database was known.</summary>
    /// <param name="reports">A report for each database.</param>
    public static string Of(IEnumerable<ImportReport> reports) => DatabaseLines.Of(reports, Outcome, report => report.Lines.Count > 0 ? Rows(report).Prepend(["Entry", "Migration", ""]) : []);

    internal static string Outcome(ImportReport report)
    {
        var count = report.Lines.Count(line => line.Outcome is ImportOutcome.Imported or ImportOutcome.ImportedToRunAgain or ImportOutcome.Baseline);
        return report switch
        {
            { Succeeded: false, Tool.Length: 0 } => "failed, nothing imported",
            { Succeeded: false } => $"nothing imported from {Source(report)}",
            _ when count == 0 => $"nothing to import from {Source(report)}, {report.Pending} pending",
            _ => $"{Wording.Of(count, "migration")} imported from {Source(report)}, {report.Pending} pending",
        };
    }

    private static string Source(ImportReport report) => PlainText.Of($"{report.Tool} ({report.Table})");

    internal static IEnumerable<string[]> Rows(ImportReport report) =>
        report.Lines.Select(line => new[] { PlainText.Of(line.Entry), PlainText.Of(line.Migration ?? "-"), Words(line, report.Succeeded) });

    private static string Words(ImportLine line, bool isWritten) => line.Outcome switch
    {
        ImportOutcome.Imported => isWritten ? "imported" : "certain",
        ImportOutcome.ImportedToRunAgain => isWritten ? "imported, runs once more" : "certain",
        ImportOutcome.Baseline => isWritten ? "baseline" : "certain",
        ImportOutcome.AlreadyApplied => "in the history already",
        ImportOutcome.NeedsNoFile => "needs no file",
        ImportOutcome.Failed => "failed there",
        _ => $"not certain: {PlainText.Of(line.Problem)}",
    };
}

using MigrationTasks.Engine.Commands.Import;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Reporting;

/// <summary>An import as plain text: a line for the database, and below it each entry of the other tool with the file that it stands for.</summary>
public static class ImportSummary
{
    /// <summary>The text; empty when no database was known.</summary>
    /// <param name="reports">A report for each database.</param>
    public static string Of(IEnumerable<ImportReport> reports) => DatabaseLines.Of(
        reports,
        Outcome,
        report => report.Lines.Count > 0 ? Rows(report).Prepend(["Entry", "Migration", ""]) : [],
        report => FileLines(report).Concat(Declared(report)));

    internal static string Outcome(ImportReport report)
    {
        var history = HistoryOutcome(report);
        return report.FilesOf.Length == 0 ? history : $"{FilesOutcome(report)}, {history}";
    }

    private static string FilesOutcome(ImportReport report)
    {
        var count = report.Files.Count(file => file.Outcome == FileOutcome.Written);
        return count == 0 ? $"no new files of {report.FilesOf}"
            : report.IsPreview ? $"{Wording.Of(count, "file")} would be written from those of {report.FilesOf}"
            : $"{Wording.Of(count, "file")} written from those of {report.FilesOf}";
    }

    private static string HistoryOutcome(ImportReport report)
    {
        var count = report.Lines.Count(line => line.Outcome is ImportOutcome.Imported or ImportOutcome.ImportedToRunAgain or ImportOutcome.Baseline);
        return report switch
        {
            { Succeeded: false, Tool.Length: 0 } => "failed, nothing imported",
            { Succeeded: false } => $"nothing imported from {Source(report)}",
            { Target.Length: 0 } => "no database asked",
            { Tool.Length: 0 } => $"no history of another tool, {report.Pending} pending",
            _ when count == 0 => $"nothing to import from {Source(report)}, {report.Pending} pending",
            { IsPreview: true } => $"{Wording.Of(count, "migration")} would be imported from {Source(report)}, and {report.Pending} be pending; nothing was written",
            _ => $"{Wording.Of(count, "migration")} imported from {Source(report)}, {report.Pending} pending",
        };
    }

    // The other tool's table has the name of ours, and keeps it.
    private static IEnumerable<string> Declared(ImportReport report) => report is { Declaration: { } declaration, HistoryTable: { } history }
        ? declaration.Text.Split('\n').Select(line => "  " + PlainText.Of(line)).Prepend(PlainText.Of(report.IsPreview
            ? $"{report.TakenTable} would stay as it is, and the history of this project be {history}. For that, {Path.GetFileName(declaration.File)} would get:"
            : $"{report.TakenTable} stays as it is, and the history of this project is {history} from now on. For that, {Path.GetFileName(declaration.File)} now has, and is to be committed:"))
        : [];

    private static IEnumerable<string> FileLines(ImportReport report)
    {
        var table = new TextTable("");
        foreach (var row in report.Files.Select(file => new[] { PlainText.Of(file.Source), PlainText.Of(file.Name ?? "-"), Words(file, report.IsPreview) }).Prepend(["File", "Migration", ""]))
        {
            table.Add(row);
        }

        return report.Files.Count > 0 ? table.Lines() : [];
    }

    private static string Words(ImportedFile file, bool isPreview) => file.Outcome switch
    {
        FileOutcome.Written => isPreview ? "would be written" : "written",
        FileOutcome.AlreadyThere => "there already",
        _ => $"left out: {PlainText.Of(file.Reason)}",
    };

    private static string Source(ImportReport report) => PlainText.Of($"{report.Tool} ({report.Table})");

    internal static IEnumerable<string[]> Rows(ImportReport report) =>
        report.Lines.Select(line => new[] { PlainText.Of(line.Entry), PlainText.Of(line.Migration ?? "-"), Words(line, report.Succeeded && !report.IsPreview) });

    private static string Words(ImportLine line, bool isWritten) => line.Outcome switch
    {
        ImportOutcome.Imported => isWritten ? "imported" : "certain",
        ImportOutcome.ImportedToRunAgain => isWritten ? "imported, runs once more" : "certain",
        ImportOutcome.Baseline => isWritten ? "baseline" : "certain",
        ImportOutcome.PartOfBaseline => "part of that",
        ImportOutcome.AlreadyApplied => "in the history already",
        ImportOutcome.NeedsNoFile => "needs no file",
        ImportOutcome.Failed => "failed there",
        _ => $"not certain: {PlainText.Of(line.Problem)}",
    };
}

using MigrationTasks.Engine.Commands.Repair;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;

namespace MigrationTasks.Engine.Reporting;

/// <summary>A repair as plain text: a line for the database, one for each repair that was made, and one for each that could be, with its property.</summary>
public static class RepairSummary
{
    /// <summary>The text; empty when no database was known.</summary>
    /// <param name="reports">A report for each database.</param>
    public static string Of(IEnumerable<RepairReport> reports) => DatabaseLines.Of(reports, Outcome, Rows);

    internal static IEnumerable<string[]> Rows(RepairReport report) =>
    [
        .. report.Done.Select(repair => new[] { PlainText.Of(repair.Row.Name), Done(repair), "" }),
        .. report.Possible.Select(repair => new[] { PlainText.Of(repair.Row.Name), Possible(repair), Property(repair) }),
    ];

    // A row without a file may be another folder's, which would apply it again: such rows are named one by one.
    internal static string Property(RowRepair repair) => repair.Kind == Repairs.Missing && Digits(repair.Row.Name) is { Length: > 0 } version
        ? $"-p:MigrateRepairMissing=true -p:MigrateRepairOnly={version}"
        : $"-p:MigrateRepair{repair.Kind}=true";

    private static string Digits(string name) => string.Concat(name.TakeWhile(char.IsAsciiDigit));

    internal static string Outcome(RepairReport report) => report switch
    {
        { Succeeded: false } => "failed, nothing repaired",
        { Done.Count: 0, Possible.Count: 0 } => "nothing to repair",
        { Done.Count: 0 } => $"nothing repaired, {Wording.Of(report.Possible.Count, "possible repair")}",
        { Possible.Count: 0 } => $"{Wording.Of(report.Done.Count, "repair")} made",
        _ => $"{Wording.Of(report.Done.Count, "repair")} made, {Wording.Of(report.Possible.Count, "more possible repair")}",
    };

    private static string Done(RowRepair repair) => repair.Kind switch
    {
        Repairs.Checksums => "accepted as its file is now; none of it was run",
        Repairs.Renamed => $"recorded as {PlainText.Of(repair.Migration!.Name)}",
        Repairs.Completed => "marked as applied",
        Repairs.Failed => "row removed, it will run again from its beginning",
        Repairs.Empty => "row removed, it will run",
        _ => "row removed",
    };

    private static string Possible(RowRepair repair) => repair.Kind switch
    {
        Repairs.Checksums => "was edited: accept it as its file is now, without running it",
        Repairs.Renamed => $"was renamed: record it as {PlainText.Of(repair.Migration!.Name)}",
        Repairs.Completed => $"{Ending(repair.Row)}: mark it as applied",
        Repairs.Failed => $"{Ending(repair.Row)}: remove its row, run it again from its beginning",
        Repairs.Empty => "had no statement when it was recorded: remove its row, run it",
        _ => "has no file: remove its row",
    };

    private static string Ending(HistoryRow row) =>
        $"{Stopped(row.Status)} after {Wording.Of(row.StatementsDone, "statement")}{(row.IsInWork ? ", perhaps one more" : "")}";

    private static string Stopped(HistoryStatus status) => status switch
    {
        HistoryStatus.Failed => "failed",
        HistoryStatus.UndoFailed => "failed in its rollback",
        HistoryStatus.Undoing => "was interrupted in its rollback",
        _ => "was interrupted",
    };
}

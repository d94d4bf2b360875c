using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;

namespace MigrationTasks.Engine.Commands.Repair;

/// <summary>What was repaired in the history of one database.</summary>
public sealed record RepairReport : DatabaseReport
{
    /// <summary>What was repaired.</summary>
    public IReadOnlyList<RowRepair> Done { get; init; } = [];

    /// <summary>What could be repaired, but was not asked for.</summary>
    public IReadOnlyList<RowRepair> Possible { get; init; } = [];

    internal override string Outcome => this switch
    {
        { Succeeded: false } => "failed, nothing repaired",
        { Done.Count: 0, Possible.Count: 0 } => "nothing to repair",
        { Done.Count: 0 } => $"nothing repaired, {Wording.Of(Possible.Count, "possible repair")}",
        { Possible.Count: 0 } => $"{Wording.Of(Done.Count, "repair")} made",
        _ => $"{Wording.Of(Done.Count, "repair")} made, {Wording.Of(Possible.Count, "more possible repair")}",
    };

    internal override ReportTable Overview => new(
        ["Migration", "Repair", "Property"],
        [
            .. Done.Select(repair => new[] { PlainText.Of(repair.Row.Name), WordsOfDone(repair), "" }),
            .. Possible.Select(repair => new[] { PlainText.Of(repair.Row.Name), WordsOfPossible(repair), Property(repair) }),
        ]);

    /// <summary>
    /// <c>"repaired": [{ "migration": "003_orders.sql", "repair": "renamed", "newName": "003_order.sql" }]</c>, and what is <c>possible</c> besides with
    /// the <c>property</c> that asks for it; a repair is one of <c>checksums</c>, <c>renamed</c>, <c>failed</c>, <c>completed</c>, <c>missing</c> and <c>empty</c>.
    /// </summary>
    internal override KeyValuePair<string, object?>[] Details(Func<string, string> shorten) =>
    [
        new("repaired", Done.Select(done => new { migration = done.Row.Name, repair = done.Kind, newName = NewName(done) })),
        new("possible", Possible.Select(possible => new { migration = possible.Row.Name, repair = possible.Kind, newName = NewName(possible), property = Property(possible) })),
    ];

    private static string? NewName(RowRepair repair) => repair.Kind == Repairs.Renamed ? repair.Migration?.Name : null;

    // A row without a file may be another folder's, which would apply it again: such rows are named one by one.
    private static string Property(RowRepair repair) => repair.Kind == Repairs.Missing && Digits(repair.Row.Name) is { Length: > 0 } version
        ? $"-p:MigrateRepairMissing=true -p:MigrateRepairOnly={version}"
        : $"-p:MigrateRepair{repair.Kind}=true";

    private static string Digits(string name) => string.Concat(name.TakeWhile(char.IsAsciiDigit));

    private static string WordsOfDone(RowRepair repair) => repair.Kind switch
    {
        Repairs.Checksums => "accepted as its file is now; none of it was run",
        Repairs.Renamed => $"recorded as {PlainText.Of(repair.Migration!.Name)}",
        Repairs.Completed => "marked as applied",
        Repairs.Failed => "row removed, it will run again from its beginning",
        Repairs.Empty => "row removed, it will run",
        _ => "row removed",
    };

    private static string WordsOfPossible(RowRepair repair) => repair.Kind switch
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

namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>goose. The newest row of a version says whether it is applied; version 0 is the table itself.</summary>
internal sealed class Goose : ForeignTool
{
    public override string Name => "goose";

    public override string Title => "goose";

    public override IReadOnlyList<HistoryTableName> Tables { get; } = [new(null, "goose_db_version")];

    public override IReadOnlyList<string> Columns { get; } = ["id", "version_id", "is_applied", "tstamp"];

    public override IEnumerable<ForeignEntry> Read(IReadOnlyList<ForeignRow> rows) => rows
        .Where(row => row.Number("version_id") > 0)
        .GroupBy(row => row.Number("version_id"))
        .Select(times => times.MaxBy(row => row.Number("id"))!)
        .Where(row => row.Flag("is_applied"))
        .OrderBy(row => row.Number("version_id"))
        .Select(row => new ForeignEntry(ForeignEntryKind.Applied, row.Text("version_id")) { Version = row.Text("version_id"), AppliedAt = row.Time("tstamp") });
}

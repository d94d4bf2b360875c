namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>migrate-mongo. A document has the name of its script, and one that was undone is gone; a script that ran again because it changed has several.</summary>
internal sealed class MigrateMongo : ForeignTool
{
    public override string Name => "migrate-mongo";

    public override string Title => "migrate-mongo";

    public override IReadOnlyList<HistoryTableName> Tables { get; } = [new(null, "changelog")];

    public override RowStores Stores => RowStores.Collections;

    public override IReadOnlyList<string> Columns { get; } = ["_id", "fileName", "appliedAt"];

    public override IEnumerable<ForeignEntry> Read(IReadOnlyList<ForeignRow> rows) => rows
        .GroupBy(row => row.Text("fileName"), StringComparer.Ordinal)
        .Select(times => times.MaxBy(row => row.Time("appliedAt"))!)
        .OrderBy(row => row.Time("appliedAt"))
        .ThenBy(row => row.Text("fileName"), StringComparer.Ordinal)
        .Select(row => ForeignEntry.OfScript(row.Text("fileName"), ScriptName.WithoutFolder(row.Text("fileName")), row.Time("appliedAt")));
}

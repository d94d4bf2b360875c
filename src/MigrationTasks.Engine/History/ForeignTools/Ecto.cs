namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>Ecto. A version a row, and when it was applied.</summary>
internal sealed class Ecto : ForeignTool
{
    public override string Name => "ecto";

    public override string Title => "Ecto";

    public override IReadOnlyList<HistoryTableName> Tables { get; } = [new(null, "schema_migrations")];

    public override IReadOnlyList<string> Columns { get; } = ["version", "inserted_at"];

    public override IEnumerable<ForeignEntry> Read(IReadOnlyList<ForeignRow> rows) => rows
        .OrderBy(row => row.Number("version"))
        .Select(row => new ForeignEntry(ForeignEntryKind.Applied, row.Text("version")) { Version = row.Text("version"), AppliedAt = row.Time("inserted_at") });
}

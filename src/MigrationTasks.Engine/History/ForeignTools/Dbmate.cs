namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>dbmate, and Active Record, whose table looks the same: a version a row, and nothing else.</summary>
internal sealed class Dbmate : ForeignTool
{
    public override string Name => "dbmate";

    public override string Title => "dbmate or Active Record";

    public override IReadOnlyList<HistoryTableName> Tables { get; } = [new(null, "schema_migrations")];

    public override IReadOnlyList<string> Columns { get; } = ["version"];

    /// <summary>Many tables have a version; this one has no more than that.</summary>
    public override bool Recognises(IReadOnlyCollection<string> columns) => columns.Count == 1 && base.Recognises(columns);

    public override IEnumerable<ForeignEntry> Read(IReadOnlyList<ForeignRow> rows) => rows
        .Select(row => row.Text("version"))
        .Order(StringComparer.Ordinal)
        .Select(version => new ForeignEntry(ForeignEntryKind.Applied, version) { Version = version });
}

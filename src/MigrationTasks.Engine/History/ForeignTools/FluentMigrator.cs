namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>FluentMigrator. A migration is known by its version; its description is that of a person, or the name of a class, and no file's.</summary>
internal sealed class FluentMigrator : ForeignTool
{
    public override string Name => "fluentmigrator";

    public override string Title => "FluentMigrator";

    public override IReadOnlyList<HistoryTableName> Tables { get; } = [new(null, "VersionInfo")];

    public override IReadOnlyList<string> Columns { get; } = ["Version", "AppliedOn"];

    public override IReadOnlyList<string> OtherColumns { get; } = ["Description"];

    public override IEnumerable<ForeignEntry> Read(IReadOnlyList<ForeignRow> rows) => rows
        .OrderBy(row => row.Number("Version"))
        .Select(row => new ForeignEntry(ForeignEntryKind.Applied, $"{row.Text("Version")} {row.Text("Description")}".TrimEnd())
        {
            Version = row.Text("Version"),
            AppliedAt = row.Time("AppliedOn"),
        });
}

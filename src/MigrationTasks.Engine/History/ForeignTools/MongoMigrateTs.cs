namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>mongo-migrate-ts. A document has the path of its script, and one that was undone is gone; its timestamp says when it ran.</summary>
internal sealed class MongoMigrateTs : ForeignTool
{
    public override string Name => "mongo-migrate-ts";

    public override string Title => "mongo-migrate-ts";

    public override IReadOnlyList<HistoryTableName> Tables { get; } = [new(null, "migrations_changelog")];

    public override RowStores Stores => RowStores.Collections;

    public override IReadOnlyList<string> Columns { get; } = ["_id", "file", "className", "timestamp"];

    public override IEnumerable<ForeignEntry> Read(IReadOnlyList<ForeignRow> rows) => rows
        .OrderBy(row => row.Time("timestamp"))
        .ThenBy(row => row.Text("file"), StringComparer.Ordinal)
        .Select(row => (File: ScriptName.WithoutFolder(row.Text("file")), Time: row.Time("timestamp")))
        .Select(script => ForeignEntry.OfScript(script.File, script.File, script.Time));
}

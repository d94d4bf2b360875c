namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>MongoDBMigrations. The newest document of a version says whether it is applied or undone. Versions have three parts.</summary>
internal sealed class MongoDbMigrations : ForeignTool
{
    public override string Name => "mongodbmigrations";

    public override string Title => "MongoDBMigrations";

    public override IReadOnlyList<HistoryTableName> Tables { get; } = [new(null, "_migrations")];

    public override RowStores Stores => RowStores.Collections;

    public override IReadOnlyList<string> Columns { get; } = ["_id", "n", "v", "d", "applied"];

    public override IEnumerable<ForeignEntry> Read(IReadOnlyList<ForeignRow> rows) => rows
        .GroupBy(row => row.Text("v"), StringComparer.Ordinal)
        .Select(times => times.MaxBy(row => row.Time("applied"))!)
        .Where(row => row.Flag("d"))
        .OrderBy(row => row.Time("applied"))
        .Select(row => new ForeignEntry(ForeignEntryKind.Applied, $"{row.Text("v")} {row.Text("n")}")
        {
            Version = row.Text("v"),
            Title = row.Text("n"),
            AppliedAt = row.Time("applied"),
        });
}

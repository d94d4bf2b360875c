namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>golang-migrate. It keeps the newest version only, and whether that failed.</summary>
internal sealed class GolangMigrate : ForeignTool
{
    public override string Name => "golang-migrate";

    public override string Title => "golang-migrate";

    public override IReadOnlyList<HistoryTableName> Tables { get; } = [new(null, "schema_migrations")];

    public override RowStores Stores => RowStores.Tables | RowStores.Collections;

    public override IReadOnlyList<string> Columns { get; } = ["version", "dirty"];

    // A version of -1 is that before the first.
    public override IEnumerable<ForeignEntry> Read(IReadOnlyList<ForeignRow> rows) => rows
        .Where(row => row.Number("version") >= 0)
        .Select(row => row.Flag("dirty")
            ? new ForeignEntry(ForeignEntryKind.Failed, $"version {row.Text("version")}, which is dirty")
            : new ForeignEntry(ForeignEntryKind.AppliedUpTo, $"up to version {row.Text("version")}") { Version = row.Text("version") });
}

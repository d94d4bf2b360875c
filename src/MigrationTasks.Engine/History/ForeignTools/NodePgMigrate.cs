namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>node-pg-migrate. A migration has the name of its file without the ending: <c>1767323045678_create-users</c>.</summary>
internal sealed class NodePgMigrate : ForeignTool
{
    public override string Name => "node-pg-migrate";

    public override string Title => "node-pg-migrate";

    public override IReadOnlyList<HistoryTableName> Tables { get; } = [new(null, "pgmigrations")];

    public override IReadOnlyList<string> Columns { get; } = ["id", "name", "run_on"];

    public override IEnumerable<ForeignEntry> Read(IReadOnlyList<ForeignRow> rows) => rows
        .OrderBy(row => row.Number("id"))
        .Select(row =>
        {
            var name = ScriptName.Parse(row.Text("name"));
            return new ForeignEntry(ForeignEntryKind.Applied, row.Text("name"))
            {
                Version = name.Version,
                Title = name.Title,
                FileName = $"{row.Text("name")}.sql",
                AppliedAt = row.Time("run_on"),
            };
        });
}

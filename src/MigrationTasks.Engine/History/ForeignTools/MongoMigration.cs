namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>Mongo.Migration, as far as it changes databases. A migration has the name of its class, and a version of three parts; the class may say the version too.</summary>
internal sealed class MongoMigration : ForeignTool
{
    public override string Name => "mongo.migration";

    public override string Title => "Mongo.Migration";

    public override IReadOnlyList<HistoryTableName> Tables { get; } = [new(null, "_migrations")];

    public override RowStores Stores => RowStores.Collections;

    public override IReadOnlyList<string> Columns { get; } = ["_id", "MigrationId", "Version"];

    // An _id begins with the time at which it was made.
    public override IEnumerable<ForeignEntry> Read(IReadOnlyList<ForeignRow> rows) => rows
        .OrderBy(row => row.Text("_id"), StringComparer.Ordinal)
        .Select(row =>
        {
            var type = row.Text("MigrationId");
            var name = ScriptName.Parse(type[(type.LastIndexOfAny(['.', '+']) + 1)..]);
            return new ForeignEntry(ForeignEntryKind.Applied, $"{row.Text("Version")} {type}")
            {
                Version = name.Version ?? row.Text("Version"),
                Title = name.Title,
            };
        });
}

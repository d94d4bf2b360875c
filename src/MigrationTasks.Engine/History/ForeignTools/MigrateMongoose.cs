using System.Globalization;

namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>
/// migrate-mongoose, and ts-migrate-mongoose. Every script has a document, which says whether it is applied. The script's version is
/// when it was created, in milliseconds: <c>1767323045678-create-users</c>.
/// </summary>
internal sealed class MigrateMongoose : ForeignTool
{
    private const string Applied = "up";

    public override string Name => "migrate-mongoose";

    public override string Title => "migrate-mongoose";

    public override IReadOnlyList<HistoryTableName> Tables { get; } = [new(null, "migrations")];

    public override RowStores Stores => RowStores.Collections;

    public override IReadOnlyList<string> Columns { get; } = ["_id", "name", "state", "createdAt"];

    public override IReadOnlyList<string> OtherColumns { get; } = ["updatedAt"];

    public override IEnumerable<ForeignEntry> Read(IReadOnlyList<ForeignRow> rows) => rows
        .Where(row => row.Text("state") == Applied)
        .OrderBy(row => row.Time("createdAt"))
        .Select(row =>
        {
            var version = row.Time("createdAt")?.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);
            return new ForeignEntry(ForeignEntryKind.Applied, $"{version}-{row.Text("name")}")
            {
                Version = version,
                Title = row.Text("name"),
                AppliedAt = row.Time("updatedAt"),
            };
        });
}

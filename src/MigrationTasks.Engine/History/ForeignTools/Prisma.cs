namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>Prisma Migrate. A migration is a folder, <c>20260102030405_create_users</c>; one that failed may have been rolled back and applied again.</summary>
internal sealed class Prisma : ForeignTool
{
    public override string Name => "prisma";

    public override string Title => "Prisma";

    public override IReadOnlyList<HistoryTableName> Tables { get; } = [new(null, "_prisma_migrations")];

    public override IReadOnlyList<string> Columns { get; } = ["migration_name", "finished_at", "rolled_back_at", "started_at"];

    public override IEnumerable<ForeignEntry> Read(IReadOnlyList<ForeignRow> rows) => rows
        .Where(row => !row.Has("rolled_back_at"))
        .OrderBy(row => row.Text("migration_name"), StringComparer.Ordinal)
        .Select(row =>
        {
            var name = ScriptName.Parse(row.Text("migration_name"));
            return new ForeignEntry(row.Has("finished_at") ? ForeignEntryKind.Applied : ForeignEntryKind.Failed, row.Text("migration_name"))
            {
                Version = name.Version,
                Title = name.Title,
                AppliedAt = row.Time("finished_at"),
            };
        });
}

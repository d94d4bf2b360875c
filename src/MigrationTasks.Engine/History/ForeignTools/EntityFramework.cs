namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>Entity Framework Core. An id is a time and the name of a class.</summary>
internal sealed class EntityFramework : ForeignTool
{
    // The names that a convention for PostgreSQL gives them.
    private static readonly string[] OtherNames = ["migration_id", "product_version"];

    public override string Name => "efcore";

    public override string Title => "EF Core";

    public override IReadOnlyList<HistoryTableName> Tables { get; } = [new(null, "__EFMigrationsHistory"), new(null, "__ef_migrations_history")];

    public override IReadOnlyList<string> Columns { get; } = ["MigrationId", "ProductVersion"];

    public override IReadOnlyList<string> OtherColumns => OtherNames;

    public override bool Recognises(IReadOnlyCollection<string> columns) =>
        base.Recognises(columns) || OtherNames.All(column => columns.Contains(column, StringComparer.OrdinalIgnoreCase));

    public override IEnumerable<ForeignEntry> Read(IReadOnlyList<ForeignRow> rows) => rows
        .Select(row => row.Text("MigrationId") + row.Text("migration_id"))
        .Order(StringComparer.Ordinal)
        .Select(id => (Id: id, Name: ScriptName.Parse(id)))
        .Select(entry => new ForeignEntry(ForeignEntryKind.Applied, entry.Id) { Version = entry.Name.Version, Title = entry.Name.Title });
}

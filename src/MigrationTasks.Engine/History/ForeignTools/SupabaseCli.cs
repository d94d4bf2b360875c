namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>The Supabase CLI. Older versions of it recorded no names.</summary>
internal sealed class SupabaseCli : ForeignTool
{
    public override string Name => "supabase";

    public override string Title => "the Supabase CLI";

    public override IReadOnlyList<HistoryTableName> Tables { get; } = [new("supabase_migrations", "schema_migrations")];

    public override IReadOnlyList<string> Columns { get; } = ["version", "statements"];

    public override IReadOnlyList<string> OtherColumns { get; } = ["name"];

    public override IEnumerable<ForeignEntry> Read(IReadOnlyList<ForeignRow> rows) => rows
        .OrderBy(row => row.Text("version"), StringComparer.Ordinal)
        .Select(row => new ForeignEntry(ForeignEntryKind.Applied, $"{row.Text("version")} {row.Text("name")}".TrimEnd())
        {
            Version = row.Text("version"),
            Title = row.Text("name"),
        });
}

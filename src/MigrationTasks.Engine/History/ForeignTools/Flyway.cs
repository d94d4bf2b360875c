namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>
/// Flyway. Its history is a log: a migration that was undone, or deleted by a repair, has a later row that says so. A baseline
/// stands for all migrations up to its version.
/// </summary>
internal sealed class Flyway : ForeignTool
{
    private const string Undo = "UNDO_";
    private const string Baseline = "BASELINE";

    public override string Name => "flyway";

    public override string Title => "Flyway";

    public override IReadOnlyList<HistoryTableName> Tables { get; } = [new(null, "flyway_schema_history"), new(null, "schema_version")];

    public override RowStores Stores => RowStores.Tables | RowStores.Collections;

    public override IReadOnlyList<string> Columns { get; } = ["installed_rank", "version", "description", "type", "script", "installed_on", "success"];

    public override IEnumerable<ForeignEntry> Read(IReadOnlyList<ForeignRow> rows)
    {
        var latest = new Dictionary<string, ForeignRow>(StringComparer.Ordinal);
        foreach (var row in rows.OrderBy(row => row.Number("installed_rank")))
        {
            // A baseline of a version does not undo a migration that has it.
            var key = row.Text("type").EndsWith(Baseline, StringComparison.Ordinal) ? $"{Baseline} {row.Text("version")}" : $"{row.Text("version")} {(row.Has("version") ? "" : row.Text("description"))}";
            latest.Remove(key);
            latest.Add(key, row);
        }

        return latest.Values.Where(IsApplied).OrderBy(row => row.Number("installed_rank")).Select(EntryOf);
    }

    private static bool IsApplied(ForeignRow row) => row.Text("type") is var type && type != "DELETE" && !type.StartsWith(Undo, StringComparison.Ordinal);

    private static ForeignEntry EntryOf(ForeignRow row)
    {
        var (version, description, type) = (row.Text("version"), row.Text("description"), row.Text("type"));
        var kind = type switch
        {
            _ when !row.Flag("success") => ForeignEntryKind.Failed,
            "SCHEMA" => ForeignEntryKind.WithoutFile,
            _ when type.EndsWith(Baseline, StringComparison.Ordinal) => ForeignEntryKind.BaselineUpTo,
            _ => row.Has("version") ? ForeignEntryKind.Applied : ForeignEntryKind.Repeatable,
        };
        return new ForeignEntry(kind, kind is ForeignEntryKind.WithoutFile or ForeignEntryKind.BaselineUpTo ? description : $"{(row.Has("version") ? $"V{version}" : "R")} {description}")
        {
            Version = row.Has("version") ? version : null,
            Title = description,
            FileName = ScriptName.WithoutFolder(row.Text("script")),
            AppliedAt = row.Time("installed_on"),
        };
    }
}

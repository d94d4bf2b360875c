namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>grate. Scripts that run more than once have a row for each time; only those that ran once are migrations with a version.</summary>
internal sealed class Grate : ForeignTool
{
    public override string Name => "grate";

    public override string Title => "grate";

    // SQLite has no schemas: there, grate puts the schema's name before the table's.
    public override IReadOnlyList<HistoryTableName> Tables { get; } = [new("grate", "ScriptsRun"), new(null, "grate_ScriptsRun")];

    public override IReadOnlyList<string> Columns { get; } = ["id", "script_name", "one_time_script", "entry_date"];

    public override IEnumerable<ForeignEntry> Read(IReadOnlyList<ForeignRow> rows) => rows
        .GroupBy(row => row.Text("script_name"), StringComparer.Ordinal)
        .Select(times => times.MaxBy(row => row.Number("id"))!)
        .OrderBy(row => row.Number("id"))
        .Select(row =>
        {
            var file = ScriptName.WithoutFolder(row.Text("script_name"));
            var name = ScriptName.Parse(file);
            var isOnce = row.Flag("one_time_script");
            return new ForeignEntry(isOnce ? ForeignEntryKind.Applied : ForeignEntryKind.Repeatable, row.Text("script_name"))
            {
                Version = isOnce ? name.Version : null,
                Title = isOnce ? name.Title : ScriptName.WithoutEnding(file),
                FileName = file,
                AppliedAt = row.Time("entry_date"),
            };
        });
}

namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>
/// Liquibase. A change set is known by its id, its author and its file. A script with one change set stands for itself;
/// else the id must say which migration it is.
/// </summary>
internal sealed class Liquibase : ForeignTool
{
    private const string TagOnly = "tagDatabase";

    // Of MongoDB, a script is one of its shell.
    private static readonly string[] Scripts = [".sql", ".js"];

    public override string Name => "liquibase";

    public override string Title => "Liquibase";

    public override IReadOnlyList<HistoryTableName> Tables { get; } = [new(null, "databasechangelog")];

    public override RowStores Stores => RowStores.Tables | RowStores.Collections;

    public override IReadOnlyList<string> Columns { get; } = ["id", "author", "filename", "dateexecuted", "orderexecuted", "exectype", "md5sum"];

    public override IReadOnlyList<string> OtherColumns { get; } = ["description"];

    public override IEnumerable<ForeignEntry> Read(IReadOnlyList<ForeignRow> rows)
    {
        var changeSets = rows.CountBy(row => row.Text("filename")).ToDictionary();
        return rows.OrderBy(row => row.Number("orderexecuted")).Select(row => EntryOf(row, changeSets[row.Text("filename")] == 1));
    }

    private static ForeignEntry EntryOf(ForeignRow row, bool isAlone)
    {
        var file = ScriptName.WithoutFolder(row.Text("filename"));
        var isScript = isAlone && Array.Exists(Scripts, ending => file.EndsWith(ending, StringComparison.OrdinalIgnoreCase));
        var name = ScriptName.Parse(isScript ? file : row.Text("id"));
        var kind = row.Text("exectype") switch
        {
            "FAILED" => ForeignEntryKind.Failed,
            "SKIPPED" => ForeignEntryKind.WithoutFile,
            _ => row.Text("description").StartsWith(TagOnly, StringComparison.Ordinal) ? ForeignEntryKind.WithoutFile : ForeignEntryKind.Applied,
        };
        return new ForeignEntry(kind, $"{file}::{row.Text("id")}::{row.Text("author")}")
        {
            Version = name.Version,
            Title = name.Title,
            FileName = isScript ? file : null,
            AppliedAt = row.Time("dateexecuted"),
        };
    }
}

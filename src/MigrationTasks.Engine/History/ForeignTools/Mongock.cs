namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>
/// Mongock, and Mongobee, which it comes from. A change is known by its id and its author; each time that it was run, undone or passed
/// over may have a document. What a change does before its transaction, and what Mongock changes for itself, have documents too.
/// </summary>
internal sealed class Mongock : ForeignTool
{
    private const string PassedOver = "IGNORED";
    private const string RolledBack = "ROLLED_BACK";
    private const string BeforeTransaction = "BEFORE_EXECUTION";

    public override string Name => "mongock";

    public override string Title => "Mongock or Mongobee";

    public override IReadOnlyList<HistoryTableName> Tables { get; } = [new(null, "mongockChangeLog"), new(null, "dbchangelog")];

    public override RowStores Stores => RowStores.Collections;

    public override IReadOnlyList<string> Columns { get; } = ["_id", "changeId", "author", "timestamp", "changeLogClass", "changeSetMethod"];

    public override IReadOnlyList<string> OtherColumns { get; } = ["state", "type", "systemChange"];

    public override IEnumerable<ForeignEntry> Read(IReadOnlyList<ForeignRow> rows) => rows
        .Where(row => row.Text("state") != PassedOver)
        .GroupBy(row => (row.Text("changeId"), row.Text("author")))
        .Select(times => times.MaxBy(row => row.Time("timestamp"))!)
        .Where(row => row.Text("state") != RolledBack)
        .OrderBy(row => row.Time("timestamp"))
        .Select(EntryOf);

    private static ForeignEntry EntryOf(ForeignRow row)
    {
        var name = ScriptName.Parse(row.Text("changeId"));
        var kind = row.Text("state") switch
        {
            _ when row.Flag("systemChange") || row.Text("type") == BeforeTransaction => ForeignEntryKind.WithoutFile,
            "" or "EXECUTED" => ForeignEntryKind.Applied,
            _ => ForeignEntryKind.Failed,
        };
        return new ForeignEntry(kind, row.Text("changeId"))
        {
            Version = name.Version,
            Title = name.Title,
            AppliedAt = row.Time("timestamp"),
        };
    }
}

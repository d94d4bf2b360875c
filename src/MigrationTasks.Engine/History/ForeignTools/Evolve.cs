using System.Text.RegularExpressions;

namespace MigrationTasks.Engine.History.ForeignTools;

/// <summary>Evolve. A migration that failed and was run again has a row for each time. A start version stands for all migrations before it.</summary>
internal sealed partial class Evolve : ForeignTool
{
    private const int Migration = 0;
    private const int StartVersion = 3;
    private const int Repeatable = 4;

    public override string Name => "evolve";

    public override string Title => "Evolve";

    public override IReadOnlyList<HistoryTableName> Tables { get; } = [new(null, "changelog")];

    public override IReadOnlyList<string> Columns { get; } = ["id", "type", "version", "description", "name", "checksum", "installed_by", "installed_on", "success"];

    public override IEnumerable<ForeignEntry> Read(IReadOnlyList<ForeignRow> rows) => rows
        .GroupBy(row => $"{row.Number("type")} {row.Text("name")}", StringComparer.Ordinal)
        .Select(times => times.MaxBy(row => row.Number("id"))!)
        .OrderBy(row => row.Number("id"))
        .Select(EntryOf);

    private static ForeignEntry EntryOf(ForeignRow row)
    {
        // How long it took stands behind what it does.
        var description = Duration().Replace(row.Text("description"), "");
        var version = row.Text("version");
        var kind = row.Number("type") switch
        {
            _ when !row.Flag("success") => ForeignEntryKind.Failed,
            Migration => ForeignEntryKind.Applied,
            StartVersion => ForeignEntryKind.BaselineBefore,
            Repeatable => ForeignEntryKind.Repeatable,
            _ => ForeignEntryKind.WithoutFile,
        };
        return new ForeignEntry(kind, kind switch
        {
            ForeignEntryKind.WithoutFile or ForeignEntryKind.BaselineBefore => description,
            _ => row.Has("version") ? $"V{version} {description}" : $"R {description}",
        })
        {
            Version = row.Has("version") ? version : null,
            Title = description,
            FileName = row.Text("name"),
            AppliedAt = row.Time("installed_on"),
        };
    }

    [GeneratedRegex(@" \(\d+ ms\)$")]
    private static partial Regex Duration();
}

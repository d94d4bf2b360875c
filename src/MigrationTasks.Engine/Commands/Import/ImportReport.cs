using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Commands.Import;

/// <summary>How another tool's history of one database was imported.</summary>
public sealed record ImportReport : DatabaseReport
{
    /// <summary>The tool; empty when none was found.</summary>
    public string Tool { get; init; } = "";

    /// <summary>Its table; empty when none was found.</summary>
    public string Table { get; init; } = "";

    /// <summary>The mapping of its entries to files; also when nothing was imported because of one.</summary>
    public IReadOnlyList<ImportLine> Lines { get; init; } = [];

    /// <summary>The tool whose files ours were written from; empty when that was not asked for.</summary>
    public string FilesOf { get; init; } = "";

    /// <summary>What became of its files.</summary>
    public IReadOnlyList<ImportedFile> Files { get; init; } = [];

    /// <summary>Whether nothing was written, because only what would be was asked for.</summary>
    public bool IsPreview { get; init; }

    /// <summary>The history table that the folder has from now on, where the other tool's has the name of the one it had; else <see langword="null"/>.</summary>
    public string? HistoryTable { get; init; }

    /// <summary>The other tool's table that has that name.</summary>
    public string? TakenTable { get; init; }

    /// <summary>How the folder was declared with <see cref="HistoryTable"/>.</summary>
    public FolderDeclaration? Declaration { get; init; }

    /// <summary>How many migrations a run would apply after the import.</summary>
    public int Pending { get; init; }

    internal override string Outcome => FilesOf.Length == 0 ? HistoryOutcome() : $"{FilesOutcome}, {HistoryOutcome()}";

    internal override ReportTable Overview => new(
        ["Entry", "Migration", "Outcome"],
        [.. Lines.Select(line => new[] { PlainText.Of(line.Entry), PlainText.Of(line.Migration ?? "-"), Words(line, Succeeded && !IsPreview) })]);

    // The entries, the files, and where the folder is declared anew.
    internal override IEnumerable<IEnumerable<string[]>> Blocks =>
    [
        Lines.Count > 0 ? Overview.Rows.Prepend(["Entry", "Migration", ""]) : [],
        Files.Count > 0 ? Files.Select(file => new[] { PlainText.Of(file.Source), PlainText.Of(file.Name ?? "-"), Words(file, IsPreview) }).Prepend(["File", "Migration", ""]) : [],
        Declared.Select(line => new[] { line }),
    ];

    /// <summary>
    /// The <c>tool</c> and its <c>table</c>, and <c>"entries": [{ "entry": "V2 create users", "migration": "002_create_users.sql", "outcome": "imported",
    /// "problem": null }]</c>; the outcomes are <c>imported</c>, <c>importedToRunAgain</c>, <c>baseline</c>, <c>partOfBaseline</c>, <c>alreadyApplied</c>,
    /// <c>needsNoFile</c>, <c>uncertain</c> and <c>failed</c>, and one that is uncertain or failed means that nothing was recorded.
    /// </summary>
    internal override KeyValuePair<string, object?>[] Details(Func<string, string> shorten) =>
    [
        new("tool", Tool.Length > 0 ? Tool : null),
        new("table", Table.Length > 0 ? Table : null),
        new("pending", Pending),
        new("entries", Lines.Select(line => new { entry = line.Entry, migration = line.Migration, outcome = line.Outcome, problem = line.Problem })),
    ];

    private string FilesOutcome => Files.Count(file => file.Outcome == FileOutcome.Written) switch
    {
        0 => $"no new files of {FilesOf}",
        var count when IsPreview => $"{Wording.Of(count, "file")} would be written from those of {FilesOf}",
        var count => $"{Wording.Of(count, "file")} written from those of {FilesOf}",
    };

    private string HistoryOutcome()
    {
        var count = Lines.Count(line => line.Outcome is ImportOutcome.Imported or ImportOutcome.ImportedToRunAgain or ImportOutcome.Baseline);
        return this switch
        {
            { Succeeded: false, Tool.Length: 0 } => "failed, nothing imported",
            { Succeeded: false } => $"nothing imported from {Source}",
            { Target.Length: 0 } => "no database asked",
            { Tool.Length: 0 } => $"no history of another tool, {Pending} pending",
            _ when count == 0 => $"nothing to import from {Source}, {Pending} pending",
            { IsPreview: true } => $"{Wording.Of(count, "migration")} would be imported from {Source}, and {Pending} be pending; nothing was written",
            _ => $"{Wording.Of(count, "migration")} imported from {Source}, {Pending} pending",
        };
    }

    // The other tool's table has the name of ours, and keeps it.
    private IEnumerable<string> Declared => this is { Declaration: { } declaration, HistoryTable: { } history }
        ? declaration.Text.Split('\n').Select(line => "  " + PlainText.Of(line)).Prepend(PlainText.Of(IsPreview
            ? $"{TakenTable} would stay as it is, and the history of this project be {history}. For that, {Path.GetFileName(declaration.File)} would get:"
            : $"{TakenTable} stays as it is, and the history of this project is {history} from now on. For that, {Path.GetFileName(declaration.File)} now has, and is to be committed:"))
        : [];

    private static string Words(ImportedFile file, bool isPreview) => file.Outcome switch
    {
        FileOutcome.Written => isPreview ? "would be written" : "written",
        FileOutcome.AlreadyThere => "there already",
        _ => $"left out: {PlainText.Of(file.Reason)}",
    };

    private string Source => PlainText.Of($"{Tool} ({Table})");

    private static string Words(ImportLine line, bool isWritten) => line.Outcome switch
    {
        ImportOutcome.Imported => isWritten ? "imported" : "certain",
        ImportOutcome.ImportedToRunAgain => isWritten ? "imported, runs once more" : "certain",
        ImportOutcome.Baseline => isWritten ? "baseline" : "certain",
        ImportOutcome.PartOfBaseline => "part of that",
        ImportOutcome.AlreadyApplied => "in the history already",
        ImportOutcome.NeedsNoFile => "needs no file",
        ImportOutcome.Failed => "failed there",
        _ => $"not certain: {PlainText.Of(line.Problem)}",
    };
}

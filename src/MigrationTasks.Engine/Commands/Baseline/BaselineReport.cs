using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Commands.Baseline;

/// <summary>Which migrations of one database were marked as applied without running them.</summary>
public sealed record BaselineReport : DatabaseReport
{
    /// <summary>The version that was asked for.</summary>
    public MigrationVersion Version { get; init; }

    /// <summary>The names of those that were marked, oldest version first.</summary>
    public IReadOnlyList<string> Marked { get; init; } = [];

    /// <summary>How many up to that version were in the history before.</summary>
    public int AlreadyApplied { get; init; }

    internal override string Outcome => this switch
    {
        { Succeeded: false } => "failed, nothing marked",
        { Marked.Count: 0 } => $"nothing to mark, {Wording.Of(AlreadyApplied, "migration")} up to version {Version} {(AlreadyApplied == 1 ? "is" : "are")} applied already",
        _ => $"{Wording.Of(Marked.Count, "migration")} marked as applied, without running {(Marked.Count == 1 ? "it" : "them")}",
    };

    internal override ReportTable Overview => new(["Migration"], [.. Marked.Select(name => new[] { PlainText.Of(name) })]);

    /// <summary>The <c>version</c> that was asked for, and the names of what it <c>marked</c>.</summary>
    internal override KeyValuePair<string, object?>[] Details(Func<string, string> shorten) =>
    [
        new("version", Version.ToString()),
        new("alreadyApplied", AlreadyApplied),
        new("marked", Marked),
    ];
}

using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Commands.Status;

/// <summary>Where the migrations of one database stand; its warnings include what would stand in the way of a run.</summary>
public sealed record StatusReport : DatabaseReport
{
    /// <summary>Every migration, oldest version first.</summary>
    public IReadOnlyList<PlanEntry> Entries { get; init; } = [];

    /// <summary>How many are applied.</summary>
    public int Applied => Entries.Count(entry => entry.IsApplied);

    /// <summary>How many are still to be applied, those without a statement too.</summary>
    public int Pending => Entries.Count(entry => entry.IsPending) + Empty;

    /// <summary>How many of those have no statement, so that a run leaves them alone.</summary>
    public int Empty => Entries.Count(entry => entry.State == MigrationState.Empty);

    internal override string Outcome =>
        Succeeded ? $"{Applied} applied, {Pending} pending{(Empty == 0 ? "" : $" ({Empty} without a statement)")}" : "status unknown";

    internal override ReportTable Overview => new(["Migration", "State"], [.. Entries.Select(entry => new[] { PlainText.Of(entry.Name), WordsOf(entry) })]);

    // A terminal has the room to tell when it was, and how long it took.
    internal override IEnumerable<IEnumerable<string[]>> Blocks => Succeeded && Entries.Count > 0
        ?
        [
            Entries.Select(entry => new[]
            {
                PlainText.Of(entry.Name),
                WordsOf(entry),
                entry.Row?.ExecutedAt is { } when ? Wording.Of(when) : "",
                entry.Row?.Duration is { } duration ? Wording.Of(duration) : "",
            }).Prepend(["Migration", "State", "When (UTC)", "Took"]),
        ]
        : [];

    /// <summary>
    /// <c>"migrations": [{ "migration": "003_orders.sql", "state": "applied", "appliedAt": "…", "durationMs": 3.1 }]</c>; the states are
    /// <c>applied</c>, <c>pending</c>, <c>outOfOrder</c>, <c>aboveTarget</c>, <c>notNeeded</c>, <c>changed</c>, <c>edited</c>, <c>renamed</c>,
    /// <c>missing</c>, <c>running</c>, <c>failed</c>, <c>partlyUndone</c> and <c>empty</c>.
    /// </summary>
    internal override KeyValuePair<string, object?>[] Details(Func<string, string> shorten) =>
    [
        new("alreadyApplied", Applied),
        new("pending", Pending),
        new("empty", Empty),
        new("migrations", Entries.Select(entry => new { migration = entry.Name, state = entry.State, appliedAt = entry.Row?.ExecutedAt, durationMs = entry.Row?.Duration })),
    ];

    /// <summary>Where a migration stands, in words for people.</summary>
    /// <param name="entry">The migration.</param>
    public static string WordsOf(PlanEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return entry switch
        {
            { State: MigrationState.Applied, Row.Status: HistoryStatus.Baseline } => "baseline",
            { State: MigrationState.Applied, Row.Status: HistoryStatus.Imported } => "imported",
            { State: MigrationState.Failed, Resume: { } resume } => $"failed, resumes at {resume}",
            { State: MigrationState.Running, Resume: { } resume } => $"running, or interrupted and resumes at {resume}",
            { State: MigrationState.Renamed, Row.IsApplied: false } => "unfinished under another name",
            { State: MigrationState.Missing, Row.IsApplied: false } => "unfinished, file missing",
            { HasEditedComments: true } => "applied, comments edited",
            _ => WordsOf(entry.State),
        };
    }

    /// <summary>A state, in words for people.</summary>
    internal static string WordsOf(MigrationState state) => state switch
    {
        MigrationState.Applied => "applied",
        MigrationState.Pending => "pending",
        MigrationState.OutOfOrder => "pending, out of order",
        MigrationState.AboveTarget => "above target",
        MigrationState.NotNeeded => "not needed",
        MigrationState.Empty => "pending, without a statement",
        MigrationState.Changed => "changed, pending",
        MigrationState.Edited => "applied, then edited",
        MigrationState.Renamed => "applied under another name",
        MigrationState.Missing => "applied, file missing",
        MigrationState.Running => "running or interrupted",
        MigrationState.Failed => "failed",
        MigrationState.PartlyUndone => "partly rolled back",
        _ => throw new ArgumentOutOfRangeException(nameof(state), state, null),
    };
}

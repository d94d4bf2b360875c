using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;

namespace MigrationTasks.Engine.Commands.DryRun;

/// <summary>What a run on one database would do. The database is as it was before.</summary>
public sealed record DryRunReport : DatabaseReport
{
    /// <summary>How it was found out.</summary>
    public DryRunMode Mode { get; init; }

    /// <summary>The script, a full path; <see langword="null"/> when none was written.</summary>
    public string? ScriptFile { get; init; }

    /// <summary>What the script applies, in order.</summary>
    public IReadOnlyList<string> Scripted { get; init; } = [];

    /// <summary>What was tried and would be applied, in order, with how long it took.</summary>
    public IReadOnlyList<AppliedMigration> Tried { get; init; } = [];

    /// <summary>What was not tried, or not to the end, and why.</summary>
    public IReadOnlyList<UntriedMigration> Untried { get; init; } = [];

    /// <summary>How many are applied already.</summary>
    public int AlreadyApplied { get; init; }

    /// <summary>How many are still to be applied, those without a statement too.</summary>
    public int Pending { get; init; }

    /// <summary>How many of those have no statement, so that a run leaves them alone.</summary>
    public int Empty { get; init; }

    internal override string Outcome => Mode == DryRunMode.Script ? OfScript() : OfRollback();

    /// <summary>The migrations that it dealt with, and how long they took, or why they were not tried.</summary>
    internal override ReportTable Overview => new(
        ["Migration", ReportTable.Time],
        [
            .. Scripted.Select(name => new[] { PlainText.Of(name), "" }),
            .. Tried.Select(migration => new[] { PlainText.Of(migration.Name), Wording.Of(migration.Duration) }),
            .. Untried.Select(migration => new[] { PlainText.Of(migration.Name), $"not tried: {PlainText.Of(migration.Reason)}" }),
        ]);

    /// <summary>
    /// The names of what its script applies, <c>"scripted": ["003_orders.sql"]</c>, and the <c>script</c>; or, where it tries,
    /// <c>"tried": [{ "migration": "003_orders.sql", "durationMs": 3.1 }]</c> and <c>"untried": [{ "migration": "004_index.sql", "reason": "…" }]</c>.
    /// The <c>mode</c> is <c>script</c> or <c>rollback</c>.
    /// </summary>
    internal override KeyValuePair<string, object?>[] Details(Func<string, string> shorten) =>
    [
        new("alreadyApplied", AlreadyApplied),
        new("pending", Pending),
        new("empty", Empty),
        new("mode", Mode),
        new("tried", Tried.Select(migration => new { migration = migration.Name, durationMs = migration.Duration })),
        new("untried", Untried.Select(migration => new { migration = migration.Name, reason = migration.Reason })),
        new("script", ScriptFile is null ? null : shorten(ScriptFile)),
        new("scripted", Scripted),
    ];

    private string OfRollback()
    {
        var tried = $"{Wording.Of(Tried.Count, "migration")} tried in {Wording.Of(Duration)} and rolled back";
        return this switch
        {
            { Succeeded: false, Tried.Count: 0, Pending: 0 } => "failed, nothing tried",
            { Succeeded: false } => $"failed after {tried}, {Pending - Tried.Count} pending",
            _ when Pending == Empty => UpToDate,
            { Untried.Count: > 0 } => $"{tried}, {Untried.Count} not tried{WithoutStatement(Empty)}",
            _ => tried + WithoutStatement(Empty),
        };
    }

    private string OfScript() => this switch
    {
        { Succeeded: false, Pending: 0 } => "failed, nothing written",
        { Succeeded: false } => $"failed, nothing written, {Pending} pending",
        { Scripted.Count: 0 } => $"{UpToDate}, so the script does nothing: {PlainText.Of(ScriptFile)}",
        _ => $"{Wording.Of(Scripted.Count, "migration")} would be applied{WithoutStatement(Empty)}, by the script {PlainText.Of(ScriptFile)}",
    };

    private string UpToDate => $"{(Empty == 0 ? "up to date" : "nothing to apply")} ({AlreadyApplied} applied){WithoutStatement(Empty)}";
}

using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Commands.Rollback;

/// <summary>What a rollback of one database did.</summary>
public sealed record RollbackReport : DatabaseReport
{
    /// <summary>What this run undid, in order.</summary>
    public IReadOnlyList<UndoneMigration> RolledBack { get; init; } = [];

    /// <summary>How many another run undid while this one was about to.</summary>
    public int Overtaken { get; init; }

    /// <summary>How many are still to be undone.</summary>
    public int Left { get; init; }

    /// <summary>How many migrations are applied that could be undone, as far as is known.</summary>
    public int Applied { get; init; }

    internal override string Outcome
    {
        get
        {
            var undone = $"{Wording.Of(RolledBack.Count, "migration")} rolled back in {Wording.Of(Duration)}";
            return this switch
            {
                { Succeeded: false, RolledBack.Count: 0 } => "failed, nothing rolled back",
                { Succeeded: false } => $"failed after {undone}, {Left} left",
                { RolledBack.Count: 0, Overtaken: > 0 } => $"nothing left to roll back, another run did it ({Applied} applied)",
                { RolledBack.Count: 0 } => $"nothing to roll back ({Applied} applied)",
                { Overtaken: > 0 } => $"{undone}, {Overtaken} more by another run",
                _ => undone,
            };
        }
    }

    internal override ReportTable Overview => new(["Migration", ReportTable.Time], [.. RolledBack.Select(migration => new[] { PlainText.Of(migration.Name), TimeOf(migration) })]);

    /// <summary>
    /// <c>"rolledBack": [{ "migration": "003_orders.sql", "durationMs": 3.1, "source": "header" }]</c> (the source is <c>header</c>, <c>file</c> or
    /// <c>history</c>), how many are <c>left</c> to undo, and how many another run undid (<c>overtaken</c>).
    /// </summary>
    internal override KeyValuePair<string, object?>[] Details(Func<string, string> shorten) =>
    [
        new("overtaken", Overtaken),
        new("left", Left),
        new("rolledBack", RolledBack.Select(migration => new { migration = migration.Name, durationMs = migration.Duration, source = migration.Source })),
    ];

    private static string TimeOf(UndoneMigration migration) =>
        Wording.Of(migration.Duration) + (migration.Source == RollbackSource.History ? "   by the SQL that the history kept" : "");
}

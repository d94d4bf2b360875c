using System.Globalization;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;

namespace MigrationTasks.Engine.Commands.Migrate;

/// <summary>What a run on one database did.</summary>
public sealed record RunReport : DatabaseReport
{
    /// <summary>What this run applied, in order.</summary>
    public IReadOnlyList<AppliedMigration> Applied { get; init; } = [];

    /// <summary>How many were applied before this run, or by another runner during it.</summary>
    public int AlreadyApplied { get; init; }

    /// <summary>How many are still to be applied, those without a statement too.</summary>
    public int Pending { get; init; }

    /// <summary>How many of those have no statement, so that a run leaves them alone.</summary>
    public int Empty { get; init; }

    internal override string Outcome
    {
        get
        {
            var applied = $"{Wording.Of(Applied.Count, "migration")} applied in {Wording.Of(Duration)}";
            return this switch
            {
                { Succeeded: false, Applied.Count: 0, Pending: 0 } => "failed, nothing applied",
                { Succeeded: false, Applied.Count: 0 } => $"failed, nothing applied, {Pending} pending",
                { Succeeded: false } => $"failed after {applied}, {Pending} pending",
                { Applied.Count: 0, AlreadyApplied: 0, Pending: 0 } => "no migrations",
                { Applied.Count: 0, Empty: 0 } => $"up to date ({AlreadyApplied} applied)",
                { Applied.Count: 0 } => $"nothing to apply ({AlreadyApplied} applied){WithoutStatement(Empty)}",
                _ => applied + WithoutStatement(Empty),
            };
        }
    }

    internal override ReportTable Overview => new(["Migration", ReportTable.Time], [.. Applied.Select(migration => new[] { PlainText.Of(migration.Name), TimeOf(migration) })]);

    internal override KeyValuePair<string, object?>[] Details(Func<string, string> shorten) =>
    [
        new("alreadyApplied", AlreadyApplied),
        new("pending", Pending),
        new("empty", Empty),
        new("applied", Applied.Select(migration => new { migration = migration.Name, durationMs = migration.Duration, resumedAtStatement = migration.ResumedAt })),
    ];

    // And where it went on when an earlier run had begun it.
    private static string TimeOf(AppliedMigration migration) => migration.ResumedAt is { } statement
        ? string.Create(CultureInfo.InvariantCulture, $"{Wording.Of(migration.Duration)}, resumed at statement {statement}")
        : Wording.Of(migration.Duration);
}

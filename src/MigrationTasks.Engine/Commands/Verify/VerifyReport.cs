using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Commands.Verify;

/// <summary>What became of a comparison.</summary>
public enum SchemaCheck
{
    /// <summary>It was not asked for, or there is nothing to compare with.</summary>
    None,

    /// <summary>Both are the same.</summary>
    Same,

    /// <summary>They differ, and the errors say in what.</summary>
    Different,

    /// <summary>They could not be compared, and a warning says why.</summary>
    NotCompared,
}

/// <summary>What was found out about the migrations of one folder on a shadow database.</summary>
public sealed record VerifyReport : DatabaseReport
{
    /// <summary>How many migrations were verified, now or before.</summary>
    public int Verified { get; init; }

    /// <summary>How many of them were new, or were changed.</summary>
    public int New { get; init; }

    /// <summary>How the lock file compares with the migrations.</summary>
    public SchemaCheck LockFile { get; init; }

    /// <summary>How the real database compares with its migrations.</summary>
    public SchemaCheck Drift { get; init; }

    /// <summary>Whether the shadow database was removed, and nothing else was asked for.</summary>
    public bool IsDropped { get; init; }

    internal override string Outcome => IsDropped
        ? "the shadow database was removed"
        : $"{Wording.Of(Verified, "migration")} verified{(New > 0 && New < Verified ? $", {New} new" : "")}{LockFileWords}{DriftWords}{Count(Errors.Count, "error")}{Count(Warnings.Count, "warning")} in {Wording.Of(Duration)}";

    // What was found are errors and warnings.
    internal override ReportTable Overview => new([], []);

    /// <summary><c>verified</c>, how many are <c>new</c>, and <c>lockFile</c> and <c>drift</c>: <c>none</c>, <c>same</c>, <c>different</c> or <c>notCompared</c>.</summary>
    internal override KeyValuePair<string, object?>[] Details(Func<string, string> shorten) => [new("verified", Verified), new("new", New), new("lockFile", LockFile), new("drift", Drift)];

    private string LockFileWords => LockFile switch { SchemaCheck.Same => ", the lock file is up to date", SchemaCheck.Different => ", the lock file is out of date", _ => "" };

    private string DriftWords => Drift switch { SchemaCheck.Same => ", no drift", SchemaCheck.Different => ", drift", _ => "" };
}

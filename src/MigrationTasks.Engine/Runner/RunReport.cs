using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Runner;

/// <summary>A migration that a run applied.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Duration">How long it took.</param>
public sealed record AppliedMigration(string Name, TimeSpan Duration);

/// <summary>What a run on one database did: also when it failed, so that what stands is known.</summary>
public sealed record RunReport
{
    /// <summary>The adapter's name, such as <c>postgresql</c>.</summary>
    public required string Database { get; init; }

    /// <summary>The database, without secrets; empty when the configuration could not be read.</summary>
    public string Target { get; init; } = "";

    /// <summary>The migrations folder, a full path.</summary>
    public required string Folder { get; init; }

    /// <summary>What this run applied, in order.</summary>
    public IReadOnlyList<AppliedMigration> Applied { get; init; } = [];

    /// <summary>How many were applied before this run, or by another runner during it.</summary>
    public int AlreadyApplied { get; init; }

    /// <summary>How many are still to be applied.</summary>
    public int Pending { get; init; }

    /// <summary>What was odd.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; init; } = [];

    /// <summary>What went wrong; nothing when the run succeeded.</summary>
    public IReadOnlyList<Diagnostic> Errors { get; init; } = [];

    /// <summary>How long the run took in all.</summary>
    public TimeSpan Duration { get; init; }

    /// <summary>Whether the run did all that it was asked to.</summary>
    public bool Succeeded => Errors.Count == 0;
}

/// <summary>Where the migrations of one database stand.</summary>
public sealed record StatusReport
{
    /// <summary>The adapter's name, such as <c>postgresql</c>.</summary>
    public required string Database { get; init; }

    /// <summary>The database, without secrets; empty when the configuration could not be read.</summary>
    public string Target { get; init; } = "";

    /// <summary>The migrations folder, a full path.</summary>
    public required string Folder { get; init; }

    /// <summary>Every migration, oldest version first.</summary>
    public IReadOnlyList<PlanEntry> Entries { get; init; } = [];

    /// <summary>What is odd, and what would stand in the way of a run.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; init; } = [];

    /// <summary>Why the status could not be read; nothing when it could.</summary>
    public IReadOnlyList<Diagnostic> Errors { get; init; } = [];

    /// <summary>Whether the status could be read.</summary>
    public bool Succeeded => Errors.Count == 0;

    /// <summary>How many migrations a run would apply.</summary>
    public int Pending => Entries.Count(entry => entry.State is MigrationState.Pending or MigrationState.OutOfOrder);
}

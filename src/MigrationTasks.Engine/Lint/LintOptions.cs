using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Lint;

/// <summary>Which migrations lint looks at.</summary>
public enum LintScope
{
    /// <summary>Those that are not applied, as far as a database can tell; all of them without one.</summary>
    Pending,

    /// <summary>All of them.</summary>
    All,

    /// <summary>None.</summary>
    Off,
}

/// <summary>What a project asks of lint.</summary>
/// <param name="Scope">Which migrations it looks at.</param>
/// <param name="After">Only those newer than this version; <see langword="null"/> for any.</param>
public sealed record LintOptions(LintScope Scope = LintScope.Pending, MigrationVersion? After = null)
{
    /// <summary>The schemas that everybody can reach, where a database has such.</summary>
    public IReadOnlyList<string> ExposedSchemas { get; init; } = ["public"];

    /// <summary>Whether runs limit how long a statement waits for a lock, unless its migration says otherwise.</summary>
    internal bool LimitsLocks { get; init; } = true;
}

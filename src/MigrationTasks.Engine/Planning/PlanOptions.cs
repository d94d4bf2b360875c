using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Planning;

/// <summary>What to do with a pending migration that is older than an applied one.</summary>
public enum OutOfOrderPolicy
{
    /// <summary>Apply it, and warn.</summary>
    Warn,

    /// <summary>Stop before anything runs.</summary>
    Error,

    /// <summary>Apply it and say nothing.</summary>
    Allow,
}

/// <summary>What a plan is made for.</summary>
/// <param name="OutOfOrder">What to do with a pending migration that is older than an applied one.</param>
/// <param name="Target">The newest version to apply; <see langword="null"/> for all.</param>
/// <param name="IgnoreForeignHistory">Whether a database that another tool migrated may be run on as if it were new.</param>
public sealed record PlanOptions(OutOfOrderPolicy OutOfOrder = OutOfOrderPolicy.Warn, MigrationVersion? Target = null, bool IgnoreForeignHistory = false);

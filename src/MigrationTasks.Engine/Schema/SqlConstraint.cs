using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Schema;

/// <summary>What a constraint demands.</summary>
internal enum SqlConstraintKind
{
    Check,
    ForeignKey,
    Unique,
    PrimaryKey,
    Exclude,
    NotNull,
}

/// <summary>A constraint of a table.</summary>
/// <param name="Kind">What it demands.</param>
/// <param name="Location">Where it starts.</param>
internal sealed record SqlConstraint(SqlConstraintKind Kind, SourceLocation Location)
{
    /// <summary>Its name, if it is given one.</summary>
    public SqlPart? Name { get; init; }

    /// <summary>Whether rows that are there already are not checked.</summary>
    public bool IsNotValid { get; init; }

    /// <summary>Whether it takes over an index that is there already.</summary>
    public bool UsesIndex { get; init; }

    /// <summary>The column that may not be null, when it demands just that: <c>CHECK (c IS NOT NULL)</c>.</summary>
    public SqlPart? NotNullColumn { get; init; }
}

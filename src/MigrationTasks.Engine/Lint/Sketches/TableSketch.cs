using System.Collections.Immutable;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Schema;

namespace MigrationTasks.Engine.Lint.Sketches;

/// <summary>What the files of a folder tell of a constraint.</summary>
/// <param name="NotNullColumn">The column of which it demands that it is not null; <see langword="null"/> when it demands something else.</param>
/// <param name="AddedBy">The migration that added it; <see langword="null"/> when no file does.</param>
/// <param name="IsValidated">Whether all rows were checked.</param>
internal sealed record ConstraintSketch(SqlPart? NotNullColumn, Migration? AddedBy, bool IsValidated);

/// <summary>How a table came to be, which stays the same when it gets another name.</summary>
/// <param name="CreatedBy">The migration that created it.</param>
/// <param name="Location">Where it does so.</param>
internal sealed record TableOrigin(Migration CreatedBy, SourceLocation Location);

/// <summary>What the files of a folder tell of a table at one moment.</summary>
/// <param name="Origin">How it came to be; <see langword="null"/> when no file creates it.</param>
internal sealed record TableSketch(TableOrigin? Origin)
{
    /// <summary>The types of its columns, as far as they are known.</summary>
    public ImmutableDictionary<SqlPart, SqlType> Columns { get; init; } = ImmutableDictionary<SqlPart, SqlType>.Empty;

    /// <summary>The columns that were added after it was created, and by which migration.</summary>
    public ImmutableDictionary<SqlPart, Migration> AddedColumns { get; init; } = ImmutableDictionary<SqlPart, Migration>.Empty;

    /// <summary>Its constraints by name, as far as they have one.</summary>
    public ImmutableDictionary<SqlPart, ConstraintSketch> Constraints { get; init; } = ImmutableDictionary<SqlPart, ConstraintSketch>.Empty;

    /// <summary>Its indexes that are hidden from queries, and by which migration.</summary>
    public ImmutableDictionary<SqlName, Migration> HiddenIndexes { get; init; } = ImmutableDictionary<SqlName, Migration>.Empty;

    /// <summary>The last migration that deleted all of its rows.</summary>
    public Migration? EmptiedBy { get; init; }

    /// <summary>Whether it is a view, materialized or not.</summary>
    public bool IsView { get; init; }

    /// <summary>Whether its rows are in partitions.</summary>
    public bool IsPartitioned { get; init; }

    /// <summary>Whether policies decide who may see which row.</summary>
    public bool HasRowSecurity { get; init; }
}

using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Schema;

/// <summary>What a column's value is when a row does not give one.</summary>
/// <param name="Location">Where it starts.</param>
/// <param name="IsNull">Whether it is just <c>NULL</c>.</param>
/// <param name="IsConstant">Whether SQLite takes it for a constant: one literal or word, in parentheses or not.</param>
/// <param name="Calls">The functions that it calls.</param>
internal sealed record SqlDefault(SourceLocation Location, bool IsNull, bool IsConstant, IReadOnlyList<SqlName> Calls);

/// <summary>A column as a statement defines it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type; <see langword="null"/> in SQLite, when it has none.</param>
internal sealed record SqlColumn(SqlPart Name, SqlType? Type)
{
    /// <summary>Whether it is declared <c>NOT NULL</c>.</summary>
    public bool IsNotNull { get; init; }

    /// <summary>Its default, if it has one.</summary>
    public SqlDefault? Default { get; init; }

    /// <summary>Whether its values come from a sequence of its own.</summary>
    public bool IsIdentity { get; init; }

    /// <summary>Whether its values are computed from other columns.</summary>
    public bool IsGenerated { get; init; }

    /// <summary>Whether what is computed is stored in the row.</summary>
    public bool IsStored { get; init; }

    /// <summary>The constraints that stand behind it, other than <c>NOT NULL</c>.</summary>
    public IReadOnlyList<SqlConstraint> Constraints { get; init; } = [];

    /// <summary>Whether a row that does not give a value gets one that is not null.</summary>
    public bool FillsItself => Default is { IsNull: false } || IsIdentity || IsGenerated || Type is { IsSerial: true };
}

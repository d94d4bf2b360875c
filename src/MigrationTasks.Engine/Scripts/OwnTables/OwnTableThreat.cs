namespace MigrationTasks.Engine.Scripts.OwnTables;

/// <summary>What a statement of a script would do to one of the <see cref="OwnTableSet"/>.</summary>
public enum OwnTableThreat
{
    /// <summary>The table, or what holds it, goes.</summary>
    Drop,

    /// <summary>Its rows go.</summary>
    Empty,

    /// <summary>It is there under another name, in another place, or without one of its columns.</summary>
    Rename,

    /// <summary>It would be made, though it is there before any script runs.</summary>
    Create,

    /// <summary>It gets rows from elsewhere, which would count as what is applied.</summary>
    Fill,
}

/// <summary>A statement that would hit one of the <see cref="OwnTableSet"/>.</summary>
/// <param name="Threat">What it would do.</param>
/// <param name="Table">The table, as messages name it.</param>
/// <param name="Holder">What holds the table and is hit as a whole, such as <c>schema public</c>; <see langword="null"/> when it is the table itself.</param>
public sealed record OwnTableHit(OwnTableThreat Threat, string Table, string? Holder = null)
{
    /// <summary>Whether putting the table elsewhere keeps it out of the way of the statement.</summary>
    public bool IsAvoidable { get; init; } = true;
}

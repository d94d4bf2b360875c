namespace MigrationTasks.Engine.Commands.Import;

/// <summary>What becomes of another tool's file.</summary>
public enum FileOutcome
{
    /// <summary>A file of ours was written from it, or would be.</summary>
    Written,

    /// <summary>That file is there already.</summary>
    AlreadyThere,

    /// <summary>It becomes no file of ours.</summary>
    LeftOut,
}

/// <summary>One line of the mapping of another tool's files to ours.</summary>
/// <param name="Source">Theirs, from its folder.</param>
/// <param name="Name">Ours, or <see langword="null"/>.</param>
/// <param name="Outcome">What becomes of it.</param>
/// <param name="Reason">Why it becomes none, when it does not.</param>
public sealed record ImportedFile(string Source, string? Name, FileOutcome Outcome, string? Reason);

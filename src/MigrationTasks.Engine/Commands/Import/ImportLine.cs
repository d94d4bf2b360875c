namespace MigrationTasks.Engine.Commands.Import;

/// <summary>What becomes of an entry of another tool's history.</summary>
public enum ImportOutcome
{
    /// <summary>Its file is recorded as imported.</summary>
    Imported,

    /// <summary>Its file is repeatable: it is recorded as imported, and runs once more.</summary>
    ImportedToRunAgain,

    /// <summary>The file is recorded as a baseline: the other tool never ran it, but took it as applied.</summary>
    Baseline,

    /// <summary>Its file is in the history already, and stays there as it is.</summary>
    AlreadyApplied,

    /// <summary>It has no file, and needs none.</summary>
    NeedsNoFile,

    /// <summary>It is not certain which file it stands for.</summary>
    Uncertain,

    /// <summary>The other tool has it as failed.</summary>
    Failed,

    /// <summary>It is part of what the baseline stands for that another entry was recorded as.</summary>
    PartOfBaseline,
}

/// <summary>One line of the mapping of another tool's history to files.</summary>
/// <param name="Entry">The entry, as a person would name it.</param>
/// <param name="Migration">The file's name, or <see langword="null"/>.</param>
/// <param name="Outcome">What becomes of it.</param>
/// <param name="Problem">Why it is not certain, when it is not.</param>
public sealed record ImportLine(string Entry, string? Migration, ImportOutcome Outcome, string? Problem = null);

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

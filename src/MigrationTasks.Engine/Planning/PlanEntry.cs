using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.Planning;

/// <summary>Where a migration stands.</summary>
public enum MigrationState
{
    /// <summary>It is applied.</summary>
    Applied,

    /// <summary>It is not applied yet.</summary>
    Pending,

    /// <summary>It is not applied, though a newer one is.</summary>
    OutOfOrder,

    /// <summary>It is to run, but not yet: it comes after the version that was asked for.</summary>
    AboveTarget,

    /// <summary>It creates the history table, which is there already.</summary>
    NotNeeded,

    /// <summary>It is repeatable and applied, and its file was changed since: it is to run again.</summary>
    Changed,

    /// <summary>Its file was changed after it was applied.</summary>
    Edited,

    /// <summary>The history has it under another name with the same version.</summary>
    Renamed,

    /// <summary>The history has it, but it has no file.</summary>
    Missing,

    /// <summary>A runner applies it outside a transaction, or was interrupted while it did.</summary>
    Running,

    /// <summary>It failed outside a transaction, so that some of it stands.</summary>
    Failed,

    /// <summary>Its rollback runs outside a transaction, or failed or was interrupted there, so that some of it is undone.</summary>
    PartlyUndone,

    /// <summary>It is not applied, and has no statement: a run leaves it pending until it has one.</summary>
    Empty,
}

/// <summary>One migration in a plan: its file, its history row, or both.</summary>
/// <param name="Name">Its name.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Migration">Its file; <see langword="null"/> when it is missing.</param>
/// <param name="Row">Its history row; <see langword="null"/> when it has none.</param>
public sealed record PlanEntry(string Name, MigrationState State, Migration? Migration, HistoryRow? Row)
{
    /// <summary>Where it goes on, when it failed or was interrupted in an earlier run; <see langword="null"/> when it does not.</summary>
    public ResumePoint? Resume { get; init; }

    /// <summary>Whether a run would apply it, or the rest of it.</summary>
    public bool IsPending => State is MigrationState.Pending or MigrationState.OutOfOrder or MigrationState.Changed || Resume is not null;

    /// <summary>Whether the history says that it is applied, whatever became of its file since.</summary>
    internal bool IsApplied => State is MigrationState.Applied or MigrationState.Edited || (State == MigrationState.Missing && Row is { IsApplied: true });

    /// <summary>Whether it is applied, and since then nothing but comments or white space of its file was changed.</summary>
    public bool HasEditedComments => State == MigrationState.Applied && Row?.Checksum is { } applied && Migration is not null && applied != Migration.Checksum;
}

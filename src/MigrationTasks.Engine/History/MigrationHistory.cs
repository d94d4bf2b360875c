using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Engine.History;

/// <summary>What state the history table is in.</summary>
public enum HistoryTableState
{
    /// <summary>There is no table.</summary>
    Absent,

    /// <summary>There is one, but it lacks columns: an earlier tool or version made it.</summary>
    Incomplete,

    /// <summary>It has all its columns.</summary>
    Complete,
}

/// <summary>What happened to a migration, as its history row tells.</summary>
public enum HistoryStatus
{
    /// <summary>It is applied.</summary>
    Applied,

    /// <summary>A runner applies it outside a transaction, or was interrupted while it did.</summary>
    Running,

    /// <summary>It failed outside a transaction, so that some of it stands.</summary>
    Failed,

    /// <summary>It was never run: somebody said that the database is where it would have brought it.</summary>
    Baseline,

    /// <summary>Another tool applied it, and its history was taken over.</summary>
    Imported,

    /// <summary>Its rollback runs outside a transaction, or was interrupted there, so that some of it may be undone.</summary>
    Undoing,

    /// <summary>Its rollback failed outside a transaction: it is known which of its statements stand.</summary>
    UndoFailed,
}

/// <summary>One row of the history.</summary>
/// <param name="Name">The migration's name: its file name, which earlier tools recorded with or without its ending.</param>
/// <param name="Checksum">The checksum of the file as it was applied; <see langword="null"/> when an earlier tool did not record it.</param>
/// <param name="ExecutedAt">When it was applied, if that is known.</param>
/// <param name="Duration">How long that took, if that is known.</param>
/// <param name="Status">What happened.</param>
/// <param name="StatementsDone">How many statements stand, for a migration outside a transaction; of its rollback, while it is undone.</param>
/// <param name="Rollback">What undoes it, as it was written when it was applied; <see langword="null"/> when nothing was.</param>
/// <param name="TokenChecksum">The checksum of the tokens of the file as it was applied; <see langword="null"/> when it was not recorded.</param>
/// <param name="Folder">Which folder of which project it is from, as <see cref="MigrationFolder.Identity"/> has it; <see langword="null"/> when an earlier version recorded it.</param>
public sealed record HistoryRow(
    string Name,
    string? Checksum = null,
    DateTimeOffset? ExecutedAt = null,
    TimeSpan? Duration = null,
    HistoryStatus Status = HistoryStatus.Applied,
    int StatementsDone = 0,
    string? Rollback = null,
    string? TokenChecksum = null,
    string? Folder = null)
{
    /// <summary>Whether the database is where the migration brings it, however that came about.</summary>
    public bool IsApplied => Status is not (HistoryStatus.Running or HistoryStatus.Failed or HistoryStatus.Undoing or HistoryStatus.UndoFailed);

    /// <summary>Whether a runner works on it outside a transaction, or was interrupted while it did.</summary>
    public bool IsInWork => Status is HistoryStatus.Running or HistoryStatus.Undoing;

    /// <summary>What became of a migration that was not completed, such as <c>failed after 1 statement</c>; <see langword="null"/> when it is applied.</summary>
    internal string? Unfinished => Status switch
    {
        HistoryStatus.Failed => $"failed {Progress}",
        HistoryStatus.Running => $"was interrupted {Progress}",
        HistoryStatus.Undoing => "was rolled back in part",
        _ => null,
    };

    private string Progress => StatementsDone switch
    {
        0 => "before its first statement was completed",
        1 => "after 1 statement",
        var count => $"after {count} statements",
    };

    /// <summary>Whether a run recorded it while its file had no statement, as earlier versions did: nothing of it has ever run.</summary>
    internal bool HadNoStatement => Status == HistoryStatus.Applied && TokenChecksum == Scripts.TokenChecksum.OfNothing;

    /// <summary>The row of a migration as its file is now.</summary>
    /// <param name="migration">The migration.</param>
    /// <param name="status">How it came about.</param>
    /// <param name="executedAt">When it was applied, if that is known.</param>
    public static HistoryRow Of(Migration migration, HistoryStatus status, DateTimeOffset? executedAt)
    {
        ArgumentNullException.ThrowIfNull(migration);
        return new HistoryRow(migration.Name, ExecutedAt: executedAt, Status: status).WithFile(migration);
    }

    /// <summary>The row with all that it records of a file, as the file is now.</summary>
    /// <param name="migration">The file.</param>
    public HistoryRow WithFile(Migration migration)
    {
        ArgumentNullException.ThrowIfNull(migration);
        return this with { Checksum = migration.Checksum, Rollback = migration.Rollback, TokenChecksum = migration.ReadTokenChecksum(), Folder = migration.Folder ?? Folder };
    }

    /// <summary>Whether a file is as it was when it was applied, as far as the row tells and but for comments and white space.</summary>
    /// <param name="migration">The file.</param>
    public bool IsOf(Migration migration)
    {
        ArgumentNullException.ThrowIfNull(migration);
        return Checksum is null || Checksum == migration.Checksum || (TokenChecksum is { } applied && applied == migration.ReadTokenChecksum());
    }
}

/// <summary>The history of a database, as one query read it.</summary>
/// <param name="Table">The table, with its schema.</param>
/// <param name="State">What state the table is in.</param>
/// <param name="Rows">Its rows; none when there is no table.</param>
public sealed record MigrationHistory(HistoryTableName Table, HistoryTableState State, IReadOnlyList<HistoryRow> Rows)
{
    /// <summary>What is odd about the table itself, such as that strangers may write to it.</summary>
    public IReadOnlyList<Diagnostic> Warnings { get; init; } = [];

    /// <summary>The history of a database that has no history table.</summary>
    /// <param name="table">The table that is not there.</param>
    public static MigrationHistory Absent(HistoryTableName table) => new(table, HistoryTableState.Absent, []);
}

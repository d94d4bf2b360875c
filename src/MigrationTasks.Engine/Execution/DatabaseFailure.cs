using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Execution;

/// <summary>What a run does about a failure of the database.</summary>
public enum FailureKind
{
    /// <summary>It is an error.</summary>
    Refused,

    /// <summary>Another run was at work for too long.</summary>
    RunLockTimeout,

    /// <summary>The history refused a claim, as it does when another run was faster.</summary>
    ClaimConflict,

    /// <summary>Somebody else held a lock; it is tried again.</summary>
    LockTimeout,

    /// <summary>Something that may pass, such as a deadlock; it is tried again.</summary>
    MayPass,

    /// <summary>No transaction can hold the statement; it is run alone.</summary>
    NeedsNoTransaction,

    /// <summary>There is no history table any more.</summary>
    NoHistory,

    /// <summary>The run lock is another run's by now.</summary>
    RunLockLost,

    /// <summary>The run was cancelled.</summary>
    Cancelled,

    /// <summary>The connection is broken; what was applied is found out on another one.</summary>
    ConnectionLost,
}

/// <summary>Why a command was not done.</summary>
/// <param name="Kind">What a run does about it.</param>
/// <param name="Cause">What the driver threw.</param>
/// <param name="Command">The command; <see langword="null"/> when it is not known.</param>
/// <param name="Problem">What the database or the network said: a sentence without any secret.</param>
/// <param name="Location">Where it is to be reported.</param>
public sealed record DatabaseFailure(FailureKind Kind, Exception Cause, Command? Command, string Problem, SourceLocation Location)
{
    /// <summary>What was done when no command was under way: "reading the history".</summary>
    public string Action { get; init; } = "recording what was done";

    /// <summary>Whether the same may be tried again: not when a part of it may have been done.</summary>
    public bool MayRetry { get; init; } = true;

    /// <summary>Whether a statement in no transaction may have been applied all the same.</summary>
    public bool LeavesDoubt { get; init; }
}

/// <summary>Thrown by a session that sends several commands together: one of them was not done.</summary>
/// <param name="command">The command. Those before it are done, those after it are not.</param>
/// <param name="cause">What the driver threw.</param>
public sealed class CommandException(Command command, Exception cause) : Exception(cause.Message, cause)
{
    /// <summary>The command.</summary>
    public Command Command => command;

    /// <summary>What the driver threw.</summary>
    public Exception Cause => InnerException!;
}

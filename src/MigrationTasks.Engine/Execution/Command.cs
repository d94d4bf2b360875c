using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Execution;

/// <summary>What a command is for.</summary>
public enum CommandPurpose
{
    /// <summary>It creates the history ahead of everything else.</summary>
    Setup,

    /// <summary>Transaction and session: the frame around a script.</summary>
    Frame,

    /// <summary>It waits until no other run is at work.</summary>
    Lock,

    /// <summary>The change of the history that makes the work this run's.</summary>
    Claim,

    /// <summary>A statement of the script.</summary>
    Statement,

    /// <summary>What the script left to be checked at its end.</summary>
    Check,

    /// <summary>An entry of the journal: how many statements were applied.</summary>
    Entry,

    /// <summary>What the history needs after the last statement.</summary>
    Record,

    /// <summary>It commits.</summary>
    Commit,

    /// <summary>The session is made what it was before the script.</summary>
    Reset,
}

/// <summary>A part of the frame around a script, or around one of its statements.</summary>
public enum FramePart
{
    /// <summary>Ahead of the claim of a script in a transaction: the transaction begins.</summary>
    Begin,

    /// <summary>Between the claim and the first statement, in a transaction or outside.</summary>
    Prepare,

    /// <summary>After the last statement of a script in a transaction, ahead of the record: what was left to be checked, and the session.</summary>
    Check,

    /// <summary>After the record of a script in a transaction: the commit.</summary>
    Commit,

    /// <summary>Ahead of the claim of a script outside a transaction.</summary>
    BeginClaim,

    /// <summary>After that claim.</summary>
    EndClaim,

    /// <summary>Ahead of a statement that shares a transaction with its entry.</summary>
    BeginStatement,

    /// <summary>After the entry that shares a transaction with its statement: the commit.</summary>
    EndStatement,

    /// <summary>Ahead of an entry in a transaction of ours or of the script's.</summary>
    PrepareEntry,

    /// <summary>Ahead of an entry by itself.</summary>
    BeginEntry,

    /// <summary>After an entry by itself.</summary>
    EndEntry,

    /// <summary>The entry by itself is committed although the script may have kept it from that.</summary>
    CommitEntry,

    /// <summary>Ahead of the record of a script outside a transaction that is done.</summary>
    BeginRecord,

    /// <summary>Ahead of the record of one that stopped; what was open is rolled back.</summary>
    BeginFailure,

    /// <summary>After either record.</summary>
    EndRecord,
}

/// <summary>One command of a frame.</summary>
/// <param name="Text">The command.</param>
/// <param name="Purpose">What it is for.</param>
public sealed record FrameCommand(string Text, CommandPurpose Purpose = CommandPurpose.Frame)
{
    /// <summary>Values of its parameters, in order.</summary>
    public IReadOnlyList<object?> Values { get; init; } = [];

    /// <summary>A command of a frame as it is.</summary>
    /// <param name="text">The command.</param>
    public static implicit operator FrameCommand(string text) => FromString(text);

    /// <summary>A command of a frame as it is.</summary>
    /// <param name="text">The command.</param>
    public static FrameCommand FromString(string text) => new(text);
}

/// <summary>One command of the stream that a run is.</summary>
/// <param name="Unit">What it belongs to.</param>
/// <param name="Purpose">What it is for.</param>
/// <param name="Text">The command, in the database's language; of a statement the text as it is written.</param>
/// <param name="Values">Values of its parameters, in order.</param>
public sealed record Command(ScriptUnit Unit, CommandPurpose Purpose, string Text, params IReadOnlyList<object?> Values)
{
    /// <summary>The statement of the script that it is or belongs to.</summary>
    public ScriptStatement? Statement { get; init; }

    /// <summary>Where the entry of the statement is made that it is, when that runs outside a transaction.</summary>
    public EntryPlace? Place { get; init; }

    /// <summary>Whether it is a statement of which only the database can tell what became of it: it is in no transaction.</summary>
    public bool IsAlone { get; init; }

    /// <summary>Whether an attempt at the statement was made before, in this run or in an earlier one.</summary>
    public bool IsAgain { get; init; }

    /// <summary>Whether its rows are the history, by which a claim is decided that comes next.</summary>
    public bool ReadsHistory { get; init; }

    /// <summary>Whether another run was faster when it changes no row.</summary>
    public bool DemandsRow { get; init; }

    /// <summary>Whether it is the last of those that belong to one statement, to the claim or to the end: what comes next may depend on how it went.</summary>
    public bool EndsStep { get; init; }

    /// <summary>Whether it prepares the session for the script's statements.</summary>
    internal bool IsPreparation { get; init; }

    /// <summary>What it means for the journal when it is done.</summary>
    internal Mark? Mark { get; init; }
}

/// <summary>So many statements were applied.</summary>
/// <param name="Number">How many.</param>
/// <param name="Checksum">The checksum of their tokens.</param>
/// <param name="IsEntered">Whether an entry says so.</param>
internal sealed record Mark(int Number, string Checksum, bool IsEntered);

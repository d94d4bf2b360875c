using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Engine.Execution;

/// <summary>
/// How a run is said to an SQL database: the frames around scripts and statements, and the history. The same run is said in another
/// way to the client program that runs the script of a dry run.
/// </summary>
/// <param name="history">How the history is said.</param>
public class CommandLanguage(SqlHistory history)
{
    /// <summary>How the history is said.</summary>
    public SqlHistory History => history;

    /// <summary>
    /// What the row of a migration in a transaction says until it is completed: <see cref="HistoryStatus.Running"/> where the
    /// transaction may be ended by something that cannot be seen from outside.
    /// </summary>
    public virtual HistoryStatus ClaimStatus => HistoryStatus.Applied;

    /// <summary>Whether only the server knows of some statements that no transaction can hold them.</summary>
    public virtual bool MayRefuseTransaction => false;

    /// <summary>Begins a transaction that may write.</summary>
    public virtual string Begin => "BEGIN";

    /// <summary>Commits it.</summary>
    public virtual string Commit => "COMMIT";

    /// <summary>The commands of a part of the frame.</summary>
    /// <param name="unit">What is framed.</param>
    /// <param name="part">The part.</param>
    public virtual IEnumerable<FrameCommand> Frame(ScriptUnit unit, FramePart part) => part switch
    {
        FramePart.Begin or FramePart.BeginClaim or FramePart.BeginStatement => [Begin],
        FramePart.Commit or FramePart.EndClaim or FramePart.EndStatement => [new FrameCommand(Commit, CommandPurpose.Commit)],
        _ => [],
    };

    /// <summary>Follows the statements of a script outside a transaction.</summary>
    public virtual Journal CreateJournal() => new();

    /// <summary>Reads the history in the transaction that claims a rollback, so that it stays as it is until the end.</summary>
    public virtual string SelectForClaim => History.Select;

    /// <summary>Claims a rollback in one statement, which finds the row of a migration that is applied and the newest; <see langword="null"/> where the history is read first.</summary>
    /// <param name="rollback">The rollback.</param>
    public virtual SqlText? ClaimNewest(RollbackScript rollback) => null;

    /// <summary>What is recorded when a script is done, with what belongs to that besides our own history.</summary>
    /// <param name="unit">What is done.</param>
    /// <param name="record">The record of our own history.</param>
    public virtual IEnumerable<FrameCommand> Record(ScriptUnit unit, SqlText record)
    {
        ArgumentNullException.ThrowIfNull(record);
        return [new FrameCommand(record.Text, CommandPurpose.Record) { Values = record.Values }];
    }
}

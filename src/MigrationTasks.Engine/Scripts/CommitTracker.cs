namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// Follows a script that has transactions of its own, and tells whether it matters where they end: one transaction around all of
/// the script can take their place only where it does not.
/// </summary>
public abstract class CommitTracker
{
    /// <summary>Whether a statement would do something else, or fail, if the transactions before it were not committed yet.</summary>
    public bool Matters { get; protected set; }

    /// <summary>Takes in the next statement; those that begin and end transactions are not among them.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="isInTransaction">Whether it stands in a transaction of the script.</param>
    public abstract void Pass(ScriptStatement statement, bool isInTransaction);

    /// <summary>What was taken in until now would be committed here.</summary>
    public virtual void Commit()
    {
    }

    /// <summary>For a database where it never matters.</summary>
    internal sealed class None : CommitTracker
    {
        /// <inheritdoc/>
        public override void Pass(ScriptStatement statement, bool isInTransaction)
        {
        }
    }
}

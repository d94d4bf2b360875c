using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Execution;

/// <summary>Where the entry of a statement is made that runs outside a transaction.</summary>
public enum EntryPlace
{
    /// <summary>In one transaction with the statement: neither is there without the other.</summary>
    Together,

    /// <summary>Ahead of the statement, which commits both.</summary>
    Ahead,

    /// <summary>After the statement, by itself; until it is made, the statement was applied without.</summary>
    Behind,

    /// <summary>After the statement, and that of the statement before ahead of it: it commits what is open, and only then does what it does, or fails.</summary>
    BehindBoth,

    /// <summary>With that of the statement that ends the script's own transaction: before that, neither counts.</summary>
    AtEnd,

    /// <summary>With that of the statement after which the session may use all tables again.</summary>
    AtUnlock,
}

/// <summary>
/// Follows the statements of a script outside a transaction, and alone decides where the entry of each is made: for the run, for the
/// next one that continues after it, and for the script of a dry run.
/// </summary>
public class Journal
{
    private readonly OwnTransaction _transaction = new();
    private bool _isLocked;
    private bool _mayHoldBack;

    /// <summary>Where the entry of a statement is made that comes next.</summary>
    /// <param name="statement">The statement.</param>
    public EntryPlace PlaceOf(ScriptStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        if (_isLocked || LocksTables(statement))
        {
            // The history is not among the tables that the session may use now.
            return UnlocksTables(statement) ? EntryPlace.Behind : EntryPlace.AtUnlock;
        }

        if (_transaction.IsCommittedBy(statement))
        {
            return statement.Kind == StatementKind.CommitsImplicitly ? EntryPlace.BehindBoth : EntryPlace.Ahead;
        }

        if (_transaction.IsOpen || _transaction.IsOpenedBy(statement))
        {
            return _transaction.IsEndedBy(statement) ? EntryPlace.Behind : EntryPlace.AtEnd;
        }

        return MayShareTransaction(statement) ? EntryPlace.Together : EntryPlace.Behind;
    }

    /// <summary>Whether a statement that comes next is in no transaction, nor opens one: what became of it only the database can tell.</summary>
    /// <param name="statement">The statement.</param>
    public bool IsAlone(ScriptStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return !MayShareTransaction(statement) && !_transaction.IsOpenedBy(statement);
    }

    /// <summary>Whether an entry by itself has to be committed, because the script may have kept it from being so at once.</summary>
    /// <param name="statement">The statement that comes next.</param>
    public bool MustCommitEntry(ScriptStatement statement) => _mayHoldBack || MayHoldBackCommits(statement);

    /// <summary>Takes in a statement.</summary>
    /// <param name="statement">The statement.</param>
    public void Pass(ScriptStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        _transaction.Pass(statement);
        _mayHoldBack |= MayHoldBackCommits(statement);
        _isLocked = LocksTables(statement) || (_isLocked && !UnlocksTables(statement));
    }

    /// <summary>Whether a statement does in a transaction with its entry what it does alone.</summary>
    /// <param name="statement">The statement.</param>
    protected virtual bool MayShareTransaction(ScriptStatement statement) => statement is { CanShareTransaction: true };

    /// <summary>Whether the session may use only the tables that a statement names, from then on.</summary>
    /// <param name="statement">The statement.</param>
    protected virtual bool LocksTables(ScriptStatement statement) => false;

    /// <summary>Whether the session may use all tables again after a statement.</summary>
    /// <param name="statement">The statement.</param>
    protected virtual bool UnlocksTables(ScriptStatement statement) => true;

    /// <summary>Whether what comes after a statement may not be committed by itself.</summary>
    /// <param name="statement">The statement.</param>
    protected virtual bool MayHoldBackCommits(ScriptStatement statement) => false;
}

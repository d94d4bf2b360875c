using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.MySql;

/// <summary>Where the journal's entry of a statement is made.</summary>
internal enum JournalPlace
{
    /// <summary>Behind the statement; until it is made, the statement stands without.</summary>
    Behind,

    /// <summary>In one transaction with the statement.</summary>
    Together,

    /// <summary>Ahead of the statement, which commits both.</summary>
    Ahead,

    /// <summary>Behind the statement, and that of the one before ahead of it: it commits what is open, and only then does what it does, or fails.</summary>
    BehindBoth,

    /// <summary>With that of the statement that ends the script's own transaction: before, neither stands.</summary>
    AtEnd,

    /// <summary>With that of the statement that unlocks tables; until it is made, the statement stands without.</summary>
    AtUnlock,
}

/// <summary>What is sent for a statement of a script outside a transaction.</summary>
internal enum JournalCommand
{
    /// <summary>A transaction begins.</summary>
    Begin,

    /// <summary>The entry of the statement before, in the script's own transaction.</summary>
    EntryBefore,

    /// <summary>The entry, in the transaction that the statement is in or commits.</summary>
    Entry,

    /// <summary>The entry, by itself.</summary>
    EntryAlone,

    /// <summary>The statement.</summary>
    Statement,

    /// <summary>The transaction ends.</summary>
    Commit,

    /// <summary>The entry is committed: the script may have kept it from being so by itself.</summary>
    CommitEntry,
}

/// <summary>Follows the statements of a script outside a transaction, and tells where the journal's entry of each is made.</summary>
internal sealed class JournalPlaces
{
    private readonly OwnTransaction _transaction = new();
    private bool _hasTableLocks;
    private bool _mayHoldBack;

    /// <summary>What is sent for a statement, in order.</summary>
    public IReadOnlyList<JournalCommand> CommandsFor(ScriptStatement statement) => CommandsAt(Of(statement)) switch
    {
        [.., JournalCommand.EntryAlone] commands when _mayHoldBack || StatementText.MayHoldBackCommits(statement) => [.. commands, JournalCommand.CommitEntry],
        var commands => commands,
    };

    private static IReadOnlyList<JournalCommand> CommandsAt(JournalPlace place) => place switch
    {
        JournalPlace.Together => [JournalCommand.Begin, JournalCommand.Statement, JournalCommand.Entry, JournalCommand.Commit],
        JournalPlace.Ahead => [JournalCommand.Entry, JournalCommand.Statement],
        JournalPlace.BehindBoth => [JournalCommand.EntryBefore, JournalCommand.Statement, JournalCommand.EntryAlone],
        JournalPlace.Behind => [JournalCommand.Statement, JournalCommand.EntryAlone],
        _ => [JournalCommand.Statement],
    };

    /// <summary>Where the entry of a statement is made that comes next.</summary>
    public JournalPlace Of(ScriptStatement statement)
    {
        if (_hasTableLocks || StatementText.LocksTables(statement.Text))
        {
            // The history is not among the tables that the session may use now.
            return StatementText.EndsTableLocks(statement) ? JournalPlace.Behind : JournalPlace.AtUnlock;
        }

        if (_transaction.IsCommittedBy(statement))
        {
            return statement.Kind == StatementKind.CommitsImplicitly ? JournalPlace.BehindBoth : JournalPlace.Ahead;
        }

        if (_transaction.IsOpen || _transaction.IsOpenedBy(statement))
        {
            return _transaction.IsEndedBy(statement) ? JournalPlace.Behind : JournalPlace.AtEnd;
        }

        return statement is { Kind: StatementKind.Ordinary, CanShareTransaction: true } ? JournalPlace.Together : JournalPlace.Behind;
    }

    /// <summary>Takes in a statement.</summary>
    public void Pass(ScriptStatement statement)
    {
        _transaction.Pass(statement);
        _mayHoldBack |= StatementText.MayHoldBackCommits(statement);
        _hasTableLocks = StatementText.LocksTables(statement.Text) || (_hasTableLocks && !StatementText.EndsTableLocks(statement));
    }

    /// <summary>Whether a statement that comes next is in no transaction, nor opens one.</summary>
    public bool IsAlone(ScriptStatement statement) =>
        statement is not { Kind: StatementKind.Ordinary, CanShareTransaction: true } && !_transaction.IsOpenedBy(statement);
}

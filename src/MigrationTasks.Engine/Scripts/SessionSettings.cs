namespace MigrationTasks.Engine.Scripts;

/// <summary>Gathers what the statements of a script outside a transaction leave in their session.</summary>
internal sealed class SessionSettings
{
    private readonly List<ScriptStatement> _settings = [];
    private readonly List<ScriptStatement> _uncommitted = [];
    private ScriptStatement? _lock;

    /// <summary>The statements that set something, in order, and the one that has locked tables.</summary>
    public IReadOnlyList<ScriptStatement> Settings => _lock is null ? _settings : [.. _settings, _lock];

    /// <summary>The first statement whose effect goes with the session and cannot be repeated.</summary>
    public ScriptStatement? Lost { get; private set; }

    /// <summary>Takes in a statement.</summary>
    /// <param name="statement">The statement.</param>
    /// <param name="transaction">The script's own transactions, as they are before it.</param>
    public void Pass(ScriptStatement statement, OwnTransaction transaction)
    {
        ArgumentNullException.ThrowIfNull(statement);
        ArgumentNullException.ThrowIfNull(transaction);
        if (transaction.IsOpen && (statement.Kind == StatementKind.TransactionControl || transaction.IsCommittedBy(statement)))
        {
            // What is rolled back takes its settings with it.
            _settings.AddRange(transaction.IsCommittedBy(statement) ? _uncommitted : []);
            _uncommitted.Clear();
            return;
        }

        switch (statement.SessionEffect)
        {
            case SessionEffect.Setting:
                (transaction.IsOpen ? _uncommitted : _settings).Add(statement);
                break;
            case SessionEffect.Locks:
                _lock = statement;
                break;
            case SessionEffect.Unlocks:
                _lock = null;
                break;
            case SessionEffect.Temporary:
                Lost ??= statement;
                break;
        }
    }
}

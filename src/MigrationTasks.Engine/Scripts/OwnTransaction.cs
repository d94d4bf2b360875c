namespace MigrationTasks.Engine.Scripts;

/// <summary>Follows the transactions that a script opens itself when it runs outside one.</summary>
public sealed class OwnTransaction
{
    private string? _savepoint;
    private bool _isAlwaysOpen;

    /// <summary>The statement that opened the transaction which is open; <see langword="null"/> when none is.</summary>
    public ScriptStatement? Opening { get; private set; }

    /// <summary>Whether one is open.</summary>
    public bool IsOpen => Opening is not null;

    /// <summary>Whether a statement, run now, would open one.</summary>
    /// <param name="statement">The statement.</param>
    public bool IsOpenedBy(ScriptStatement statement) => !IsOpen && OpeningAfter(statement) is not null;

    /// <summary>Whether a statement, run now, would end the one that is open, in whichever way.</summary>
    /// <param name="statement">The statement.</param>
    public bool IsEndedBy(ScriptStatement statement) => IsOpen && OpeningAfter(statement) is null;

    /// <summary>Whether a statement, run now, would commit the one that is open, even if another one follows at once.</summary>
    /// <param name="statement">The statement.</param>
    public bool IsCommittedBy(ScriptStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return IsOpen && (statement.Kind is StatementKind.TransactionEnd or StatementKind.CommitsImplicitly
            || (statement.Kind == StatementKind.TransactionControl && StartsWith(statement, "COMMIT", "END"))
            || Releases(statement));
    }

    /// <summary>Takes in a statement that was run.</summary>
    /// <param name="statement">The statement.</param>
    public void Pass(ScriptStatement statement)
    {
        Opening = OpeningAfter(statement);
        _isAlwaysOpen = IsSet(statement) ? IsOpen : _isAlwaysOpen;
        _savepoint = Opening == statement && StartsWith(statement, "SAVEPOINT") ? NameIn(statement) : IsOpen ? _savepoint : null;
    }

    private ScriptStatement? OpeningAfter(ScriptStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        return statement.Kind switch
        {
            StatementKind.TransactionStart => statement,
            StatementKind.TransactionEnd or StatementKind.CommitsImplicitly => null,
            StatementKind.TransactionControl when Opens(statement) => statement,
            StatementKind.TransactionControl when Chains(statement) => Opening,
            StatementKind.TransactionControl => null,
            _ when Releases(statement) => null,
            _ when !IsOpen && (StartsWith(statement, "SAVEPOINT") || (_isAlwaysOpen && statement.SessionEffect == SessionEffect.None)) => statement,
            _ => Opening,
        };
    }

    // BEGIN and START with options open a transaction, so does SET autocommit = 0, … AND CHAIN opens the next one, and all else
    // ends it.
    private static bool Opens(ScriptStatement control) => StartsWith(control, "BEGIN", "START", "SET");

    // From SET autocommit = 0 on, and until it is 1 again, the next statement opens the next transaction.
    private static bool IsSet(ScriptStatement statement) =>
        statement.Kind is StatementKind.TransactionControl or StatementKind.CommitsImplicitly && StartsWith(statement, "SET");

    private static bool Chains(ScriptStatement control) =>
        control.Text.TrimEnd().EndsWith("CHAIN", StringComparison.OrdinalIgnoreCase)
        && !control.Text.Contains("NO", StringComparison.OrdinalIgnoreCase);

    // Where a savepoint opens a transaction, as in SQLite, its release commits it.
    private bool Releases(ScriptStatement statement) =>
        _savepoint is not null && StartsWith(statement, "RELEASE") && NameIn(statement).Equals(_savepoint, StringComparison.OrdinalIgnoreCase);

    private static string NameIn(ScriptStatement savepoint) => savepoint.Text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)[^1];

    private static bool StartsWith(ScriptStatement statement, params ReadOnlySpan<string> words)
    {
        foreach (var word in words)
        {
            if (statement.FirstWords.StartsWith(word, StringComparison.Ordinal))
            {
                return true;
            }
        }

        return false;
    }
}

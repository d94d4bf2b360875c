using MigrationTasks.Engine.Diagnostics;

namespace MigrationTasks.Engine.Scripts;

/// <summary>
/// The transactions that a script has written down, as generated ones do (<c>sqlite3 .dump</c>, <c>dotnet ef migrations script</c>),
/// and what becomes of them: one transaction around all of it takes their place where it does not matter where they end, so that
/// the script is applied whole or not at all. Where it matters they stay what they are, and the script runs outside of one.
/// </summary>
internal sealed class TransactionShape
{
    private readonly ScriptLanguage _language;
    private readonly CommitTracker _commits;
    private bool _isOpen;
    private bool _hasOwn;
    private bool _hasUnknownControl;
    private bool _hasStarted;
    private bool _needsOutside;

    private TransactionShape(ScriptLanguage language) => (_language, _commits) = (language, language.CreateCommitTracker());

    /// <summary>Whether one transaction cannot take the place of those that the script has.</summary>
    public bool KeepsOwn => _language.StatementsDecideTransaction
        ? HasOutsideTransaction || (_hasOwn && _commits.Matters)
        : _hasOwn && !_hasUnknownControl && !_isOpen && (_needsOutside || _commits.Matters);

    /// <summary>Whether a statement of it cannot run in a transaction.</summary>
    public bool HasOutsideTransaction { get; private set; }

    /// <summary>How the script's first transaction begins, where it does not do so by default, such as <c>ISOLATION LEVEL SERIALIZABLE</c>.</summary>
    public string? Modes { get; private set; }

    /// <summary>Whether nothing of the script is about transactions, so that any rule lets all of it pass.</summary>
    public bool IsPlain { get; private set; } = true;

    private bool IsDecided => _language.StatementsDecideTransaction && HasOutsideTransaction;

    /// <summary>Reads a script to its end, or until it is decided; what cannot be read counts as if it was not there.</summary>
    /// <param name="language">What it is written in.</param>
    /// <param name="read">Reads the statements.</param>
    public static TransactionShape Of(ScriptLanguage language, Func<IEnumerable<ScriptStatement>> read)
    {
        var shape = new TransactionShape(language);
        try
        {
            foreach (var _ in shape.Watch(read()).TakeWhile(_ => !shape.IsDecided))
            {
                // Reading is all.
            }

            return shape;
        }
        catch (MigrationException)
        {
            // Whoever reads the statements to run them is told what is wrong.
            return new TransactionShape(language);
        }
    }

    /// <summary>Passes the statements of a script on, and knows its shape when all of them are out.</summary>
    /// <param name="language">What it is written in.</param>
    /// <param name="statements">The script.</param>
    /// <param name="shape">The shape.</param>
    public static IEnumerable<ScriptStatement> Watch(ScriptLanguage language, IEnumerable<ScriptStatement> statements, out TransactionShape shape)
    {
        shape = new TransactionShape(language);
        return shape.Watch(statements);
    }

    private IEnumerable<ScriptStatement> Watch(IEnumerable<ScriptStatement> statements)
    {
        foreach (var statement in statements)
        {
            if (statement.Kind != StatementKind.Empty)
            {
                Pass(statement);
            }

            yield return statement;
        }
    }

    private void Pass(ScriptStatement statement)
    {
        IsPlain &= statement.Kind is StatementKind.Ordinary or StatementKind.NeedsTransaction or StatementKind.CopyFromStdin;
        HasOutsideTransaction |= statement.IsOutsideTransaction;
        if (statement.TransactionModes is { } modes)
        {
            PassModes(statement, modes);
            return;
        }

        switch (statement.Kind)
        {
            case StatementKind.TransactionStart:
                Begin();
                break;
            case StatementKind.TransactionEnd:
                _hasUnknownControl |= !_isOpen && !_language.IgnoresEndWithoutStart;
                _hasOwn = true;
                _isOpen = false;
                _commits.Commit();
                break;
            case StatementKind.TransactionControl:
                _hasUnknownControl = true;
                break;
            default:
                PassOther(statement);
                break;
        }
    }

    private void Begin()
    {
        _hasUnknownControl |= _isOpen;
        (_isOpen, _hasOwn) = (true, true);
        _commits.Commit();
    }

    // They hold for one transaction: where they come first, for that which takes the place of all.
    private void PassModes(ScriptStatement statement, string modes)
    {
        IsPlain = false;
        if (statement.Kind == StatementKind.TransactionControl)
        {
            Begin();
        }

        if (_hasStarted)
        {
            _needsOutside = true;
        }
        else
        {
            Modes = Modes is null ? modes : $"{Modes}, {modes}";
        }
    }

    private void PassOther(ScriptStatement statement)
    {
        _hasStarted = _hasStarted || statement.SessionEffect != SessionEffect.Setting;
        _needsOutside |= statement.IsOutsideTransaction && !_isOpen;
        _commits.Pass(statement, _isOpen);
        if (!_isOpen)
        {
            _commits.Commit();
        }
    }
}

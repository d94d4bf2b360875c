using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Migrations;

/// <summary>What a run executes as one piece: a migration, or what undoes one.</summary>
public abstract class MigrationScript
{
    private readonly Lazy<bool> _isEmpty;

    /// <summary>Creates the script.</summary>
    /// <param name="name">The migration's name.</param>
    /// <param name="language">What it is written in.</param>
    protected MigrationScript(string name, ScriptLanguage language)
    {
        Name = name;
        Language = language;
        _isEmpty = new(() => HasNoStatement(ReadAll));
    }

    /// <summary>The migration's name: its identity in the history.</summary>
    public string Name { get; }

    /// <summary>What it is written in.</summary>
    public ScriptLanguage Language { get; }

    /// <summary>
    /// Whether it has no statement but such as begin or end a transaction; what cannot be read counts as if it had one. It is read up to its first statement for it, once.
    /// </summary>
    public bool IsEmpty => _isEmpty.Value;

    /// <summary>Whether it runs in one transaction.</summary>
    public abstract bool IsTransactional { get; }

    /// <summary>Whether its header says that it runs outside a transaction (<c>-- Transaction: none</c>), whatever its statements allow.</summary>
    public abstract bool RefusesTransaction { get; }

    /// <summary>Whether it runs outside a transaction, or does so on some servers.</summary>
    public bool MayRunOutsideTransaction => !IsTransactional || Language.ServerDecidesTransaction;

    /// <summary>How its transaction begins, where it says so itself (<c>BEGIN ISOLATION LEVEL …</c>, <c>SET TRANSACTION …</c>); <see langword="null"/> for the database's default.</summary>
    public virtual string? TransactionModes => null;

    /// <summary>
    /// How long one of its statements waits for a lock that somebody else holds; <see cref="TimeSpan.Zero"/> for as long as it
    /// takes, <see langword="null"/> when the script does not say.
    /// </summary>
    public abstract TimeSpan? LockTimeout { get; }

    /// <summary>Where it stands as a whole; its file is also that of its statements.</summary>
    public abstract SourceLocation Location { get; }

    /// <summary>Reads the statements to run, in order, without empty ones and, when it runs in one transaction, without each BEGIN and COMMIT of its own.</summary>
    /// <exception cref="MigrationException">
    /// MIG2003 to MIG2009 where the text cannot be split or may not run; MIG2013 when the file cannot be read.
    /// </exception>
    public abstract IEnumerable<ScriptStatement> ReadStatements();

    /// <summary>Reads the statements in the same way, each with the checksum of the tokens from the first one up to it.</summary>
    /// <exception cref="MigrationException">As <see cref="ReadStatements"/>.</exception>
    public IEnumerable<(ScriptStatement Statement, string Checksum)> ReadWithChecksums()
    {
        // Rows that follow a statement can be read once only: those that go into the checksum are of another reading.
        using var checksum = new TokenChecksum();
        using var watched = checksum.Watch(ReadStatements()).GetEnumerator();
        foreach (var statement in ReadStatements())
        {
            watched.MoveNext();
            yield return (statement, checksum.SoFar());
        }
    }

    /// <summary>Turns a place in the text of the statements into the place that the author knows.</summary>
    /// <param name="place">The place in the text, as a statement tells it.</param>
    public virtual SourceLocation Locate(SourceLocation place) => place;

    /// <inheritdoc/>
    public sealed override string ToString() => Name;

    /// <summary>Reads all statements as they are written, empty ones and transaction control too.</summary>
    private protected virtual IEnumerable<ScriptStatement> ReadAll() => ReadStatements();

    // Whoever reads the statements to run them is told what is wrong with them.
    private protected static bool HasNoStatement(Func<IEnumerable<ScriptStatement>> read)
    {
        try
        {
            return read().All(statement => statement.Kind is StatementKind.Empty or StatementKind.TransactionStart or StatementKind.TransactionEnd);
        }
        catch (MigrationException)
        {
            return false;
        }
    }
}

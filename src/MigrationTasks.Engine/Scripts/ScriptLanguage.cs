using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts.Headers;
using MigrationTasks.Engine.Scripts.OwnTables;

namespace MigrationTasks.Engine.Scripts;

/// <summary>What a database's migration files are written in: how to tell one statement from the next.</summary>
public abstract class ScriptLanguage
{
    /// <summary>How the names of its files end, with the dot, such as <c>.sql</c>.</summary>
    public abstract string FileExtension { get; }

    /// <summary>
    /// Reads a script statement by statement. Statements come out as soon as they are read; memory is bounded by the
    /// longest statement, not by the file.
    /// </summary>
    /// <param name="text">The script; the caller disposes it.</param>
    /// <param name="file">The file's path, for error messages only.</param>
    /// <param name="placeholders">What stands for the placeholders in it; they are replaced before the script is split.</param>
    /// <exception cref="MigrationException">
    /// MIG2004 (never closed), MIG2005 (NUL character) or MIG2006 (client command), at its place; thrown when the
    /// enumeration gets there.
    /// </exception>
    public abstract IEnumerable<ScriptStatement> ReadStatements(TextReader text, string? file, Placeholders placeholders);

    /// <summary>Reads a script statement by statement, as it is written.</summary>
    /// <inheritdoc cref="ReadStatements(TextReader, string?, Placeholders)"/>
    public IEnumerable<ScriptStatement> ReadStatements(TextReader text, string? file) => ReadStatements(text, file, Placeholders.None);

    /// <summary>
    /// Whether the statements of a script decide whether it runs in one transaction, where its header does not: it does not when
    /// one of them cannot (<see cref="StatementKind.CommitsImplicitly"/>, <see cref="StatementKind.NeedsNoTransaction"/>). Where
    /// this is <see langword="false"/>, a script says so itself, and such a statement in it is an error until it does.
    /// </summary>
    public virtual bool StatementsDecideTransaction => false;

    /// <summary>
    /// Whether the server decides too: a script that fits in a transaction runs outside of one where the server has none, and goes
    /// on behind the statements that stand when it failed there.
    /// </summary>
    public virtual bool ServerDecidesTransaction => false;

    /// <summary>Whether a <c>COMMIT</c> where no transaction is open does nothing, so that a script that has one by itself may run without it.</summary>
    protected internal virtual bool IgnoresEndWithoutStart => false;

    /// <summary>Follows a script that has transactions of its own.</summary>
    protected internal virtual CommitTracker CreateCommitTracker() => new CommitTracker.None();

    /// <summary>
    /// Reads how a transaction shall be that a statement begins, or that it gives this to where it comes first, such as
    /// <c>ISOLATION LEVEL SERIALIZABLE</c>; <see langword="null"/> when the statement says nothing about it.
    /// </summary>
    /// <param name="text">The statement's text.</param>
    protected internal virtual string? TransactionModesOf(string text) => null;

    /// <summary>
    /// Follows a script that could drop, empty, rename or bring the tables in which MigrationTasks keeps what is applied;
    /// <see langword="null"/> when the language cannot tell, and the script runs as it is.
    /// </summary>
    /// <param name="tables">The tables.</param>
    protected internal virtual OwnTableWatch? WatchOwnTables(OwnTableSet tables) => null;

    /// <summary>Puts the values of placeholders into a script or a part of one, in the way that is right for the language.</summary>
    /// <param name="text">The text.</param>
    /// <param name="placeholders">The placeholders.</param>
    public virtual string Replace(string text, Placeholders placeholders)
    {
        ArgumentNullException.ThrowIfNull(placeholders);
        return placeholders.Replace(text);
    }

    /// <summary>What a rollback holds that has nothing to do, for messages.</summary>
    public abstract string NothingToDo { get; }

    /// <summary>The text of a new migration: its header, and no statement yet.</summary>
    /// <param name="title">What it does, in words.</param>
    /// <param name="created">The day.</param>
    public abstract string StartFile(string title, DateOnly created);

    /// <summary>Reads what the top of a script says about it, and as little as possible of what comes after.</summary>
    /// <param name="text">The script, or as much of its beginning as is at hand.</param>
    /// <param name="file">The file's path, for error messages only.</param>
    /// <param name="isCut">Whether the script goes on behind the text.</param>
    /// <returns>What it says; <see langword="null"/> when the text is cut, and what is missing could be more of the header.</returns>
    /// <exception cref="MigrationException">The header cannot be read.</exception>
    public abstract MigrationHeader? ReadHeader(TextReader text, string? file, bool isCut);

    /// <summary>Reads the header of a script that is all at hand.</summary>
    /// <param name="text">The script.</param>
    /// <param name="file">The file's path, for error messages only.</param>
    /// <exception cref="MigrationException">The header cannot be read.</exception>
    internal MigrationHeader ReadHeader(string text, string? file)
    {
        using var reader = new StringReader(text);
        return ReadHeader(reader, file, isCut: false)!;
    }

    /// <summary>Names a statement for messages by its first words, such as <c>CREATE INDEX CONCURRENTLY</c>.</summary>
    /// <param name="text">The statement's text.</param>
    protected internal abstract string Summarize(string text);

    /// <summary>Takes what counts of a statement into a checksum: all of its text, where the language does not know better.</summary>
    /// <param name="text">The statement's text as written.</param>
    /// <param name="checksum">The checksum.</param>
    protected internal virtual void AppendTokens(string text, TokenChecksum checksum)
    {
        ArgumentNullException.ThrowIfNull(checksum);
        checksum.Append(text);
        checksum.EndToken();
    }

    /// <summary>Tells whether an ordinary statement does in a transaction, together with others, what it does alone.</summary>
    /// <param name="text">The statement's text.</param>
    protected internal virtual bool CanShareTransaction(string text) => true;

    /// <summary>Tells what a statement does to the session that it runs in.</summary>
    /// <param name="text">The statement's text.</param>
    protected internal virtual SessionEffect SessionEffectOf(string text) => SessionEffect.None;

    /// <summary>
    /// Finds the quoted source of the function or block that a statement defines; <see langword="null"/> when there is
    /// none, or when its text cannot be matched to the file character by character.
    /// </summary>
    /// <param name="text">The statement's text.</param>
    protected internal virtual QuotedBody? FindBody(string text) => null;
}

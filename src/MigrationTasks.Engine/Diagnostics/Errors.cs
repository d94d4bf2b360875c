namespace MigrationTasks.Engine.Diagnostics;

/// <summary>
/// Every problem that MigrationTasks reports, one method a code. MIG1xxx is configuration, MIG2xxx migration files,
/// MIG3xxx the history, MIG4xxx the database. Each message says what is wrong and what to do next.
/// </summary>
/// <remarks>MIG1001 and MIG1002 (MSBuild or the SDK is too old) are raised by <c>MigrationTasks.targets</c>.</remarks>
public static class Errors
{
    // MIG2xxx: migration files

    /// <summary>MIG2003: bytes that are not UTF-8.</summary>
    /// <param name="location">Where the first of them stands.</param>
    /// <param name="encoding">What the file is written in, if it says so, such as <c>UTF-16</c>.</param>
    public static MigrationException NotUtf8(SourceLocation location, string? encoding = null) => Error(
        "MIG2003",
        encoding is null ? "The file is not valid UTF-8 here: save it as UTF-8." : $"The file is {encoding}: save it as UTF-8.",
        location);

    /// <summary>MIG2004: a quote, comment, body or parenthesis is opened and never closed.</summary>
    /// <param name="location">Where it opens.</param>
    /// <param name="construct">What is open, such as <c>string literal</c>.</param>
    /// <param name="closing">What would close it, such as <c>'</c>.</param>
    public static MigrationException Unterminated(SourceLocation location, string construct, string closing) =>
        Error("MIG2004", $"This {construct} is never closed: add the missing {closing}.", location);

    /// <summary>MIG2005: the text holds a NUL character, which no database accepts in a script.</summary>
    /// <param name="location">Where it stands.</param>
    public static MigrationException NulCharacter(SourceLocation location) =>
        Error("MIG2005", "The file holds a NUL character here. Remove it; if the file is UTF-16, save it as UTF-8.", location);

    /// <summary>MIG2006: a command of an interactive client, which no server understands.</summary>
    /// <param name="location">Where it stands.</param>
    /// <param name="command">The command, such as <c>\i</c>.</param>
    /// <param name="client">Whose it is, such as <c>psql</c>.</param>
    public static MigrationException ClientCommand(SourceLocation location, string command, string client) =>
        Error("MIG2006", $"{PlainText.Of(command)} is a command of the {client} program, not SQL. Write what it does as SQL, or remove it.", location);

    /// <summary>MIG2007: a statement that would end or start the transaction a migration runs in.</summary>
    /// <param name="location">Where the statement starts.</param>
    /// <param name="statement">Its first words, such as <c>COMMIT</c>.</param>
    public static MigrationException TransactionControl(SourceLocation location, string statement) =>
        Error("MIG2007", $"{PlainText.Of(statement)} is not allowed here: a migration runs in a transaction of its own, so that it is applied whole or not at all. Remove it, or put '-- Transaction: none' at the top of the file and let the file manage its own.", location);

    /// <summary>MIG2008: a statement that the database refuses inside a transaction.</summary>
    /// <param name="location">Where the statement starts.</param>
    /// <param name="statement">Its first words, such as <c>CREATE INDEX CONCURRENTLY</c>.</param>
    public static MigrationException NeedsNoTransaction(SourceLocation location, string statement) =>
        Error("MIG2008", $"{PlainText.Of(statement)} cannot run inside a transaction. Move it to a migration of its own with '-- Transaction: none' at the top.", location);

    /// <summary>MIG2009: data lines of COPY … FROM stdin, which only a client program can send.</summary>
    /// <param name="location">Where the statement starts.</param>
    public static MigrationException CopyFromStdin(SourceLocation location) =>
        Error("MIG2009", "COPY … FROM stdin takes its rows from a client program. Write the rows as INSERT statements (pg_dump --inserts does).", location);

    private static MigrationException Error(string code, string message, SourceLocation location, Exception? cause = null) =>
        new(new Diagnostic(DiagnosticSeverity.Error, code, message, location), cause);
}

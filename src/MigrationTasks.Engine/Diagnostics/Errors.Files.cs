namespace MigrationTasks.Engine.Diagnostics;

/// <content>MIG2xxx: migration files.</content>
internal static partial class Errors
{
    /// <summary>MIG2001: a migration's file name has no version.</summary>
    /// <param name="path">The file.</param>
    public static Diagnostic FileName(string path) =>
        Problem("MIG2001", $"A migration is named <version>_<name>, with a version of digits: 001_create_users.sql; a repeatable one is named R__<name>: R__reports.sql. Rename this file, or move it out of the migrations folder. Another tool's files belong into a folder of their own, such as old_migrations, from which ours are written by: {ImportFiles} -p:MigrateImportFolder=old_migrations", new SourceLocation(path));

    /// <summary>MIG2002: two files have the same version.</summary>
    /// <param name="path">The second file.</param>
    /// <param name="other">The first file's name.</param>
    public static Diagnostic DuplicateVersion(string path, string other) =>
        Problem("MIG2002", $"{PlainText.Of(Path.GetFileName(path))} has the same version as {PlainText.Of(other)}. Give one of them the next free version.", new SourceLocation(path));

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
        Error("MIG2007", $"{PlainText.Of(statement)} is not allowed here: a migration runs in a transaction of its own, so that it is applied whole or not at all; it may contain a BEGIN with its COMMIT. Remove this, or put '-- Transaction: none' at the top of the file and let the file manage its own.", location);

    /// <summary>MIG2008: a statement that the database refuses inside a transaction.</summary>
    /// <param name="location">The statement.</param>
    /// <param name="statement">Its first words.</param>
    /// <param name="advice">What to do about it; <see langword="null"/> for what is right in a migration.</param>
    public static MigrationException NeedsNoTransaction(SourceLocation location, string statement, string? advice = null) =>
        Error("MIG2008", $"{PlainText.Of(statement)} cannot run inside a transaction. {(advice is null ? "Move it to a migration of its own with '-- Transaction: none' at the top." : PlainText.Of(advice))}", location);

    /// <summary>MIG2008: such a statement, between a BEGIN and a COMMIT of the file itself.</summary>
    /// <param name="location">Where the statement starts.</param>
    /// <param name="statement">Its first words.</param>
    /// <param name="opening">The statement that began the transaction, such as <c>BEGIN</c>.</param>
    /// <param name="line">The line of that.</param>
    public static MigrationException NeedsNoTransactionAround(SourceLocation location, string statement, string opening, int line) =>
        Error("MIG2008", $"{PlainText.Of(statement)} cannot run inside a transaction, and {PlainText.Of(opening)} in line {line} begins one. Move it after the COMMIT.", location);

    /// <summary>MIG2009: COPY … FROM stdin for a database that has no such statement.</summary>
    /// <param name="location">Where the statement starts.</param>
    public static MigrationException CopyFromStdin(SourceLocation location) =>
        CopyRefused(location, "COPY is a statement of PostgreSQL. Write the rows as INSERT statements (pg_dump --inserts does).");

    /// <summary>MIG2009: COPY … TO stdout, whose rows nobody would take.</summary>
    /// <param name="location">Where the statement starts.</param>
    public static MigrationException CopyToStdout(SourceLocation location) =>
        CopyRefused(location, "COPY … TO stdout hands its rows to a client program, and a migration has none. Remove it; INSERT INTO … SELECT copies rows from one table to another.");

    /// <summary>MIG2010: a header has a value that means nothing.</summary>
    /// <param name="location">Where it stands.</param>
    /// <param name="header">The header, such as <c>Transaction</c>.</param>
    /// <param name="value">Its value.</param>
    /// <param name="expected">What it may be.</param>
    public static Diagnostic HeaderValue(SourceLocation location, string header, string value, string expected) =>
        Problem("MIG2010", $"The header {header} is '{PlainText.Of(value)}', but must be {expected}. Correct it, or remove the line.", location);

    /// <summary>MIG2011: a migration requires one that is not there, or comes later.</summary>
    /// <param name="location">The migration that requires.</param>
    /// <param name="required">What it requires.</param>
    public static Diagnostic RequiredMigration(SourceLocation location, string required) =>
        Problem("MIG2011", $"This migration requires {PlainText.Of(required)}, which is not among the earlier migrations of this folder. Add it, or correct the Requires header.", location);

    /// <summary>MIG2012: a migration's rollback is written twice.</summary>
    /// <param name="location">The <c>.down.sql</c> file.</param>
    public static Diagnostic RollbackTwice(SourceLocation location) =>
        Problem("MIG2012", "The rollback of this migration is both in its Rollback header and in this file. Keep one of them.", location);

    /// <summary>MIG2013: a migration file cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <param name="cause">What the system said.</param>
    public static MigrationException FileUnreadable(string path, Exception cause) =>
        Error("MIG2013", $"The file cannot be read: {PlainText.Of(cause.Message)}", new SourceLocation(path), cause);

    /// <summary>MIG2014 (warning): a rollback file that belongs to no migration.</summary>
    /// <param name="path">The file.</param>
    public static Diagnostic OrphanRollback(string path) =>
        Warning("MIG2014", "This rollback belongs to no migration. Name it like its migration, with .down before the ending.", new SourceLocation(path));

    /// <summary>MIG2015: a file outside a transaction opens one and does not end it.</summary>
    /// <param name="location">Where it opens.</param>
    /// <param name="statement">The statement that opens it, such as <c>BEGIN</c>.</param>
    public static MigrationException TransactionLeftOpen(SourceLocation location, string statement) =>
        Error("MIG2015", $"The transaction that {PlainText.Of(statement)} opens here is not ended by the end of the file. Add COMMIT.", location);

    /// <summary>MIG2016: a file is a symbolic link out of the migrations folder.</summary>
    /// <param name="path">The link.</param>
    public static Diagnostic LinkLeadsOut(string path) =>
        Problem("MIG2016", "This is a symbolic link to something outside of the migrations folder, and is not followed. Put the file itself here, or declare the folder that it is in: <MigrationsFolder Include=\"…\" Database=\"…\" />.", new SourceLocation(path));

    /// <summary>MIG2017 (warning): a comment at the top looks like a header, but is none.</summary>
    /// <param name="location">Where it stands.</param>
    /// <param name="key">What stands before the colon.</param>
    /// <param name="known">The header that is meant, as far as one can tell.</param>
    public static Diagnostic UnknownHeader(SourceLocation location, string key, string known) =>
        Warning("MIG2017", $"'{PlainText.Of(key)}' is not a header, so this line has no effect. If you mean {known}, write '-- {known}:'; if it is only a comment, leave the colon out.", location);

    /// <summary>MIG2018 (warning): what is written like a placeholder, but is not declared.</summary>
    /// <param name="location">Where it stands.</param>
    /// <param name="name">Its name.</param>
    public static Diagnostic UndefinedPlaceholder(SourceLocation location, string name) =>
        Warning("MIG2018", $"${{{PlainText.Of(name)}}} is not declared, so it stays as it is written. Declare <MigrationPlaceholder Include=\"{PlainText.Of(name)}\" Value=\"…\" />, if a value is meant here.", location);

    /// <summary>MIG2019: a comment by which another tool marks the part that undoes the rest.</summary>
    /// <param name="location">Where it stands.</param>
    /// <param name="directive">The comment.</param>
    /// <param name="tool">Whose it is.</param>
    public static MigrationException ForeignDirective(SourceLocation location, string directive, string tool) =>
        Error("MIG2019", $"'-- {PlainText.Of(directive)}' is a directive of {tool}: what follows undoes what comes before, but here the whole file runs. Move what follows into a file of the same name that ends in .down.sql. To do that with all files of {tool}, move them into a folder of their own, such as old_migrations: {ImportFiles} -p:MigrateImportFolder=old_migrations", location);

    /// <summary>MIG2020: the rows of COPY … FROM stdin have no end.</summary>
    /// <param name="location">Where the statement starts.</param>
    public static MigrationException CopyUnended(SourceLocation location) =>
        Error("MIG2020", "The rows of this COPY … FROM stdin have no end: add a line with nothing but \\. after the last of them.", location);

    /// <summary>MIG2021: the rows of COPY … FROM stdin are binary.</summary>
    /// <param name="location">Where the statement starts.</param>
    public static MigrationException CopyBinary(SourceLocation location) =>
        Error("MIG2021", "The rows of this COPY … FROM stdin are in PostgreSQL's binary format, which a text file cannot hold. Export them as text or CSV.", location);

    /// <summary>MIG2022: something stands on the line of COPY … FROM stdin behind it.</summary>
    /// <param name="location">Where it stands.</param>
    public static MigrationException CopyLine(SourceLocation location) =>
        Error("MIG2022", "The rows of COPY … FROM stdin start on the line after it, so nothing may follow it on its own line. Move this after the line that ends the rows (\\.).", location);

    /// <summary>MIG2023: a repeatable migration has a rollback.</summary>
    /// <param name="location">The <c>Rollback</c> header, or the <c>.down.sql</c> file.</param>
    public static Diagnostic RepeatableRollback(SourceLocation location) =>
        Problem("MIG2023", "A repeatable migration has no rollback: the next version of its file replaces what it did. Remove this; to undo it for good, write a migration with a version.", location);

    /// <summary>MIG2024: the names of two repeatable migrations differ in case only.</summary>
    /// <param name="path">The second file.</param>
    /// <param name="other">The first file's name.</param>
    public static Diagnostic RepeatableTwice(string path, string other) =>
        Problem("MIG2024", $"{PlainText.Of(Path.GetFileName(path))} and {PlainText.Of(other)} differ in case only, and would be one file on some machines. Rename one of them.", new SourceLocation(path));

    /// <summary>MIG2025: a migration requires a repeatable one.</summary>
    /// <param name="location">The migration that requires.</param>
    /// <param name="required">What it requires.</param>
    public static Diagnostic RequiredRepeatable(SourceLocation location, string required) =>
        Problem("MIG2025", $"This migration requires {PlainText.Of(required)}, which is repeatable. Those run after all others, and among themselves find their order: remove it from the Requires header.", location);

    /// <summary>MIG2026: a DELIMITER command that does not say what shall end a statement.</summary>
    /// <param name="location">Where it stands.</param>
    public static MigrationException Delimiter(SourceLocation location) =>
        Error("MIG2026", "This DELIMITER does not say what ends the statements after it. Write it after DELIMITER, without a quote or a backslash in it, such as DELIMITER //.", location);

    /// <summary>MIG2027: a statement behind which the server reads texts otherwise than the file was split.</summary>
    /// <param name="location">Where the statement starts.</param>
    public static MigrationException QuotingChanged(SourceLocation location) =>
        Error("MIG2027", "Behind this, the server would take a backslash for itself, and read the rest of the file otherwise than it was split. Leave NO_BACKSLASH_ESCAPES out, and write two backslashes where one is meant.", location);

    /// <summary>MIG2038: a statement behind which the server takes the script for text in another encoding.</summary>
    /// <param name="location">Where the statement starts.</param>
    public static MigrationException EncodingChanged(SourceLocation location) =>
        Error("MIG2038", "After this, the server would take the rest of the file for text in another encoding, and store wrong characters: migrations are always sent as UTF-8. Leave client_encoding out of it. (A plain SET client_encoding may stay: it is sent with UTF8 as its value.)", location);

    /// <summary>MIG2028 (warning): a migration has no statement, and is not applied.</summary>
    /// <param name="location">The migration.</param>
    /// <param name="nothing">What a migration holds that has nothing to do.</param>
    /// <param name="isRepeatable">Whether it is repeatable.</param>
    /// <param name="later">A migration that comes after it, and does not wait for it.</param>
    /// <param name="forbidsDisorder">Whether it may not run after that one.</param>
    public static Diagnostic NoStatement(SourceLocation location, string nothing, bool isRepeatable = false, string? later = null, bool forbidsDisorder = false) =>
        Warning("MIG2028", $"This migration has no statement, so it is not applied{(isRepeatable ? "" : " and stays pending")}. Write what it does; when there is nothing to do, write '{nothing}'.{AfterEmpty(later, forbidsDisorder)}", location);

    /// <summary>MIG2042: a pending migration requires one that has no statement.</summary>
    /// <param name="location">The one that requires it.</param>
    /// <param name="required">The one that has none.</param>
    public static Diagnostic RequiredEmpty(SourceLocation location, string required) =>
        Problem("MIG2042", $"This migration requires {PlainText.Of(required)}, which is not applied because it has no statement. Write what that one does first, or do not require it.", location);

    /// <summary>MIG2043: two files have the same name, but for how Unicode spells its letters.</summary>
    /// <param name="path">The second file.</param>
    /// <param name="other">The first file.</param>
    public static Diagnostic SameName(string path, string other) =>
        Problem("MIG2043", $"Another file has the same name, in which only a letter and its accent are other characters: this one is {Spelt(path)}, and that one {Spelt(other)}. Copying files between systems, or an archive, does that. Delete one of them.", new SourceLocation(path));

    // They look alike, so that only the numbers of their characters tell them apart.
    private static string Spelt(string path) => PlainText.Of(string.Concat(Path.GetFileName(path).Select(character => char.IsAscii(character) ? $"{character}" : $"\\u{(int)character:x4}")));

    private static string AfterEmpty(string? later, bool forbidsDisorder) => later is null ? "" : forbidsDisorder
        ? $" {PlainText.Of(later)} comes after it and does not wait for it; MigrateOutOfOrder is Error, so this one will then need a newer version."
        : $" {PlainText.Of(later)} comes after it and does not wait for it, so this one will then run out of order.";

    /// <summary>MIG2040: a migration makes its transaction read-only.</summary>
    /// <param name="location">Where the statement starts.</param>
    /// <param name="statement">Its first words, such as <c>BEGIN</c>.</param>
    public static MigrationException ReadOnlyTransaction(SourceLocation location, string statement) =>
        Error("MIG2040", $"{PlainText.Of(statement)} makes the transaction read-only, but the history writes in it what was applied. Take READ ONLY out.", location);

    private static MigrationException CopyRefused(SourceLocation location, string problem) => Error("MIG2009", problem, location);
}

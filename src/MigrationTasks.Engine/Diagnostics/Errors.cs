namespace MigrationTasks.Engine.Diagnostics;

/// <summary>
/// Every problem that MigrationTasks reports, one method a code. MIG1xxx is configuration, MIG2xxx migration files,
/// MIG3xxx the history, MIG4xxx the database, MIG5xxx lint, MIG9xxx a bug of ours. Each message says what is wrong and what to do next.
/// </summary>
/// <remarks>MIG1001 and MIG1002 (MSBuild or the SDK is too old) are raised by <c>MigrationTasks.targets</c>.</remarks>
public static partial class Errors
{
    private const string Complete = "Run again to complete.";

    // MIG1xxx: configuration

    /// <summary>MIG1003: no adapter has that name.</summary>
    /// <param name="name">The name that was asked for.</param>
    /// <param name="known">The names there are.</param>
    /// <param name="folders">The folders that could have been named instead.</param>
    public static MigrationException UnknownDatabase(string name, IEnumerable<string> known, IEnumerable<string>? folders = null) =>
        Error("MIG1003", $"'{PlainText.Of(name)}' is not a database that MigrationTasks knows.{Suggestion(name, known.Concat(folders ?? []))} Use one of: {string.Join(", ", known)}{(folders is null ? "" : $"; or the path of a folder: {PlainText.Of(string.Join(", ", folders))}")}.");

    /// <summary>MIG1004: a declared migrations folder does not exist.</summary>
    /// <param name="path">Its full path.</param>
    public static MigrationException FolderMissing(string path) =>
        Error("MIG1004", "The migrations folder does not exist. Create it, or correct the MigrationsFolder item.", new SourceLocation(path));

    /// <summary>MIG1005: the project has no migrations folder at all.</summary>
    /// <param name="projectDirectory">The project's folder.</param>
    /// <param name="known">The folder names that would be found.</param>
    public static MigrationException NoFolder(string projectDirectory, IEnumerable<string> known) =>
        Error("MIG1005", $"There is no migrations folder. Put SQL files into migrations/<database>/ (one of: {string.Join(", ", known)}), or declare <MigrationsFolder Include=\"…\" Database=\"…\" />.", new SourceLocation(projectDirectory));

    /// <summary>MIG1006: neither the environment nor a <c>.env</c> file has the connection variable.</summary>
    /// <param name="variable">The variable's name.</param>
    /// <param name="database">The database it is for.</param>
    /// <param name="form">What its value looks like.</param>
    /// <param name="envFile">The <c>.env</c> file that was read, if there was one.</param>
    public static MigrationException ConnectionMissing(string variable, string database, string form, string? envFile) =>
        Error("MIG1006", $"The connection of the {database} database is not set. Set the environment variable {PlainText.Of(variable)}, or write it into {(envFile is null ? "a .env file beside the project" : PlainText.Of(envFile))}: {PlainText.Of(variable)}={form}");

    /// <summary>MIG1007: the connection variable does not hold what the database's connections look like.</summary>
    /// <param name="variable">The variable's name; its value is never shown.</param>
    /// <param name="problem">What is wrong with it, without any part that could be secret.</param>
    /// <param name="form">What the value looks like.</param>
    public static MigrationException ConnectionMalformed(string variable, string problem, string form) =>
        Error("MIG1007", $"The connection in {PlainText.Of(variable)} cannot be used: {problem} Expected form: {form}");

    /// <summary>MIG1008: the file named by <c>MigrateEnvFile</c> does not exist.</summary>
    /// <param name="path">Its full path.</param>
    public static MigrationException EnvFileMissing(string path) =>
        Error("MIG1008", "The file named by MigrateEnvFile does not exist.", new SourceLocation(path));

    /// <summary>MIG1009: a <c>.env</c> file is not made of <c>NAME=value</c> lines, or cannot be read.</summary>
    /// <param name="location">The file, and the line where it is known.</param>
    public static MigrationException EnvFileUnreadable(SourceLocation location) =>
        Error("MIG1009", "This file cannot be read as NAME=value lines. Put values that hold spaces, quotes, # or $ between single quotes.", location);

    /// <summary>MIG1010: a property has a value that it cannot have.</summary>
    /// <param name="property">The property's name.</param>
    /// <param name="value">Its value.</param>
    /// <param name="expected">What it may be.</param>
    /// <param name="choices">The values there are, where they can be counted.</param>
    public static MigrationException InvalidOption(string property, string value, string expected, IEnumerable<string>? choices = null) =>
        Error("MIG1010", $"{property} is '{PlainText.Of(value)}', but must be {expected}.{Suggestion(value, choices ?? [])}");

    /// <summary>MIG1011: the name of the history table cannot be one.</summary>
    /// <param name="name">The name that was given.</param>
    public static MigrationException InvalidHistoryTable(string name) =>
        Error("MIG1011", $"HistoryTable is '{PlainText.Of(name)}', but must be a table name, or schema.table.");

    /// <summary>MIG1012: a Supabase connection whose parts do not fit together.</summary>
    /// <param name="variable">The variable's name.</param>
    /// <param name="problem">Which part is wrong, and what it should be.</param>
    public static MigrationException SupabaseConnection(string variable, string problem) =>
        Error("MIG1012", $"The Supabase connection in {PlainText.Of(variable)} cannot be used: {problem}");

    /// <summary>MIG1013: the report file cannot be written.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="problem">Why.</param>
    /// <param name="cause">What writing it threw, if anything.</param>
    public static MigrationException ReportFile(string path, string problem, Exception? cause = null) =>
        Error("MIG1013", $"The report cannot be written: {PlainText.Of(problem)}", new SourceLocation(path), cause);

    /// <summary>MIG1014 (warning): a folder of migrations whose name is no database.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="known">The names there are.</param>
    public static Diagnostic UnclaimedFolder(string path, IEnumerable<string> known) =>
        Warning("MIG1014", $"This folder holds migrations, but its name is no database, so they are not run. Rename it to one of: {string.Join(", ", known)}; or declare it as a MigrationsFolder with its Database.", new SourceLocation(path));

    /// <summary>MIG1015: <c>MigrateDatabase</c> names a database that the project has no folder for.</summary>
    /// <param name="database">The database that was asked for.</param>
    /// <param name="present">The databases that the project has.</param>
    public static MigrationException DatabaseNotInProject(string database, IEnumerable<string> present) =>
        Error("MIG1015", $"MigrateDatabase is '{PlainText.Of(database)}', but this project has migrations for: {string.Join(", ", present)}.");

    /// <summary>MIG1016 (warning): the summary of the pipeline cannot be written.</summary>
    /// <param name="problem">What the system said.</param>
    public static Diagnostic PipelineSummary(string problem) =>
        Warning("MIG1016", $"The pipeline's summary cannot be written: {PlainText.Of(problem)} The migrations are not affected.");

    /// <summary>MIG1017: a placeholder is declared twice.</summary>
    /// <param name="name">Its name; its values are never shown.</param>
    public static Diagnostic PlaceholderTwice(string name) =>
        Problem("MIG1017", $"The placeholder {PlainText.Of(name)} is declared more than once. Remove one; to change one that is declared elsewhere, write <MigrationPlaceholder Update=\"{PlainText.Of(name)}\" Value=\"…\" />.");

    /// <summary>MIG1018: a placeholder has a name that cannot be one.</summary>
    /// <param name="name">The name that was given.</param>
    public static Diagnostic PlaceholderName(string name) =>
        Problem("MIG1018", $"'{PlainText.Of(name)}' cannot be the name of a placeholder: it starts with a letter or _ and goes on with letters, digits, _, - and dots. For ${{schema}} in a migration, write <MigrationPlaceholder Include=\"schema\" Value=\"…\" />.");

    /// <summary>MIG1019: two properties that exclude each other are both set.</summary>
    /// <param name="first">One.</param>
    /// <param name="second">The other.</param>
    public static MigrationException OptionsExclude(string first, string second) =>
        Error("MIG1019", $"{first} and {second} are both set, and ask for different things. Set one of them; -p:{second}= empties one that the project sets.");

    /// <summary>MIG1020: a command needs a property that is not set.</summary>
    /// <param name="command">The command's target.</param>
    /// <param name="property">The property.</param>
    /// <param name="example">What it looks like on the command line, such as <c>-p:Name=add_users</c>.</param>
    public static MigrationException OptionMissing(string command, string property, string example) =>
        Error("MIG1020", $"{command} needs {property}, and does not guess it: dotnet build -t:{command} {example}");

    /// <summary>MIG1021: a command works on one folder, and the project has none or several that it may mean.</summary>
    /// <param name="command">The command's target.</param>
    /// <param name="folders">The folders, as <c>MigrateDatabase</c> can name them; none when the project has none.</param>
    /// <param name="known">The databases that there are.</param>
    public static MigrationException ChooseFolder(string command, IReadOnlyCollection<string> folders, IEnumerable<string> known) =>
        Error("MIG1021", folders.Count == 0
            ? $"This project has no migrations folder yet. Say which database it is for with -p:MigrateDatabase=… (one of: {string.Join(", ", known)})."
            : $"{command} works on one migrations folder, and this project has {folders.Count}. Choose with -p:MigrateDatabase=… one of: {PlainText.Of(string.Join(", ", folders))}.");

    /// <summary>MIG1022: the name of a new migration cannot be part of a file's name.</summary>
    /// <param name="name">The name that was given.</param>
    /// <param name="problem">What is wrong with it.</param>
    public static MigrationException InvalidMigrationName(string name, string problem) =>
        Error("MIG1022", $"'{PlainText.Of(name)}' cannot be the name of a migration: {problem} Give it words, such as -p:Name=add_users.");

    /// <summary>MIG1023: the file of a new migration cannot be created.</summary>
    /// <param name="path">Its full path.</param>
    /// <param name="cause">What the system said.</param>
    public static MigrationException MigrationNotCreated(string path, Exception cause) =>
        Error("MIG1023", $"The file cannot be created: {PlainText.Of(cause.Message)}", new SourceLocation(path), cause);

    /// <summary>MIG1024: the file of a dry run's script cannot be written.</summary>
    /// <param name="path">The file.</param>
    /// <param name="problem">What is wrong with it, and what to do.</param>
    /// <param name="cause">What the system threw.</param>
    public static MigrationException ScriptFile(string path, string problem, Exception? cause = null) =>
        Error("MIG1024", $"The script cannot be written: {PlainText.Of(problem)}", new SourceLocation(path), cause);

    /// <summary>MIG1026: <c>MigrateRepairOnly</c> names a migration that there is not.</summary>
    /// <param name="name">The version or the name that was given.</param>
    /// <param name="folder">The migrations folder.</param>
    /// <param name="known">The names that there are.</param>
    public static MigrationException NothingToRepair(string name, string folder, IEnumerable<string> known) =>
        Error("MIG1026", $"MigrateRepairOnly names {PlainText.Of(name)}, but neither this folder nor the history has such a migration.{Suggestion(name, known)} Give versions or names, separated by semicolons.", new SourceLocation(folder));

    /// <summary>MIG1027: the command line sets a property that there is not, with a name very much like one that there is.</summary>
    /// <param name="name">The name.</param>
    /// <param name="nearest">The property that is meant.</param>
    public static Diagnostic MisspeltProperty(string name, string nearest) =>
        Problem("MIG1027", $"The command line sets {PlainText.Of(name)}, which means nothing. Do you mean {nearest}? dotnet build -t:MigrateHelp lists all properties.");

    /// <summary>MIG1030: a folder that was found in <c>migrations/</c> lies outside of the project.</summary>
    /// <param name="path">The folder as it was found.</param>
    public static MigrationException FolderLeadsOut(string path) =>
        Error("MIG1030", "A symbolic link leads from here out of the project, and is not followed. If the folder is meant, declare it: <MigrationsFolder Include=\"…\" Database=\"…\" />.", new SourceLocation(path));

    // MIG2xxx: migration files

    /// <summary>MIG2001: a migration's file name has no version.</summary>
    /// <param name="path">The file.</param>
    public static Diagnostic FileName(string path) =>
        Problem("MIG2001", "A migration is named <version>_<name>, with a version of digits: 001_create_users.sql; a repeatable one is named R__<name>: R__reports.sql. Rename this file, or move it out of the migrations folder.", new SourceLocation(path));

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
        Error("MIG2007", $"{PlainText.Of(statement)} is not allowed here: a migration runs in a transaction of its own, so that it is applied whole or not at all. Remove it, or put '-- Transaction: none' at the top of the file and let the file manage its own.", location);

    /// <summary>MIG2008: a statement that the database refuses inside a transaction.</summary>
    /// <param name="location">Where the statement starts.</param>
    /// <param name="statement">Its first words, such as <c>CREATE INDEX CONCURRENTLY</c>.</param>
    public static MigrationException NeedsNoTransaction(SourceLocation location, string statement) =>
        Error("MIG2008", $"{PlainText.Of(statement)} cannot run inside a transaction. Move it to a migration of its own with '-- Transaction: none' at the top.", location);

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
        Problem("MIG2012", "The rollback of this migration stands both in its Rollback header and in this file. Keep one of them.", location);

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
        Warning("MIG2018", $"${{{PlainText.Of(name)}}} is not declared, so it stays as it is written. Declare <MigrationPlaceholder Include=\"{PlainText.Of(name)}\" Value=\"…\" />, if a value should stand here.", location);

    /// <summary>MIG2019: a comment by which another tool marks the part that undoes the rest.</summary>
    /// <param name="location">Where it stands.</param>
    /// <param name="directive">The comment.</param>
    /// <param name="tool">Whose it is.</param>
    public static MigrationException ForeignDirective(SourceLocation location, string directive, string tool) =>
        Error("MIG2019", $"'-- {PlainText.Of(directive)}' is a directive of {tool}: what follows undoes what comes before, but here the whole file runs. Move what follows into a file of the same name that ends in .down.sql.", location);

    /// <summary>MIG2020: the rows of COPY … FROM stdin have no end.</summary>
    /// <param name="location">Where the statement starts.</param>
    public static MigrationException CopyUnended(SourceLocation location) =>
        Error("MIG2020", "The rows of this COPY … FROM stdin have no end: add a line with nothing but \\. after the last of them.", location);

    /// <summary>MIG2021: the rows of COPY … FROM stdin are binary.</summary>
    /// <param name="location">Where the statement starts.</param>
    public static MigrationException CopyBinary(SourceLocation location) =>
        Error("MIG2021", "The rows of this COPY … FROM stdin are in PostgreSQL's binary format, which cannot stand in a text file. Export them as text or CSV.", location);

    /// <summary>MIG2022: something stands on the line of COPY … FROM stdin behind it.</summary>
    /// <param name="location">Where it stands.</param>
    public static MigrationException CopyLine(SourceLocation location) =>
        Error("MIG2022", "The rows of COPY … FROM stdin start on the line after it, so nothing may stand behind it on its own. Move this behind the line that ends the rows (\\.).", location);

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
        Error("MIG2026", "This DELIMITER does not say what ends the statements after it. Write that behind it, without a quote or a backslash in it, such as DELIMITER //.", location);

    /// <summary>MIG2027: a statement behind which the server reads texts otherwise than the file was split.</summary>
    /// <param name="location">Where the statement starts.</param>
    public static MigrationException QuotingChanged(SourceLocation location) =>
        Error("MIG2027", "Behind this, the server would take a backslash for itself, and read the rest of the file otherwise than it was split. Leave NO_BACKSLASH_ESCAPES out, and write two backslashes where one is meant.", location);

    // MIG3xxx: the history

    /// <summary>MIG3001: the history table belongs to another tool.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="owner">Whose it looks like, such as <c>golang-migrate</c>, or <see langword="null"/>.</param>
    /// <param name="canImport">Whether its history can be imported.</param>
    /// <param name="columns">The columns it has.</param>
    public static MigrationException ForeignHistory(string table, string? owner, bool canImport, IEnumerable<string> columns) =>
        Error("MIG3001", $"The table {PlainText.Of(table)} is not a history of MigrationTasks{(owner is null ? "" : $": it looks like that of {owner}")} (its columns: {PlainText.Of(string.Join(", ", columns))}). It was not touched. Set another table with <MigrationsFolder … HistoryTable=\"migration_history\" />{(canImport ? "; what this one says is applied is then taken over with: dotnet build -t:MigrateImport" : ".")}");

    /// <summary>MIG3002: an applied migration's file was changed afterwards.</summary>
    /// <param name="path">The file.</param>
    /// <param name="executedAt">When it was applied, if the history knows.</param>
    public static Diagnostic Edited(string path, DateTimeOffset? executedAt) =>
        Problem("MIG3002", $"This migration was changed after it was applied{(executedAt is { } when ? $" ({when:yyyy-MM-dd HH:mm} UTC)" : "")}, so databases would differ. Restore the file as it was applied, and put the change into a new migration. To accept it as it is now: {RepairCommand("Checksums", path)}", new SourceLocation(path));

    /// <summary>MIG3003: a pending migration is older than one that is applied.</summary>
    /// <param name="path">The pending migration's file.</param>
    /// <param name="newest">The newest applied migration.</param>
    /// <param name="severity">As <c>MigrateOutOfOrder</c> says.</param>
    public static Diagnostic OutOfOrder(string path, string newest, DiagnosticSeverity severity) =>
        new(severity, "MIG3003", severity == DiagnosticSeverity.Error
            ? $"This migration is pending, but {PlainText.Of(newest)} is applied already. Give it a newer version, or allow it with -p:MigrateOutOfOrder=Allow."
            : $"This migration is applied out of order: {PlainText.Of(newest)} was applied before it. Set MigrateOutOfOrder to Error to forbid this, or to Allow to say nothing.", new SourceLocation(path));

    /// <summary>MIG3004 (warning): the history has migrations without a file.</summary>
    /// <param name="names">Their names, at least one.</param>
    /// <param name="folder">The migrations folder.</param>
    public static Diagnostic MissingFiles(IReadOnlyList<string> names, string folder) =>
        Warning("MIG3004", names.Count == 1
            ? $"{PlainText.Of(names[0])} is applied, but its file is not in this folder. Restore it; is the branch up to date? If it is gone for good: {RepairCommand("Missing", names[0])}"
            : $"{names.Count} migrations are applied, but their files are not in this folder: {PlainText.Of(string.Join(", ", names.Take(5)))}{(names.Count > 5 ? ", …" : "")}. Restore them; is the branch up to date? If they are gone for good: {RepairCommand("Missing")}", new SourceLocation(folder));

    /// <summary>MIG3005: a migration outside a transaction failed in an earlier run, and cannot go on from there.</summary>
    /// <param name="path">The migration's file.</param>
    /// <param name="statementsDone">How many of its statements stand.</param>
    /// <param name="obstacle">Why it cannot go on behind them, and what to do about it.</param>
    public static Diagnostic FailedEarlier(string path, int statementsDone, string obstacle) =>
        Problem("MIG3005", $"This migration failed in an earlier run, {AfterStatements(statementsDone)}. {PlainText.Of(obstacle)} {MendByHand(path)}", new SourceLocation(path));

    /// <summary>MIG3006: a migration outside a transaction was interrupted, its runner is gone, and it cannot go on from there.</summary>
    /// <param name="path">The migration's file.</param>
    /// <param name="statementsDone">How many of its statements stand for certain.</param>
    /// <param name="obstacle">Why it cannot go on behind them, and what to do about it.</param>
    public static Diagnostic Interrupted(string path, int statementsDone, string obstacle) =>
        Problem("MIG3006", $"This migration was interrupted in an earlier run, {AfterStatements(statementsDone)}. {PlainText.Of(obstacle)} {MendByHand(path)}", new SourceLocation(path));

    /// <summary>MIG3007: a history table with fewer columns cannot be completed.</summary>
    /// <param name="table">The table.</param>
    /// <param name="problem">What stands in the way, and what to do.</param>
    /// <param name="cause">What the database said, if anything.</param>
    public static MigrationException HistoryUnusable(string table, string problem, Exception? cause = null) =>
        Error("MIG3007", $"The history table {PlainText.Of(table)} cannot be used: {PlainText.Of(problem)}", cause: cause);

    /// <summary>MIG3008: another runner held the run lock for too long.</summary>
    /// <param name="target">The database.</param>
    /// <param name="waited">How long this run waited.</param>
    /// <param name="holder">Who holds it, where the database tells.</param>
    public static MigrationException LockTimeout(string target, TimeSpan waited, string? holder = null) =>
        Error("MIG3008", $"Another run is migrating {PlainText.Of(target)}{(holder is null ? "" : $" ({PlainText.Of(holder)})")}; this one waited {waited.TotalSeconds:0.#} s for it. Nothing was lost: run again when it is done, or wait longer with -p:MigrateLockTimeout=seconds.");

    /// <summary>MIG3009: <c>000_migrations_table.sql</c> does not create the history table.</summary>
    /// <param name="path">The file.</param>
    /// <param name="table">The table it should create.</param>
    public static MigrationException HistoryNotCreated(string path, string table) =>
        Error("MIG3009", $"This file should create the history table {PlainText.Of(table)}, but afterwards there is none with a migration_name column. Correct it, or delete it: MigrationTasks creates the table by itself.", new SourceLocation(path));

    /// <summary>MIG3010: a migration was applied under another name with the same version.</summary>
    /// <param name="path">The file as it is named now.</param>
    /// <param name="appliedName">The name in the history.</param>
    public static Diagnostic Renamed(string path, string appliedName) =>
        Problem("MIG3010", $"Its version is applied already, as {PlainText.Of(appliedName)}, which has no file here. If this is the same migration, give the file its old name back, or record the new one ({RepairCommand("Renamed", path)}). If it is a new migration, give it the next free version.", new SourceLocation(path));

    /// <summary>MIG3011: a statement that was running when its run was interrupted may or may not have been completed.</summary>
    /// <param name="location">The statement.</param>
    /// <param name="statement">Its first words.</param>
    /// <param name="repeat">The SQL that has the next run execute it.</param>
    /// <param name="skip">The SQL that has the next run go on behind it.</param>
    public static MigrationException UncertainStatement(SourceLocation location, string statement, string repeat, string skip) =>
        Error("MIG3011", $"{PlainText.Of(statement)} was running when an earlier run was interrupted, and it cannot be told whether it was completed. Look in the database. If it was not, or may run twice: {PlainText.Of(repeat)}; if it was: {PlainText.Of(skip)}; then run again.", location);

    /// <summary>MIG3012 (warning): an earlier attempt at an index may have left an invalid one, but nobody knows under which name.</summary>
    /// <param name="location">The statement.</param>
    /// <param name="indexes">The invalid indexes of the table.</param>
    public static Diagnostic UnknownLeftover(SourceLocation location, IEnumerable<string> indexes) =>
        Warning("MIG3012", $"This statement leaves the name of its index to the server, so it cannot be told whether an earlier attempt left one of these invalid indexes: {PlainText.Of(string.Join(", ", indexes))}. Drop those that are not needed, and name the index in the statement.", location);

    /// <summary>MIG3017: a migration that should be undone has no rollback.</summary>
    /// <param name="location">Its file; the folder when it has none.</param>
    /// <param name="name">Its name in the history.</param>
    /// <param name="extension">How the names of migrations end.</param>
    /// <param name="nothing">What a rollback holds that has nothing to do.</param>
    /// <param name="isEmpty">Whether there is one, but without any statement.</param>
    public static Diagnostic RollbackMissing(SourceLocation location, string name, string extension, string nothing, bool isEmpty = false) =>
        Problem("MIG3017", isEmpty
            ? $"The rollback of {PlainText.Of(name)} holds no statement, so nothing was undone. Write what undoes it, or '{nothing}' when there is nothing to undo."
            : $"{PlainText.Of(name)} has no rollback, so nothing was undone: there is none in its header, in a .down{extension} file beside it, or in the history. Write what undoes it into {PlainText.Of(Path.GetFileNameWithoutExtension(name))}.down{extension}, or '{nothing}' when there is nothing to undo.", location);

    /// <summary>MIG3018: what the history says stands in the way of undoing a migration.</summary>
    /// <param name="location">Its file; the folder when it has none.</param>
    /// <param name="name">Its name in the history.</param>
    /// <param name="problem">What stands in the way, and what to do.</param>
    public static Diagnostic RollbackBlocked(SourceLocation location, string name, string problem) =>
        Problem("MIG3018", $"{PlainText.Of(name)} cannot be undone: {PlainText.Of(problem)}", location);

    /// <summary>MIG3019: a rollback is asked to go where the history does not lead.</summary>
    /// <param name="folder">The migrations folder.</param>
    /// <param name="asked">What is asked for.</param>
    /// <param name="actual">What is there instead.</param>
    public static Diagnostic RollbackOutOfReach(string folder, string asked, string actual) =>
        Problem("MIG3019", $"{asked}, but {actual}. Nothing was undone; -t:MigrateStatus shows what is applied. Is it the right database?", new SourceLocation(folder));

    /// <summary>MIG3020: a rollback outside a transaction failed or was interrupted in an earlier run.</summary>
    /// <param name="location">The migration's file; the folder when it has none.</param>
    /// <param name="name">Its name in the history.</param>
    /// <param name="statementsDone">How many statements of its rollback stand for certain.</param>
    public static Diagnostic PartlyUndone(SourceLocation location, string name, int statementsDone) =>
        Problem("MIG3020", $"The rollback of {PlainText.Of(name)} stopped in an earlier run, after {Statements(statementsDone)} of it for certain, perhaps one more; it runs outside a transaction, so {(statementsDone == 1 ? "that one stands" : "those stand")}. Finish it by hand and remove its row ({RepairCommand("Failed", name)}); or bring back by hand what it undid, and mark the migration as applied ({RepairCommand("Completed", name)}).", location);

    /// <summary>MIG3021: somebody changed the history while a change of it was being decided.</summary>
    /// <param name="table">The history table.</param>
    /// <param name="name">The name of the row that is not as it was read.</param>
    public static MigrationException HistoryChanged(string table, string name) =>
        Error("MIG3021", $"The row of {PlainText.Of(name)} in {PlainText.Of(table)} was changed in the meantime, by another run or by hand. Nothing was written: run again.");

    /// <summary>MIG3022: no migration of a folder has the version up to which all are meant.</summary>
    /// <param name="folder">The migrations folder.</param>
    /// <param name="version">The version.</param>
    /// <param name="known">The versions that there are.</param>
    /// <param name="newest">The newest migration with a version, or <see langword="null"/> when there is none.</param>
    public static Diagnostic NoSuchVersion(string folder, string version, IEnumerable<string> known, string? newest) =>
        Problem("MIG3022", $"MigrateTargetVersion is {version}, but no migration of this folder has that version.{Suggestion(version, known)} {(newest is null ? "It has no migrations." : $"The newest is {PlainText.Of(newest)}.")}", new SourceLocation(folder));

    /// <summary>MIG3023: a repair would remove every row of the history.</summary>
    /// <param name="table">The history table.</param>
    /// <param name="folder">The migrations folder.</param>
    public static MigrationException RepairOfEverything(string table, string folder) =>
        Error("MIG3023", $"No row of {PlainText.Of(table)} has a file in this folder, so that nothing would be left of the history. Is this the right folder, and the right database? Nothing was changed. If the rows are to go, name them with -p:MigrateRepairOnly=…", new SourceLocation(folder));

    /// <summary>MIG3024: another tool has migrated the database, and there is no history of MigrationTasks yet.</summary>
    /// <param name="target">The database.</param>
    /// <param name="histories">The other tools' histories, as text, at least one.</param>
    public static Diagnostic OtherToolsDatabase(string target, IReadOnlyList<string> histories) =>
        Problem("MIG3024", $"{PlainText.Of(target)} was migrated by {PlainText.Of(string.Join(" and ", histories))}, and has no history of MigrationTasks yet: a run would apply everything again. Take over what is applied: dotnet build -t:MigrateImport. If that history is about something else, go on with -p:MigrateIgnoreForeignHistory=true.");

    /// <summary>MIG3025: there is no history of another tool to import.</summary>
    /// <param name="target">The database.</param>
    /// <param name="tool">The tool that was asked for, or <see langword="null"/>.</param>
    /// <param name="found">The histories of others that there are.</param>
    /// <param name="known">The tools whose history can be imported.</param>
    public static MigrationException NoForeignHistory(string target, string? tool, IReadOnlyList<string> found, IEnumerable<string> known) =>
        Error("MIG3025", $"{PlainText.Of(target)} has no history of {tool ?? "another tool"} that can be imported{(found.Count > 0 ? $", but of {PlainText.Of(string.Join(" and ", found))}" : "")}. {(known.Any() ? $"Looked for were the usual tables of {string.Join(", ", known)}; name another with -p:MigrateImportTable=schema.table, or mark" : "Mark")} what is applied with MigrateBaseline.");

    /// <summary>MIG3026: several histories of other tools could be imported.</summary>
    /// <param name="target">The database.</param>
    /// <param name="histories">Their tools and tables.</param>
    public static MigrationException SeveralForeignHistories(string target, IReadOnlyList<(string Tool, string Table)> histories) =>
        Error("MIG3026", $"{PlainText.Of(target)} has several histories that could be imported. Choose one with {PlainText.Of(string.Join(" or ", histories.Select(history => histories.Count(other => other.Tool == history.Tool) == 1 ? $"-p:MigrateImportFrom={history.Tool}" : $"-p:MigrateImportTable={history.Table}")))}.");

    /// <summary>MIG3027: entries of another tool's history that do not stand for a file with certainty.</summary>
    /// <param name="folder">The migrations folder.</param>
    /// <param name="history">The history, as text.</param>
    /// <param name="entries">The entries, with the reasons, at least one.</param>
    public static Diagnostic UncertainEntries(string folder, string history, IReadOnlyList<string> entries) =>
        Problem("MIG3027", $"Nothing was imported from {PlainText.Of(history)}, since it is not certain which file {(entries.Count == 1 ? "an entry stands" : $"{entries.Count} entries stand")} for: {Several(entries)}. Give each its file, with the entry's version and name, and run again.", new SourceLocation(folder));

    /// <summary>MIG3028: another tool's history has migrations that failed.</summary>
    /// <param name="folder">The migrations folder.</param>
    /// <param name="history">The history, as text.</param>
    /// <param name="entries">The entries, at least one.</param>
    public static Diagnostic FailedEntries(string folder, string history, IReadOnlyList<string> entries) =>
        Problem("MIG3028", $"Nothing was imported from {PlainText.Of(history)}, since it has {(entries.Count == 1 ? "a migration that failed" : $"{entries.Count} migrations that failed")}: {Several(entries)}. Mend that with the tool itself, and run again.", new SourceLocation(folder));

    /// <summary>MIG3029: the table that <c>MigrateImportTable</c> names is not there.</summary>
    /// <param name="table">The name.</param>
    /// <param name="target">The database.</param>
    public static MigrationException ForeignTableMissing(string table, string target) =>
        Error("MIG3029", $"MigrateImportTable names {PlainText.Of(table)}, but {PlainText.Of(target)} has no such table. Name it with its schema.");

    /// <summary>MIG3029: the table that <c>MigrateImportTable</c> names is no history that is known.</summary>
    /// <param name="table">The name.</param>
    /// <param name="tool">The tool that was asked for, or <see langword="null"/>.</param>
    /// <param name="columns">The columns it has.</param>
    public static MigrationException ForeignTableUnknown(string table, string? tool, IEnumerable<string> columns) =>
        Error("MIG3029", $"{PlainText.Of(table)} is not a history of {tool ?? "a tool that is known"} (its columns: {PlainText.Of(string.Join(", ", columns))}). Correct MigrateImportTable or MigrateImportFrom.");

    /// <summary>MIG3030: a database's adapter cannot write what a run would do as a script.</summary>
    /// <param name="database">The database.</param>
    /// <param name="canTry">Whether it can be tried and rolled back instead.</param>
    public static MigrationException NoScripts(string database, bool canTry) =>
        Error("MIG3030", $"What a run would do cannot be written as a script for {PlainText.Of(database)}: no program that runs such a file is known for it. {(canTry ? "Try it instead with -p:MigrateDryRunMode=Rollback, or see" : "See")} what is pending with -t:MigrateStatus.");

    /// <summary>MIG3031: a migration outside a transaction that an earlier run began cannot go on by a script.</summary>
    /// <param name="path">The migration's file.</param>
    public static Diagnostic CannotScriptResume(string path) =>
        Problem("MIG3031", $"This migration stopped in an earlier run, and goes on behind the statements that stand, once a run has looked at what the one that stopped has left behind. A script cannot look: let -t:Migrate apply it, and write the script for the rest. Or mend it by hand, and its row ({RepairCommand("Failed", path)}, or {RepairCommand("Completed", path)}).", new SourceLocation(path));

    /// <summary>MIG3032: a database's adapter cannot try migrations and take them back.</summary>
    /// <param name="database">The database.</param>
    /// <param name="canScript">Whether what a run would do can be written as a script instead.</param>
    public static MigrationException NoRehearsal(string database, bool canScript) =>
        Error("MIG3032", $"Migrations cannot be tried on {PlainText.Of(database)} and rolled back: it does not take changes of its schema back. See what {(canScript ? "a run would do with -p:MigrateDryRunMode=Script" : "is pending with -t:MigrateStatus")}, or try it on a copy of the database.");

    // MIG4xxx: the database

    /// <summary>MIG4001: the server cannot be reached.</summary>
    /// <param name="target">The database, without secrets.</param>
    /// <param name="variable">The variable that names it.</param>
    /// <param name="problem">What the system said.</param>
    /// <param name="cause">What the driver threw.</param>
    public static MigrationException ConnectionFailed(string target, string variable, string problem, Exception? cause) =>
        Error("MIG4001", $"Cannot connect to {PlainText.Of(target)}: {PlainText.Of(problem)} Is the server running, and is the address in {PlainText.Of(variable)} right?", cause: cause);

    /// <summary>MIG4002: the server refused the user or the password.</summary>
    /// <param name="target">The database, without secrets.</param>
    /// <param name="variable">The variable that holds them.</param>
    /// <param name="problem">What the server said.</param>
    /// <param name="cause">What the driver threw.</param>
    public static MigrationException AuthenticationFailed(string target, string variable, string problem, Exception? cause) =>
        Error("MIG4002", $"{PlainText.Of(target)} refused the login: {PlainText.Of(problem)} Check the user and the password in {PlainText.Of(variable)} (special characters of a URL are percent-encoded).", cause: cause);

    /// <summary>MIG4003: the server has no such database.</summary>
    /// <param name="target">The database, without secrets.</param>
    /// <param name="variable">The variable that names it.</param>
    /// <param name="problem">What the server said.</param>
    /// <param name="cause">What the driver threw.</param>
    public static MigrationException DatabaseNotFound(string target, string variable, string problem, Exception? cause) =>
        Error("MIG4003", $"Cannot open {PlainText.Of(target)}: {PlainText.Of(problem)} Create the database, or correct its name in {PlainText.Of(variable)}.", cause: cause);

    /// <summary>MIG4004: no encrypted connection as asked for.</summary>
    /// <param name="target">The database, without secrets.</param>
    /// <param name="variable">The variable that holds the mode.</param>
    /// <param name="problem">What went wrong.</param>
    /// <param name="cause">What the driver threw.</param>
    /// <param name="settings">What of the connection decides about it.</param>
    public static MigrationException TlsFailed(string target, string variable, string problem, Exception? cause, string settings = "sslmode and sslrootcert") =>
        Error("MIG4004", $"No encrypted connection to {PlainText.Of(target)}: {PlainText.Of(problem)} Check {settings} in {PlainText.Of(variable)}.", cause: cause);

    /// <summary>MIG4005: the database refused a statement of a migration.</summary>
    /// <param name="location">The place in the file, as exactly as the server tells.</param>
    /// <param name="problem">What the server said: message, code, detail, hint.</param>
    /// <param name="consequence">What became of the migration.</param>
    /// <param name="cause">What the driver threw.</param>
    public static MigrationException StatementFailed(SourceLocation location, string problem, string consequence, Exception? cause) =>
        Error("MIG4005", $"{PlainText.Of(problem)} {PlainText.Of(consequence)}".TrimEnd(), location, cause);

    /// <summary>MIG4006: the connection broke during the run.</summary>
    /// <param name="location">The migration that was running.</param>
    /// <param name="target">The database, without secrets.</param>
    /// <param name="problem">What the system said.</param>
    /// <param name="standing">What is done for certain.</param>
    /// <param name="cause">What the driver threw.</param>
    /// <param name="next">What to do next.</param>
    public static MigrationException ConnectionLost(SourceLocation location, string target, string problem, string standing, Exception? cause, string next = Complete) =>
        Error("MIG4006", $"The connection to {PlainText.Of(target)} broke: {PlainText.Of(problem)} {PlainText.Of(standing)} {next}", location, cause);

    /// <summary>MIG4007: the run was cancelled.</summary>
    /// <param name="location">The migration that was running, if one was.</param>
    /// <param name="inTransaction">Whether it ran in a transaction.</param>
    /// <param name="next">What to do next.</param>
    public static MigrationException Cancelled(SourceLocation location, bool inTransaction = true, string next = Complete) =>
        Error("MIG4007", (location.File is null, inTransaction) switch
        {
            (true, _) => $"The run was cancelled while no migration was running. {next}",
            (_, true) => $"The run was cancelled: the running statement was stopped, and what its transaction had done was undone. {next}",
            _ => "The run was cancelled: the running statement was stopped. This migration runs outside a transaction, so what it had done before stands; the next run says how to go on.",
        }, location);

    /// <summary>MIG4008 (warning): what a migration made the server warn about.</summary>
    /// <param name="location">The migration.</param>
    /// <param name="text">The server's warning.</param>
    public static Diagnostic ServerWarning(SourceLocation location, string text) =>
        Warning("MIG4008", PlainText.Of(text), location);

    /// <summary>MIG4009: rows break a foreign key at the end of a migration.</summary>
    /// <param name="location">The migration.</param>
    /// <param name="violations">The broken references.</param>
    /// <param name="consequence">What became of the migration, and what to do.</param>
    public static MigrationException ForeignKeys(SourceLocation location, string violations, string consequence) =>
        Error("MIG4009", $"Rows break a foreign key: {PlainText.Of(violations)}. {consequence}", location);

    /// <summary>MIG4010: the database can be read but not written.</summary>
    /// <param name="target">The database.</param>
    /// <param name="problem">What the database said.</param>
    /// <param name="cause">What the driver threw.</param>
    public static MigrationException ReadOnly(string target, string problem, Exception? cause) =>
        Error("MIG4010", $"{PlainText.Of(target)} cannot be written: {PlainText.Of(problem)} Check the permissions of the file and its folder, and that the address is the primary server's.", cause: cause);

    /// <summary>MIG4011: there is no room left for the database.</summary>
    /// <param name="location">The migration that was running.</param>
    /// <param name="target">The database.</param>
    /// <param name="problem">What the database said.</param>
    /// <param name="consequence">What became of the migration, if one was running.</param>
    /// <param name="cause">What the driver threw.</param>
    public static MigrationException DiskFull(SourceLocation location, string target, string problem, string consequence, Exception? cause) =>
        Error("MIG4011", $"The disk of {PlainText.Of(target)} is full: {PlainText.Of($"{problem} {consequence}")} Free some room and run again.", location, cause);

    /// <summary>MIG4012: a statement ran longer than <c>MigrateCommandTimeout</c>.</summary>
    /// <param name="location">The statement.</param>
    /// <param name="limit">The limit.</param>
    /// <param name="consequence">What became of the migration.</param>
    /// <param name="cause">What the driver threw.</param>
    public static MigrationException CommandTimeout(SourceLocation location, TimeSpan limit, string consequence, Exception? cause) =>
        Error("MIG4012", $"The statement ran longer than {limit.TotalSeconds:0.#} s and was stopped. {PlainText.Of(consequence)} Allow more with -p:MigrateCommandTimeout=seconds.", location, cause);

    /// <summary>MIG4013: the database refused a statement of MigrationTasks itself.</summary>
    /// <param name="target">The database.</param>
    /// <param name="action">What was being done, such as <c>reading the history</c>.</param>
    /// <param name="problem">What the database said.</param>
    /// <param name="cause">What the driver threw.</param>
    public static MigrationException DatabaseRefused(string target, string action, string problem, Exception? cause) =>
        Error("MIG4013", $"{PlainText.Of(target)} refused {action}: {PlainText.Of(problem)} Has the user the rights to create and change tables there?", cause: cause);

    /// <summary>MIG4014: a lock that a statement needs was not to be had, however often it was tried.</summary>
    /// <param name="location">The statement.</param>
    /// <param name="problem">What the server said, and what the lock is on.</param>
    /// <param name="holders">Who stands in the way, as far as that could be seen.</param>
    /// <param name="tries">How often it was tried, and for how long.</param>
    /// <param name="consequence">What became of the migration.</param>
    /// <param name="cause">What the driver threw.</param>
    public static MigrationException StatementLockTimeout(SourceLocation location, string problem, string holders, string tries, string consequence, Exception? cause) =>
        Error("MIG4014", $"{PlainText.Of(problem)} {PlainText.Of(holders)} {tries} {PlainText.Of(consequence)} Run again when the lock is free. To try more often, set -p:MigrateStatementLockRetries; to wait longer each time, -p:MigrateStatementLockTimeout=seconds, or '-- Lock timeout: 10s' at the top of the file.", location, cause);

    /// <summary>MIG4015 (warning): an invalid index that an earlier attempt left was dropped.</summary>
    /// <param name="location">The statement that made it, and makes it anew.</param>
    /// <param name="index">The index, with its schema.</param>
    public static Diagnostic InvalidIndexDropped(SourceLocation location, string index) =>
        Warning("MIG4015", $"An earlier attempt at this statement left the invalid index {PlainText.Of(index)}. It was dropped before the statement ran again.", location);

    /// <summary>MIG4016: the index that a statement should build is there already, but invalid.</summary>
    /// <param name="location">The statement.</param>
    /// <param name="index">The index, with its schema.</param>
    /// <param name="consequence">What became of the migration.</param>
    public static MigrationException InvalidIndexKept(SourceLocation location, string index, string consequence) =>
        Error("MIG4016", $"The index {PlainText.Of(index)} is there already, but invalid: an attempt to build it failed, and no query uses it. {PlainText.Of(consequence)} Run again to have it dropped and built anew.", location);

    /// <summary>MIG4017 (warning): a dry run cannot tell whether a migration would be applied.</summary>
    /// <param name="path">The migration's file.</param>
    /// <param name="reason">Why: a sentence without its first capital and its full stop.</param>
    public static Diagnostic NotTried(string path, string reason) =>
        Warning("MIG4017", $"This migration was not tried: {PlainText.Of(reason)}. What comes after it was tried without it.", new SourceLocation(path));

    /// <summary>MIG4018 (warning): a migration failed in a dry run, perhaps for lack of what was not tried.</summary>
    /// <param name="problem">What it failed with.</param>
    /// <param name="untried">The names of what was not tried.</param>
    public static Diagnostic PerhapsFailed(Diagnostic problem, string untried)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return Warning("MIG4018", $"{problem.Message} Whether a run would fail too is not certain: {PlainText.Of(untried)} may bring what is missing here, and was not tried.", problem.Location);
    }

    // MIG9xxx: MigrationTasks itself

    /// <summary>MIG9001: something threw that nothing should have thrown.</summary>
    /// <param name="cause">What was thrown. Only its type goes on: its text may quote whatever was being worked on, secrets included.</param>
    public static MigrationException Internal(Exception cause)
    {
        ArgumentNullException.ThrowIfNull(cause);
        return Error("MIG9001", $"Internal error ({cause.GetType().FullName}). This is a bug in MigrationTasks, not in your project: please report it with the stack trace that 'dotnet build -v:detailed' prints. Applied migrations are in the history; running again is safe.");
    }

    private static MigrationException CopyRefused(SourceLocation location, string problem) => Error("MIG2009", problem, location);

    private static string Statements(int count) => count == 1 ? "1 statement" : $"{count} statements";

    private static string Suggestion(string text, IEnumerable<string> known) =>
        Spelling.Nearest(text, known) is { } nearest ? $" Do you mean {PlainText.Of(nearest)}?" : "";

    private static string Several(IReadOnlyList<string> texts) =>
        $"{PlainText.Of(string.Join("; ", texts.Take(5)))}{(texts.Count > 5 ? $"; and {texts.Count - 5} more" : "")}";

    private static string AfterStatements(int count) => count switch
    {
        0 => "before any statement of it was completed",
        1 => "after 1 statement, which stands because it runs outside a transaction; it cannot go on behind that",
        _ => $"after {count} statements, which stand because it runs outside a transaction; it cannot go on behind those",
    };

    private static string MendByHand(string path) =>
        $"Or bring the database to the state before it by hand, and let it run again from its beginning ({RepairCommand("Failed", path)}); or bring it to the state after it, and mark it as applied ({RepairCommand("Completed", path)}).";

    private static string RepairCommand(string what, string? path = null)
    {
        var command = $"dotnet build -t:MigrateRepair -p:MigrateRepair{what}=true";
        return path is null ? command : $"{command} -p:MigrateRepairOnly={NameForCommand(Path.GetFileName(path))}";
    }

    // Shells and MSBuild give a meaning to some characters: the version says the same.
    private static string NameForCommand(string name) =>
        name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.') || !char.IsAsciiDigit(name[0])
            ? PlainText.Of(name)
            : string.Concat(name.TakeWhile(char.IsAsciiDigit));

    private static Diagnostic Problem(string code, string message, SourceLocation location = default) =>
        new(DiagnosticSeverity.Error, code, message, location);

    private static Diagnostic Warning(string code, string message, SourceLocation location = default) =>
        new(DiagnosticSeverity.Warning, code, message, location);

    private static MigrationException Error(string code, string message, SourceLocation location = default, Exception? cause = null) =>
        new(Problem(code, message, location), cause);
}

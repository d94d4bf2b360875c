namespace MigrationTasks.Engine.Diagnostics;

/// <content>MIG3xxx: the history.</content>
internal static partial class Errors
{
    private const int LongestSql = 2000;

    /// <summary>The code of a history table that belongs to another tool.</summary>
    internal const string HistoryOfAnotherTool = "MIG3001";

    /// <summary>MIG3001: the history table belongs to another tool.</summary>
    /// <param name="table">The table's name.</param>
    /// <param name="owner">Whose it looks like, such as <c>golang-migrate</c>, or <see langword="null"/>.</param>
    /// <param name="canImport">Whether its history can be imported.</param>
    /// <param name="columns">The columns it has.</param>
    /// <param name="hasCollections">Whether the database has collections for tables.</param>
    public static MigrationException ForeignHistory(string table, string? owner, bool canImport, IEnumerable<string> columns, bool hasCollections = false)
    {
        var store = hasCollections ? "collection" : "table";
        var declaration = "<MigrationsFolder … HistoryTable=\"migration_history\" />";
        return Error(HistoryOfAnotherTool, $"The {store} {PlainText.Of(table)} is not a history of MigrationTasks{(owner is null ? "" : $": it looks like that of {owner}")} (its {(hasCollections ? "fields" : "columns")}: {PlainText.Of(string.Join(", ", columns))}). It was not touched. "
            + (canImport
                ? $"Take over what it says is applied: dotnet build -t:MigrateImport. It leaves this {store} as it is, and gives the project a history of its own, with {declaration} in the project file. Add -p:MigrateImportPreview=true to see first what it does."
                : $"Set another {store} with {declaration}, and mark what is applied with MigrateBaseline."));
    }

    /// <summary>MIG3002: an applied migration's file was changed afterwards.</summary>
    /// <param name="path">The file.</param>
    /// <param name="executedAt">When it was applied, if the history knows.</param>
    /// <param name="hadNoStatement">Whether its file had no statement then.</param>
    public static Diagnostic Edited(string path, DateTimeOffset? executedAt, bool hadNoStatement = false)
    {
        var moment = executedAt is { } when ? $" ({when:yyyy-MM-dd HH:mm} UTC)" : "";
        return Problem("MIG3002", hadNoStatement
            ? $"This migration had no statement when it was recorded as applied{moment}, so none of it has run. Remove its row, and the next run applies it: {RepairCommand("Empty", path)}"
            : $"This migration was changed after it was applied{moment}, so databases would differ. Restore the file as it was applied, and put the change into a new migration; or restore it, undo it with -t:MigrateRollback, and change it then, so that it runs in its new form. To accept the file as it is now, without running any of it: {RepairCommand("Checksums", path)}", new SourceLocation(path));
    }

    /// <summary>MIG3003: a pending migration is older than one that is applied.</summary>
    /// <param name="path">The pending migration's file.</param>
    /// <param name="newest">The newest applied migration.</param>
    /// <param name="severity">As <c>MigrateOutOfOrder</c> says.</param>
    /// <param name="isBegun">Whether only a part of the newest one is applied.</param>
    public static Diagnostic OutOfOrder(string path, string newest, DiagnosticSeverity severity, bool isBegun = false) =>
        new(severity, "MIG3003", severity == DiagnosticSeverity.Error
            ? $"This migration is pending, but {PlainText.Of(newest)} is {(isBegun ? "begun" : "applied")} already. Give it a newer version, or allow it with -p:MigrateOutOfOrder=Allow."
            : $"This migration is applied out of order: {PlainText.Of(newest)} was {(isBegun ? "begun" : "applied")} before it. Set MigrateOutOfOrder to Error to forbid this, or to Allow to say nothing.", new SourceLocation(path));

    /// <summary>MIG3004 (warning): the history has migrations without a file.</summary>
    /// <param name="names">Their names, at least one.</param>
    /// <param name="folder">The migrations folder.</param>
    public static Diagnostic MissingFiles(IReadOnlyList<string> names, string folder) =>
        Warning("MIG3004", names.Count == 1
            ? $"{PlainText.Of(names[0])} is applied, but its file is not in this folder. Restore it; is the branch up to date? {OtherFolder} Only if it is gone for good: {RepairCommand("Missing", names[0])}"
            : $"{names.Count} migrations are applied, but their files are not in this folder: {PlainText.Of(string.Join(", ", names.Take(5)))}{(names.Count > 5 ? ", …" : "")}. Restore them; is the branch up to date? {OtherFolder} Only if one is gone for good: {RepairCommand("Missing", names[0])}", new SourceLocation(folder));

    /// <summary>MIG3004 (warning): the history has a migration that was not completed, without a file.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="unfinished">What became of it, such as <c>failed after 1 statement</c>.</param>
    /// <param name="folder">The migrations folder.</param>
    public static Diagnostic MissingUnfinished(string name, string unfinished, string folder) =>
        Warning("MIG3004", $"{PlainText.Of(name)} {unfinished}, and its file is not in this folder. Restore it, so that the next run can continue it; is the branch up to date? {OtherFolder} Only if it is gone for good, and what it left in the database was cleaned up: {RepairCommand("Missing", name)}", new SourceLocation(folder));

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
        Problem("MIG3006", $"This migration was interrupted in an earlier run, {AfterStatementsAtLeast(statementsDone)}. {PlainText.Of(obstacle)} {MendByHand(path)}", new SourceLocation(path));

    /// <summary>MIG3007: a history table with fewer columns cannot be completed.</summary>
    /// <param name="table">The table.</param>
    /// <param name="problem">What stands in the way, and what to do.</param>
    /// <param name="cause">What the database said, if anything.</param>
    public static MigrationException HistoryUnusable(string table, string problem, Exception? cause = null) =>
        Error("MIG3007", $"The history {PlainText.Of(table)} cannot be used: {PlainText.Of(problem)}", cause: cause);

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

    /// <summary>MIG3010: the history has a migration of the same version under another name.</summary>
    /// <param name="path">The file as it is named now.</param>
    /// <param name="name">The name in the history.</param>
    /// <param name="unfinished">What became of it, such as <c>failed after 1 statement</c>; <see langword="null"/> when it is applied.</param>
    public static Diagnostic Renamed(string path, string name, string? unfinished = null) => Problem("MIG3010", unfinished is null
        ? $"Its version is applied already, as {PlainText.Of(name)}, which has no file here. If this is the same migration, give the file its old name back, or record the new one ({RepairCommand("Renamed", path)}). If it is a new migration, give it the next free version."
        : $"Its version is in the history as {PlainText.Of(name)}, which {unfinished} and has no file here. If this is the same migration, give the file its old name back, or record the new one ({RepairCommand("Renamed", path)}): the next run continues it where it can. If none of it is in the database, remove its row ({RepairCommand("Failed", path)}), and this file runs from its beginning. If this is another migration, give it the next free version.", new SourceLocation(path));

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
    public static Diagnostic RollbackMissing(SourceLocation location, string name, string extension, string nothing) =>
        Problem("MIG3017", $"{PlainText.Of(name)} has no rollback, so nothing was undone: there is none in its header, in a .down{extension} file beside it, or in the history. Write what undoes it into {PlainText.Of(Path.GetFileNameWithoutExtension(name))}.down{extension}, or '{nothing}' when there is nothing to undo.", location);

    /// <summary>MIG3017: a rollback is written, but has no statement.</summary>
    /// <param name="location">Where it is written.</param>
    /// <param name="name">The migration's name.</param>
    /// <param name="nothing">What a rollback holds that has nothing to do.</param>
    /// <param name="severity">A warning as long as nobody asks to undo it.</param>
    public static Diagnostic RollbackEmpty(SourceLocation location, string name, string nothing, DiagnosticSeverity severity = DiagnosticSeverity.Error) =>
        new(severity, "MIG3017", $"The rollback of {PlainText.Of(name)} has no statement, so {(severity == DiagnosticSeverity.Error ? "nothing was undone" : "the migration cannot be rolled back")}. Write what undoes it, or '{nothing}' when there is nothing to undo.", location);

    /// <summary>MIG3018: what the history says stands in the way of undoing a migration.</summary>
    /// <param name="location">Its file; the folder when it has none.</param>
    /// <param name="name">Its name in the history.</param>
    /// <param name="problem">What stands in the way, and what to do.</param>
    public static Diagnostic RollbackBlocked(SourceLocation location, string name, string problem) =>
        Problem("MIG3018", $"{PlainText.Of(name)} cannot be undone: {PlainText.Of(problem)}", location);

    /// <summary>MIG3018: a migration that should be undone was changed after it was applied.</summary>
    /// <param name="location">Its file.</param>
    /// <param name="name">Its name in the history.</param>
    public static Diagnostic RollbackOfEdited(SourceLocation location, string name) =>
        RollbackBlocked(location, name, $"it was changed after it was applied, so its rollback may be that of another migration. Restore the file as it was applied, with its rollback; or accept the migration as it is now ({RepairCommand("Checksums", name)}), when its rollback fits what was applied. Then run again.");

    /// <summary>MIG3019: a rollback is asked to go where the history does not lead.</summary>
    /// <param name="folder">The migrations folder.</param>
    /// <param name="asked">What is asked for.</param>
    /// <param name="actual">What is there instead.</param>
    public static Diagnostic RollbackOutOfReach(string folder, string asked, string actual) =>
        Problem("MIG3019", $"{asked}, but {actual}. Nothing was undone; -t:MigrateStatus shows what is applied. Is it the right database?", new SourceLocation(folder));

    /// <summary>MIG3020: a rollback outside a transaction failed or was interrupted in an earlier run.</summary>
    /// <param name="location">The migration's file; the folder when it has none.</param>
    /// <param name="name">Its name.</param>
    /// <param name="done">How many statements of the rollback were run for certain.</param>
    /// <param name="hasFailed">Whether the next one failed; otherwise it is not known whether that one was run.</param>
    public static Diagnostic PartlyUndone(SourceLocation location, string name, int done, bool hasFailed)
    {
        var stopped = (hasFailed, done) switch
        {
            (true, _) => $"failed in an earlier run, after {Statements(done)}. It runs outside a transaction, so what {(done == 1 ? "that statement" : "those statements")} undid stays undone",
            (_, 0) => "was interrupted in an earlier run. It runs outside a transaction, and perhaps its first statement was completed",
            _ => $"was interrupted in an earlier run, after {Statements(done)} for certain, perhaps one more. It runs outside a transaction, so what they undid stays undone",
        };
        return Problem("MIG3020", $"The rollback of {PlainText.Of(name)} {stopped}. Finish it manually and remove its row ({RepairCommand("Failed", name)}); or restore manually what it undid, and mark the migration as applied ({RepairCommand("Completed", name)}).", location);
    }

    /// <summary>MIG3021: somebody changed the history while a change of it was being decided.</summary>
    /// <param name="table">The history table.</param>
    /// <param name="name">The name of the row that is not as it was read.</param>
    public static MigrationException HistoryChanged(string table, string name) =>
        Error("MIG3021", $"The row of {PlainText.Of(name)} in {PlainText.Of(table)} was changed in the meantime, by another run or manually. Nothing was written: run again.");

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
        Error("MIG3023", $"No row of {PlainText.Of(table)} has a file in this folder, so nothing would be left of the history. Is this the right folder, and the right database? Nothing was changed. If the rows are to go, name them with -p:MigrateRepairOnly=…", new SourceLocation(folder));

    /// <summary>MIG3024: another tool has migrated the database, and there is no history of MigrationTasks yet.</summary>
    /// <param name="target">The database.</param>
    /// <param name="histories">The other tools' histories, as text, at least one.</param>
    public static Diagnostic OtherToolsDatabase(string target, IReadOnlyList<string> histories) =>
        Problem("MIG3024", $"{PlainText.Of(target)} was migrated by {PlainText.Of(string.Join(" and ", histories))}, and has no history of MigrationTasks yet: a run would apply everything again. Take over what is applied: dotnet build -t:MigrateImport. If that history is about something else, continue with -p:MigrateIgnoreForeignHistory=true.");

    /// <summary>The code of a database without a history of another tool.</summary>
    internal const string NoHistoryToImport = "MIG3025";

    /// <summary>MIG3025: there is no history of another tool to import.</summary>
    /// <param name="target">The database.</param>
    /// <param name="tool">The tool that was asked for, or <see langword="null"/>.</param>
    /// <param name="found">The histories of others that there are.</param>
    /// <param name="known">The tools whose history can be imported.</param>
    /// <param name="hasCollections">Whether the database has collections for tables.</param>
    public static MigrationException NoForeignHistory(string target, string? tool, IReadOnlyList<string> found, IEnumerable<string> known, bool hasCollections) =>
        Error(NoHistoryToImport, $"{PlainText.Of(target)} has no history of {tool ?? "another tool"} that can be imported{(found.Count > 0 ? $", but of {PlainText.Of(string.Join(" and ", found))}" : "")}. {(known.Any() ? $"Looked for were the usual {(hasCollections ? "collection" : "table")}s of {string.Join(", ", known)}; name another with -p:MigrateImportTable={(hasCollections ? "collection" : "schema.table")}, or mark" : "Mark")} what is applied with MigrateBaseline.");

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
        Problem("MIG3027", $"Nothing was imported from {PlainText.Of(history)}, because it is not certain which file {(entries.Count == 1 ? "an entry stands" : $"{entries.Count} entries stand")} for: {Several(entries)}. Give each its file, with the entry's version and name, and run again.", new SourceLocation(folder));

    /// <summary>MIG3028: another tool's history has migrations that failed.</summary>
    /// <param name="folder">The migrations folder.</param>
    /// <param name="history">The history, as text.</param>
    /// <param name="entries">The entries, at least one.</param>
    public static Diagnostic FailedEntries(string folder, string history, IReadOnlyList<string> entries) =>
        Problem("MIG3028", $"Nothing was imported from {PlainText.Of(history)}, because it has {(entries.Count == 1 ? "a migration that failed" : $"{entries.Count} migrations that failed")}: {Several(entries)}. Repair that with the tool itself, and run again.", new SourceLocation(folder));

    /// <summary>MIG3029: the table that <c>MigrateImportTable</c> names is not there.</summary>
    /// <param name="table">The name.</param>
    /// <param name="target">The database.</param>
    /// <param name="hasCollections">Whether the database has collections for tables.</param>
    public static MigrationException ForeignTableMissing(string table, string target, bool hasCollections) =>
        Error("MIG3029", $"MigrateImportTable names {PlainText.Of(table)}, but {PlainText.Of(target)} has no such {(hasCollections ? "collection. Name one that it has" : "table. Name it with its schema")}.");

    /// <summary>MIG3029: the table that <c>MigrateImportTable</c> names is no history that is known.</summary>
    /// <param name="table">The name.</param>
    /// <param name="tool">The tool that was asked for, or <see langword="null"/>.</param>
    /// <param name="columns">The columns it has.</param>
    /// <param name="hasCollections">Whether the database has collections for tables.</param>
    public static MigrationException ForeignTableUnknown(string table, string? tool, IEnumerable<string> columns, bool hasCollections) =>
        Error("MIG3029", $"{PlainText.Of(table)} is not a history of {tool ?? "a tool that is known"} (its {(hasCollections ? "fields" : "columns")}: {PlainText.Of(string.Join(", ", columns))}). Correct MigrateImportTable or MigrateImportFrom.");

    /// <summary>MIG3030: a database's adapter cannot write what a run would do as a script.</summary>
    /// <param name="database">The database.</param>
    /// <param name="canTry">Whether it can be tried and rolled back instead.</param>
    public static MigrationException NoScripts(string database, bool canTry) =>
        Error("MIG3030", $"What a run would do cannot be written as a script for {PlainText.Of(database)}: no program that runs such a file is known for it. {(canTry ? "Try it instead with -p:MigrateDryRunMode=Rollback, or see" : "See")} what is pending with -t:MigrateStatus.");

    /// <summary>MIG3031: a migration outside a transaction that an earlier run began cannot go on by a script.</summary>
    /// <param name="path">The migration's file.</param>
    public static Diagnostic CannotScriptResume(string path) =>
        Problem("MIG3031", $"This migration stopped in an earlier run. It can continue after the statements that were applied, but only a run can check what the statement that stopped left in the database; a script cannot. Let -t:Migrate apply it, and write the script for the rest. Or repair the database and the row manually ({RepairCommand("Failed", path)}, or {RepairCommand("Completed", path)}).", new SourceLocation(path));

    /// <summary>MIG3032: a database's adapter cannot try migrations and take them back.</summary>
    /// <param name="database">The database.</param>
    /// <param name="canScript">Whether what a run would do can be written as a script instead.</param>
    public static MigrationException NoRehearsal(string database, bool canScript) =>
        Error("MIG3032", $"Migrations cannot be tried on {PlainText.Of(database)} and rolled back: it cannot roll back changes of the schema. See what {(canScript ? "a run would do with -p:MigrateDryRunMode=Script" : "is pending with -t:MigrateStatus")}, or try it on a copy of the database.");

    /// <summary>MIG3033: the rollback of a migration is only in the history, and nobody has confirmed it.</summary>
    /// <param name="location">Its file; the folder when it has none.</param>
    /// <param name="name">Its name in the history.</param>
    /// <param name="sql">The rollback, without the values of placeholders.</param>
    /// <param name="fingerprint">What confirms it.</param>
    /// <param name="hasChanged">Whether something else was confirmed.</param>
    public static Diagnostic RollbackNotConfirmed(SourceLocation location, string name, string sql, string fingerprint, bool hasChanged) =>
        Problem("MIG3033", $"The rollback of {PlainText.Of(name)} is not in the project any more, only in the history{(hasChanged ? ", and it is not the one that MigrateRollbackStored confirms" : "")}, where whoever can write to the history could have put it. Nothing was undone. Restore the file with its rollback, which then has priority. Or read what the history keeps, and if it is right, run it with -p:MigrateRollbackStored={fingerprint}. It is: {PlainText.Of(Shortened(sql))}", location);

    /// <summary>MIG3034 (warning): others than its owner may write to the history, or strangers may read it.</summary>
    /// <param name="table">The history table.</param>
    /// <param name="roles">Who, as it stands in a statement.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="statement">What closes it.</param>
    public static Diagnostic HistoryOpen(string table, string roles, string owner, string statement) =>
        Warning("MIG3034", $"The history {PlainText.Of(table)} is open to {PlainText.Of(roles)}: whoever can write to it decides which migrations run and which do not, and whoever can read it sees their rollbacks. Close it, as {PlainText.Of(owner)}: {PlainText.Of(statement)} Have a role among them that is meant to migrate run as a member of {PlainText.Of(owner)} instead.");

    /// <summary>MIG3035: row level security hides the history from the user.</summary>
    /// <param name="table">The history table.</param>
    /// <param name="user">The user.</param>
    /// <param name="owner">Whose it is.</param>
    /// <param name="policy">The statement that lets the user through.</param>
    public static MigrationException HistoryHidden(string table, string user, string owner, string policy) =>
        Error("MIG3035", $"Row level security hides the rows of {PlainText.Of(table)} from {PlainText.Of(user)}, so everything would be applied again. Nothing was done. Run as its owner {PlainText.Of(owner)} or as a member of that role; or let {PlainText.Of(user)} through, as {PlainText.Of(owner)}: {PlainText.Of(policy)}");

    private static string Shortened(string sql) => sql.Length <= LongestSql
        ? sql.Trim()
        : $"{sql[..LongestSql].Trim()} … and {sql.Length - LongestSql} more characters: all of it is in rollback_sql of its row";

    private static string Statements(int count) => count == 1 ? "1 statement" : $"{count} statements";

    private static string Several(IReadOnlyList<string> texts) =>
        $"{PlainText.Of(string.Join("; ", texts.Take(5)))}{(texts.Count > 5 ? $"; and {texts.Count - 5} more" : "")}";

    private static string AfterStatements(int count) => count switch
    {
        0 => "before its first statement was completed",
        1 => "after 1 statement, which stays applied because the migration runs outside a transaction; it cannot continue from there",
        _ => $"after {count} statements, which stay applied because the migration runs outside a transaction; it cannot continue from there",
    };

    private static string AfterStatementsAtLeast(int count) => count switch
    {
        0 => "perhaps after its first statement, which would stay applied because the migration runs outside a transaction",
        1 => "after 1 statement for certain, perhaps one more; they stay applied because the migration runs outside a transaction, and it cannot continue from there",
        _ => $"after {count} statements for certain, perhaps one more; they stay applied because the migration runs outside a transaction, and it cannot continue from there",
    };

    private static string MendByHand(string path) =>
        $"Or bring the database manually to the state before the migration, and let it run again from its beginning ({RepairCommand("Failed", path)}); or bring it to the state after the migration, and mark it as applied ({RepairCommand("Completed", path)}).";

    private static string RepairCommand(string what, string? path = null)
    {
        var command = $"dotnet build -t:MigrateRepair -p:MigrateRepair{what}=true";
        return path is null ? command : $"{command} -p:MigrateRepairOnly={NameForCommand(Path.GetFileName(path))}";
    }

    // Shells and MSBuild give a meaning to some characters, and others may have written the name: the version says the same.
    private static string NameForCommand(string name) =>
        name.All(character => char.IsAsciiLetterOrDigit(character) || character is '_' or '-' or '.') ? name
            : string.Concat(name.TakeWhile(char.IsAsciiDigit)) is { Length: > 0 } version ? version
            : "…";
}

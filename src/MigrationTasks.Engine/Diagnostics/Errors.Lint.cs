namespace MigrationTasks.Engine.Diagnostics;

/// <content>MIG5xxx: what may hurt a database in use, though it is correct. All of them are warnings.</content>
internal static partial class Errors
{
    private const string OwnMigration = "in a migration of its own with '-- Transaction: none' at the top";

    // MIG500x: indexes

    /// <summary>MIG5001 (warning): an index is created in a way that blocks writes.</summary>
    /// <param name="location">Where.</param>
    /// <param name="table">The table.</param>
    /// <param name="isPartitioned">Whether the table is partitioned, so that its index cannot be created concurrently.</param>
    public static Diagnostic IndexBlocks(SourceLocation location, string table, bool isPartitioned) => Warning(
        "MIG5001",
        $"Nobody can write to {PlainText.Of(table)} until this index is built. " + (isPartitioned
            ? "Create it ON ONLY the partitioned table, then one for each partition CONCURRENTLY, and attach those."
            : $"Create it CONCURRENTLY, {OwnMigration}."),
        location);

    /// <summary>MIG5002 (warning): an index is dropped in a way that blocks its table.</summary>
    /// <param name="location">Where.</param>
    /// <param name="index">The index.</param>
    public static Diagnostic IndexDropBlocks(SourceLocation location, string index) =>
        Warning("MIG5002", $"Dropping {PlainText.Of(index)} waits for every query on its table, and blocks all that come after. Drop it CONCURRENTLY, {OwnMigration}.", location);

    /// <summary>MIG5003 (warning): an index is rebuilt in a way that blocks its table.</summary>
    /// <param name="location">Where.</param>
    public static Diagnostic ReindexBlocks(SourceLocation location) =>
        Warning("MIG5003", $"Nobody can write to the table until its index is rebuilt. Use REINDEX … CONCURRENTLY, {OwnMigration}.", location);

    /// <summary>MIG5004 (warning): <c>IF NOT EXISTS</c> takes an invalid index for a good one.</summary>
    /// <param name="location">Where.</param>
    /// <param name="index">The index.</param>
    public static Diagnostic InvalidIndexHidden(SourceLocation location, string index) =>
        Warning("MIG5004", $"When building {PlainText.Of(index)} fails, an invalid index of that name is left, and IF NOT EXISTS takes it for a good one. Leave IF NOT EXISTS out, or put DROP INDEX CONCURRENTLY IF EXISTS {PlainText.Of(index)} before it.", location);

    // MIG501x: constraints and rewrites

    /// <summary>MIG5010 (warning): a foreign key is added that checks all rows at once.</summary>
    /// <param name="location">Where.</param>
    /// <param name="table">The table.</param>
    public static Diagnostic ForeignKeyBlocks(SourceLocation location, string table) =>
        Warning("MIG5010", $"Nobody can write to {PlainText.Of(table)}, nor to the table that it references, until all rows are checked. Add the foreign key NOT VALID, and VALIDATE CONSTRAINT in a later migration, which blocks nobody.", location);

    /// <summary>MIG5011 (warning): a check constraint is added that checks all rows at once.</summary>
    /// <param name="location">Where.</param>
    /// <param name="table">The table.</param>
    public static Diagnostic CheckBlocks(SourceLocation location, string table) =>
        Warning("MIG5011", $"Nobody can read or write {PlainText.Of(table)} until all rows are checked. Add the constraint by ADD CONSTRAINT … NOT VALID, and VALIDATE CONSTRAINT in a later migration, which blocks nobody.", location);

    /// <summary>MIG5012 (warning): a unique or primary key is added that builds its index at once.</summary>
    /// <param name="location">Where.</param>
    /// <param name="table">The table.</param>
    public static Diagnostic UniqueBlocks(SourceLocation location, string table) =>
        Warning("MIG5012", $"Nobody can read or write {PlainText.Of(table)} until the index of this constraint is built. Create a UNIQUE INDEX CONCURRENTLY first, {OwnMigration}; then ADD CONSTRAINT … USING INDEX.", location);

    /// <summary>MIG5013 (warning): an exclusion constraint is added.</summary>
    /// <param name="location">Where.</param>
    /// <param name="table">The table.</param>
    public static Diagnostic ExclusionBlocks(SourceLocation location, string table) =>
        Warning("MIG5013", $"Nobody can read or write {PlainText.Of(table)} until the index of this constraint is built, and there is no way around that. Do it while nobody needs the table, or in a new table that takes over.", location);

    /// <summary>MIG5014 (warning): a column becomes <c>NOT NULL</c>, for which all rows are read.</summary>
    /// <param name="location">Where.</param>
    /// <param name="table">The table.</param>
    /// <param name="column">The column.</param>
    public static Diagnostic NotNullBlocks(SourceLocation location, string table, string column) =>
        Warning("MIG5014", $"Nobody can read or write {PlainText.Of(table)} until all rows are checked. Add CHECK ({PlainText.Of(column)} IS NOT NULL) NOT VALID, VALIDATE it in a later migration, and then SET NOT NULL: the check proves it, and can be dropped.", location);

    /// <summary>MIG5015 (warning): a constraint is validated in the transaction that added it.</summary>
    /// <param name="location">Where.</param>
    /// <param name="constraint">The constraint.</param>
    public static Diagnostic ValidatedAtOnce(SourceLocation location, string constraint) =>
        Warning("MIG5015", $"{PlainText.Of(constraint)} was added in this same transaction, whose lock is held while all rows are checked: NOT VALID gains nothing. Validate it in a later migration.", location);

    /// <summary>MIG5016 (warning): a change of type rewrites the table.</summary>
    /// <param name="location">Where.</param>
    /// <param name="table">The table.</param>
    /// <param name="column">The column.</param>
    /// <param name="from">Its type; <see langword="null"/> when no file tells it.</param>
    /// <param name="to">Its new type.</param>
    /// <param name="isTimeZone">Whether it only gains or loses a time zone.</param>
    public static Diagnostic TypeChangeRewrites(SourceLocation location, string table, string column, string? from, string to, bool isTimeZone) => Warning(
        "MIG5016",
        $"Nobody can read or write {PlainText.Of(table)} while all of its rows are rewritten{(from is null ? $", unless {PlainText.Of(to)} takes the values of {PlainText.Of(column)} as they are" : $" from {PlainText.Of(from)} to {PlainText.Of(to)}")}. " + (isTimeZone
            ? "If its times are UTC, put SET LOCAL timezone = 'UTC' before it and leave USING out: then nothing is rewritten."
            : $"Add a new column of the type, write both, fill it bit by bit, and switch from {PlainText.Of(column)} to it."),
        location);

    /// <summary>MIG5017 (warning): a column is added whose default differs from row to row, which rewrites the table.</summary>
    /// <param name="location">Where.</param>
    /// <param name="table">The table.</param>
    /// <param name="function">The function that makes it differ.</param>
    public static Diagnostic VolatileDefault(SourceLocation location, string table, string function) =>
        Warning("MIG5017", $"Nobody can read or write {PlainText.Of(table)} while all of its rows are rewritten, because {PlainText.Of(function)}() gives each row a value of its own. Add the column without a default, SET DEFAULT afterwards, and fill the rows bit by bit.", location);

    /// <summary>MIG5018 (warning): a column is added whose values come from a sequence or an expression, which rewrites the table.</summary>
    /// <param name="location">Where.</param>
    /// <param name="table">The table.</param>
    /// <param name="isStored">Whether it is <c>GENERATED … STORED</c>.</param>
    public static Diagnostic ComputedColumn(SourceLocation location, string table, bool isStored) => Warning(
        "MIG5018",
        $"Nobody can read or write {PlainText.Of(table)} while all of its rows are rewritten with the values of this column. " + (isStored
            ? "Add a plain column, fill it by a trigger, and the rows that are there bit by bit."
            : "Add a plain column, SET DEFAULT nextval of a sequence, and fill the rows bit by bit."),
        location);

    /// <summary>MIG5019 (warning): a column is added that must not be null and has no default.</summary>
    /// <param name="location">Where.</param>
    /// <param name="table">The table.</param>
    /// <param name="column">The column.</param>
    public static Diagnostic RequiredColumn(SourceLocation location, string table, string column) =>
        Warning("MIG5019", $"This fails as soon as {PlainText.Of(table)} has a row, and rows that a running application inserts lack {PlainText.Of(column)}. Give it a DEFAULT, or let it be null at first.", location);

    /// <summary>MIG5020 (warning): SQLite adds a column whose values it must compute to an empty table only.</summary>
    /// <param name="location">Where.</param>
    /// <param name="table">The table.</param>
    public static Diagnostic DefaultNotConstant(SourceLocation location, string table) =>
        Warning("MIG5020", $"SQLite refuses to add a column whose default is not constant, or that is STORED, as soon as {PlainText.Of(table)} has a row. Give it a constant default, or create a new table, copy the rows, and rename it.", location);

    // MIG503x: what the running application still uses

    /// <summary>MIG5030 (warning): a table is dropped.</summary>
    /// <param name="location">Where.</param>
    /// <param name="table">The table.</param>
    public static Diagnostic TableDropped(SourceLocation location, string table) =>
        Warning("MIG5030", $"The rows of {PlainText.Of(table)} are lost, and an application that still uses it fails. Drop it when no running version does, and write '-- Lint: ignore MIG5030' with that reason.", location);

    /// <summary>MIG5031 (warning): a column is dropped.</summary>
    /// <param name="location">Where.</param>
    /// <param name="table">The table.</param>
    /// <param name="column">The column.</param>
    public static Diagnostic ColumnDropped(SourceLocation location, string table, string column) =>
        Warning("MIG5031", $"The values of {PlainText.Of(table)}.{PlainText.Of(column)} are lost, and an application that still uses it fails. Drop it when no running version does, and write '-- Lint: ignore MIG5031' with that reason.", location);

    /// <summary>MIG5032 (warning): a table is renamed.</summary>
    /// <param name="location">Where.</param>
    /// <param name="table">The table.</param>
    /// <param name="to">Its new name.</param>
    public static Diagnostic TableRenamed(SourceLocation location, string table, string to) =>
        Warning("MIG5032", $"An application that still uses {PlainText.Of(table)} fails. Create a view of the old name over {PlainText.Of(to)} in this migration, and drop it when no running version uses it.", location);

    /// <summary>MIG5033 (warning): a column is renamed.</summary>
    /// <param name="location">Where.</param>
    /// <param name="table">The table.</param>
    /// <param name="column">The column.</param>
    /// <param name="to">Its new name.</param>
    public static Diagnostic ColumnRenamed(SourceLocation location, string table, string column, string to) =>
        Warning("MIG5033", $"An application that still uses {PlainText.Of(table)}.{PlainText.Of(column)} fails. Add {PlainText.Of(to)} as a new column, write both, fill it bit by bit, and drop the old one when no running version uses it.", location);

    /// <summary>MIG5034 (warning): a value of an enum is renamed.</summary>
    /// <param name="location">Where.</param>
    /// <param name="type">The type.</param>
    /// <param name="value">The value, quoted.</param>
    public static Diagnostic EnumValueRenamed(SourceLocation location, string type, string value) =>
        Warning("MIG5034", $"An application that still uses {PlainText.Of(value)} of {PlainText.Of(type)} fails. Add the new value, let the application take both, and change the rows to it.", location);

    // MIG504x: rows

    /// <summary>MIG5040 (warning): all rows of a table are deleted.</summary>
    /// <param name="location">Where.</param>
    /// <param name="table">The table.</param>
    /// <param name="statement"><c>TRUNCATE</c> or <c>DELETE</c>.</param>
    public static Diagnostic RowsDeleted(SourceLocation location, string table, string statement) =>
        Warning("MIG5040", $"This {statement} deletes every row of {PlainText.Of(table)}. If that is meant, write '-- Lint: ignore MIG5040' with the reason; if not, add a WHERE.", location);

    /// <summary>MIG5041 (warning): all rows of a table are updated in one statement.</summary>
    /// <param name="location">Where.</param>
    /// <param name="table">The table.</param>
    public static Diagnostic RowsUpdated(SourceLocation location, string table) =>
        Warning("MIG5041", $"Every row of {PlainText.Of(table)} is locked until the transaction ends, and written anew. Update them bit by bit, {OwnMigration}; if the table is small, write '-- Lint: ignore MIG5041' with that reason.", location);

    // MIG505x: transactions and locks

    /// <summary>MIG5050 (warning): a lock is waited for without a limit.</summary>
    /// <param name="location">Where.</param>
    /// <param name="table">The table.</param>
    public static Diagnostic NoLockTimeout(SourceLocation location, string table) =>
        Warning("MIG5050", $"While this waits for a query on {PlainText.Of(table)}, all queries that come after it wait too. Set MigrateStatementLockTimeout, or write '-- Lock timeout: 5s' at the top.", location);

    /// <summary>MIG5051 (warning): a transaction blocks several tables.</summary>
    /// <param name="location">Where it blocks the second one.</param>
    /// <param name="table">The second table.</param>
    /// <param name="first">The first table.</param>
    /// <param name="line">The line where it blocks the first one.</param>
    public static Diagnostic SeveralTablesBlocked(SourceLocation location, string table, string first, int line) =>
        Warning("MIG5051", $"This transaction has blocked {PlainText.Of(first)} since line {line}, and keeps it blocked while it waits for {PlainText.Of(table)}: that can take long, or end in a deadlock. Give each table a migration of its own.", location);

    /// <summary>MIG5052 (warning): an enum value is used in the transaction that adds it.</summary>
    /// <param name="location">Where it is used.</param>
    /// <param name="value">The value, quoted.</param>
    /// <param name="type">The type.</param>
    /// <param name="line">The line where it is added.</param>
    public static Diagnostic EnumValueUsedAtOnce(SourceLocation location, string value, string type, int line) =>
        Warning("MIG5052", $"{PlainText.Of(value)} is added to {PlainText.Of(type)} in line {line} of this same transaction, and PostgreSQL refuses to use it before that is committed. Use it in the next migration.", location);

    // MIG506x: files

    /// <summary>MIG5060 (warning): a migration has no rollback.</summary>
    /// <param name="location">The first line of the migration.</param>
    /// <param name="file">Its file name without the ending.</param>
    public static Diagnostic NoRollback(SourceLocation location, string file) =>
        Warning("MIG5060", $"This migration cannot be rolled back. Write '-- Rollback:' with the SQL that undoes it at the top, or a file {PlainText.Of(file)}.down.sql; if you never roll back, set <NoWarn>$(NoWarn);MIG5060</NoWarn>.", location);

    /// <summary>MIG5061 (warning): a new table can be read by everybody.</summary>
    /// <param name="location">Where it is created.</param>
    /// <param name="table">The table.</param>
    /// <param name="schema">The schema.</param>
    public static Diagnostic NoRowSecurity(SourceLocation location, string table, string schema) =>
        Warning("MIG5061", $"Everybody who has the project's public key can read and write {PlainText.Of(table)}, since the schema {PlainText.Of(schema)} is exposed and no migration turns row level security on. Add ALTER TABLE {PlainText.Of(table)} ENABLE ROW LEVEL SECURITY, and policies.", location);

    // MIG509x: Lint comments

    /// <summary>MIG5090 (warning): a <c>Lint</c> comment cannot be understood.</summary>
    /// <param name="location">Where it stands.</param>
    /// <param name="code">The code in it that is none; <see langword="null"/> when there is no code.</param>
    public static Diagnostic LintComment(SourceLocation location, string? code) =>
        Warning("MIG5090", $"{(code is null ? "This Lint comment says nothing that can be understood." : $"{PlainText.Of(code)} is no code of lint.")} Write -- Lint: ignore MIG5001 and the reason; several codes are separated by commas.", location);

    /// <summary>MIG5091 (warning): a <c>Lint</c> comment gives no reason.</summary>
    /// <param name="location">Where it stands.</param>
    public static Diagnostic LintReason(SourceLocation location) =>
        Warning("MIG5091", "Say after the code why this is safe here: the next reader cannot know.", location);

    /// <summary>MIG5092 (warning): a <c>Lint</c> comment silences nothing.</summary>
    /// <param name="location">Where it stands.</param>
    /// <param name="code">The code.</param>
    public static Diagnostic LintUnused(SourceLocation location, string code) =>
        Warning("MIG5092", $"There is no {PlainText.Of(code)} here to ignore. Remove it; a Lint comment belongs right before the statement, or at its end.", location);
}

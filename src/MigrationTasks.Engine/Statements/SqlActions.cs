using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Schema;

namespace MigrationTasks.Engine.Statements;

/// <summary>One thing that a statement does to a database; an <c>ALTER TABLE</c> does as many as it has parts.</summary>
/// <param name="Location">Where it stands.</param>
internal abstract record SqlAction(SourceLocation Location)
{
    /// <summary>Whether it does nothing where what it makes is there already, or what it takes is not: <c>IF [NOT] EXISTS</c>.</summary>
    public bool IsConditional { get; init; }

    /// <summary>Whether what it makes takes the place of one that may be there: <c>OR REPLACE</c>.</summary>
    public bool Replaces { get; init; }
}

/// <summary>An action on a table.</summary>
/// <param name="Location">Where it stands.</param>
/// <param name="Table">The table.</param>
internal abstract record TableAction(SourceLocation Location, SqlName Table) : SqlAction(Location)
{
    /// <summary>Whether it keeps others from reading or writing the table until the transaction ends.</summary>
    public virtual bool Blocks => true;
}

/// <summary><c>CREATE TABLE</c>, also <c>AS</c> a query, and <c>SELECT INTO</c>.</summary>
internal sealed record CreateTable(SourceLocation Location, SqlName Table, IReadOnlyList<SqlColumn> Columns) : TableAction(Location, Table)
{
    public bool IsTemporary { get; init; }

    public bool IsPartitioned { get; init; }

    public override bool Blocks => false;
}

/// <summary><c>CREATE [MATERIALIZED] VIEW</c>.</summary>
internal sealed record CreateView(SourceLocation Location, SqlName Table) : TableAction(Location, Table)
{
    public bool IsTemporary { get; init; }

    public override bool Blocks => false;
}

/// <summary><c>DROP TABLE</c>.</summary>
internal sealed record DropTable(SourceLocation Location, SqlName Table) : TableAction(Location, Table)
{
    /// <summary>Whether it takes a temporary one and no other.</summary>
    public bool IsTemporary { get; init; }
}

/// <summary><c>RENAME TO</c> and <c>SET SCHEMA</c>.</summary>
internal sealed record RenameTable(SourceLocation Location, SqlName Table, SqlName To) : TableAction(Location, Table);

/// <summary><c>ADD COLUMN</c>.</summary>
internal sealed record AddColumn(SourceLocation Location, SqlName Table, SqlColumn Column) : TableAction(Location, Table);

/// <summary><c>DROP COLUMN</c>.</summary>
internal sealed record DropColumn(SourceLocation Location, SqlName Table, SqlPart Column) : TableAction(Location, Table);

/// <summary><c>RENAME COLUMN</c>.</summary>
internal sealed record RenameColumn(SourceLocation Location, SqlName Table, SqlPart Column, SqlPart To) : TableAction(Location, Table);

/// <summary><c>ALTER COLUMN … TYPE</c>.</summary>
/// <param name="Location">Where it stands.</param>
/// <param name="Table">The table.</param>
/// <param name="Column">The column.</param>
/// <param name="Type">Its new type.</param>
/// <param name="IsComputed">Whether <c>USING</c> computes the new values by more than a cast of the old ones.</param>
internal sealed record ChangeType(SourceLocation Location, SqlName Table, SqlPart Column, SqlType Type, bool IsComputed) : TableAction(Location, Table);

/// <summary><c>ALTER COLUMN … SET NOT NULL</c>.</summary>
internal sealed record SetNotNull(SourceLocation Location, SqlName Table, SqlPart Column) : TableAction(Location, Table);

/// <summary><c>ADD CONSTRAINT</c>, with or without the word.</summary>
internal sealed record AddConstraint(SourceLocation Location, SqlName Table, SqlConstraint Constraint) : TableAction(Location, Table);

/// <summary><c>DROP CONSTRAINT</c>.</summary>
internal sealed record DropConstraint(SourceLocation Location, SqlName Table, SqlPart Name) : TableAction(Location, Table);

/// <summary><c>VALIDATE CONSTRAINT</c>.</summary>
internal sealed record ValidateConstraint(SourceLocation Location, SqlName Table, SqlPart Name) : TableAction(Location, Table)
{
    public override bool Blocks => false;
}

/// <summary><c>DETACH PARTITION</c>.</summary>
internal sealed record DetachPartition(SourceLocation Location, SqlName Table, SqlName Partition, bool IsConcurrent) : TableAction(Location, Table)
{
    public override bool Blocks => !IsConcurrent;
}

/// <summary><c>ENABLE ROW LEVEL SECURITY</c>.</summary>
internal sealed record EnableRowSecurity(SourceLocation Location, SqlName Table) : TableAction(Location, Table);

/// <summary>A <c>DO</c> block that turns row level security on.</summary>
/// <param name="Location">Where it stands.</param>
/// <param name="Tables">The tables that its statements name.</param>
/// <param name="Others">Which others it may be about; <see langword="null"/> when it puts no statement together.</param>
internal sealed record RunRowSecurityCode(SourceLocation Location, IReadOnlyList<SqlName> Tables, RowSecurityTargets? Others) : SqlAction(Location);

/// <summary>What tells of a statement that is put together from strings which tables it is about.</summary>
/// <param name="Words">What stands in strings.</param>
/// <param name="ReadsCatalog">Whether the tables come from the catalog of the database.</param>
/// <param name="Excludes">Whether the strings may be what is left out.</param>
internal sealed record RowSecurityTargets(IReadOnlySet<string> Words, bool ReadsCatalog, bool Excludes);

/// <summary>A function that turns row level security on for tables that it is told: those that are still to come.</summary>
internal sealed record SecureNewTables(SourceLocation Location) : SqlAction(Location);

/// <summary>Anything else that blocks a table for a moment.</summary>
internal sealed record LockTable(SourceLocation Location, SqlName Table) : TableAction(Location, Table);

/// <summary><c>CREATE INDEX</c>.</summary>
internal sealed record CreateIndex(SourceLocation Location, SqlName Table, SqlName? Index) : TableAction(Location, Table)
{
    public bool IsConcurrent { get; init; }

    /// <summary>Its columns, then those that it only includes; <see langword="null"/> when one of them is an expression.</summary>
    public IReadOnlyList<SqlPart>? Columns { get; init; }

    /// <summary>Whether the partitions get none.</summary>
    public bool IsOnly { get; init; }

    /// <summary>Whether no two rows may have the same key.</summary>
    public bool IsUnique { get; init; }

    public override bool Blocks => !IsConcurrent;
}

/// <summary>An index is dropped whose name only its table has, in MySQL and MongoDB; <see langword="null"/> for all of them.</summary>
internal sealed record DropTableIndex(SourceLocation Location, SqlName Table, SqlName? Index) : TableAction(Location, Table);

/// <summary><c>RENAME INDEX</c> of a table.</summary>
internal sealed record RenameIndex(SourceLocation Location, SqlName Table, SqlPart Index, SqlPart To) : TableAction(Location, Table);

/// <summary>MongoDB's <c>collMod</c> that hides an index from queries, or shows it again.</summary>
internal sealed record HideIndex(SourceLocation Location, SqlName Table, SqlName Index, bool IsHidden) : TableAction(Location, Table);

/// <summary>MongoDB's <c>collMod</c> with a validator that documents must fit from then on.</summary>
internal sealed record SetValidator(SourceLocation Location, SqlName Table) : TableAction(Location, Table);

/// <summary>MongoDB's <c>$out</c>: a result becomes the collection.</summary>
internal sealed record ReplaceRows(SourceLocation Location, SqlName Table) : TableAction(Location, Table);

/// <summary>A table gets rows: <c>INSERT</c>, <c>REPLACE</c>, <c>COPY … FROM</c>, <c>CREATE TABLE … AS</c>.</summary>
/// <param name="Location">Where it stands.</param>
/// <param name="Table">The table.</param>
/// <param name="From">The table whose rows they are: <c>INSERT INTO … SELECT … FROM</c>; <see langword="null"/> when it is none.</param>
internal sealed record InsertRows(SourceLocation Location, SqlName Table, SqlName? From) : SqlAction(Location);

/// <summary>MongoDB's <c>dropDatabase</c>.</summary>
internal sealed record DropDatabase(SourceLocation Location) : SqlAction(Location);

/// <summary><c>TRUNCATE</c>, and <c>DELETE</c> without <c>WHERE</c>.</summary>
internal sealed record DeleteAllRows(SourceLocation Location, SqlName Table, string Statement) : TableAction(Location, Table)
{
    public override bool Blocks => Statement == "TRUNCATE";
}

/// <summary><c>UPDATE</c> without <c>WHERE</c>.</summary>
internal sealed record UpdateAllRows(SourceLocation Location, SqlName Table) : TableAction(Location, Table)
{
    public override bool Blocks => false;
}

/// <summary><c>DROP INDEX</c>.</summary>
internal sealed record DropIndex(SourceLocation Location, SqlName Index, bool IsConcurrent) : SqlAction(Location);

/// <summary><c>REINDEX</c>.</summary>
/// <param name="Location">Where it stands.</param>
/// <param name="Kind">Whether it is an index, or what holds several; <see langword="null"/> for the system's.</param>
/// <param name="Name">The name of that.</param>
/// <param name="IsConcurrent">Whether others may write meanwhile.</param>
internal sealed record Reindex(SourceLocation Location, SqlObjectKind? Kind, SqlName? Name, bool IsConcurrent) : SqlAction(Location);

/// <summary>Something is created of which no more is read than its name.</summary>
internal sealed record CreateObject(SourceLocation Location, SqlObjectKind Kind, SqlName Name) : SqlAction(Location);

/// <summary>Something is dropped that is no table and no index.</summary>
internal sealed record DropObject(SourceLocation Location, SqlObjectKind Kind, SqlName Name) : SqlAction(Location);

/// <summary>Something gets another name, other than by <c>ALTER TABLE</c>.</summary>
internal sealed record RenameObject(SourceLocation Location, SqlObjectKind Kind, SqlName Name, SqlName To) : SqlAction(Location);

/// <summary><c>CREATE TYPE</c> and <c>CREATE DOMAIN</c>.</summary>
internal sealed record CreateType(SourceLocation Location, SqlName Type) : SqlAction(Location);

/// <summary><c>ALTER TYPE … RENAME TO</c>.</summary>
internal sealed record RenameType(SourceLocation Location, SqlName Type, SqlName To) : SqlAction(Location);

/// <summary><c>ALTER TYPE … ADD VALUE</c>.</summary>
/// <param name="Location">Where it stands.</param>
/// <param name="Type">The type.</param>
/// <param name="Value">The value, with its quotes.</param>
internal sealed record AddEnumValue(SourceLocation Location, SqlName Type, SqlPart Value) : SqlAction(Location);

/// <summary><c>ALTER TYPE … RENAME VALUE</c>.</summary>
internal sealed record RenameEnumValue(SourceLocation Location, SqlName Type, SqlPart Value) : SqlAction(Location);

/// <summary>A literal that is the same as an enum value which was added before.</summary>
internal sealed record UseEnumValue(SourceLocation Location, AddEnumValue Added) : SqlAction(Location);

/// <summary><c>CREATE FUNCTION</c>.</summary>
/// <param name="Location">Where it stands.</param>
/// <param name="Function">Its name.</param>
/// <param name="IsVolatile">Whether two calls may differ: it is neither <c>IMMUTABLE</c> nor <c>STABLE</c>.</param>
internal sealed record CreateFunction(SourceLocation Location, SqlName Function, bool IsVolatile) : SqlAction(Location);

/// <summary>A setting changes for the statements behind it: <c>SET</c>, <c>RESET</c>, and MySQL's <c>USE</c>, which sets the <c>database</c>.</summary>
/// <param name="Location">Where it stands.</param>
/// <param name="Name">The setting, in lower case; <see langword="null"/> for all of them.</param>
/// <param name="Values">What it is set to, without quotes; none for what it is by default.</param>
internal sealed record ChangeSetting(SourceLocation Location, string? Name, IReadOnlyList<string> Values) : SqlAction(Location);

/// <summary>Another statement begins in the same text.</summary>
internal sealed record NextStatement(SourceLocation Location) : SqlAction(Location);

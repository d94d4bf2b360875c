using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Statements;
using MigrationTasks.MySql.Scripts;

namespace MigrationTasks.MySql;

/// <summary>What shows whether a statement was completed: what it creates is there then, and what it drops is gone.</summary>
/// <param name="Evidence">What is there or gone then, for messages.</param>
/// <param name="Query">Gives 1 when it was completed, 0 when it was not, and NULL when some of it looks done and some does not.</param>
internal sealed record StatementEffect(string Evidence, string Query)
{
    // The server compares the names.
    private static readonly MySqlActionReader Reader = new(MySqlActionReader.Naming with { Case = NameCase.Kept });

    /// <summary>Something that a statement creates or drops.</summary>
    /// <param name="What">What it is, for messages.</param>
    /// <param name="From">Where the server lists it, with the condition that finds it; <see langword="null"/> where it does not tell everybody.</param>
    /// <param name="HasRows">Whether rows are lost with it.</param>
    private sealed record Thing(string What, string? From, bool HasRows = false);

    /// <summary>What becomes of a thing.</summary>
    /// <param name="Thing">The thing.</param>
    /// <param name="Before">Whether it must be there before the statement, or must not; <see langword="null"/> when either will do.</param>
    /// <param name="After">Whether it is there behind the statement.</param>
    /// <param name="LosesRows">Whether it takes the place of one whose rows are lost.</param>
    private sealed record Change(Thing Thing, bool? Before, bool After, bool LosesRows);

    /// <summary>The effect of a statement; <see langword="null"/> when its words do not tell any.</summary>
    public static StatementEffect? Of(string statement)
    {
        var actions = Read(statement);

        // Of several statements in one text, any may have been the last.
        var changes = actions.Exists(action => action is NextStatement) ? [] : ChangesOf(actions, out _).FindAll(change => change.Thing.From is not null && change.Before == !change.After);
        return changes is not [var (what, _, isThere, _), ..] ? null : new StatementEffect(
            $"the {what.What} is {(isThere ? "there" : "gone")}",
            $"SELECT CASE {string.Join(" + ", changes.Select(change => $"({(change.After ? "" : "NOT ")}EXISTS (SELECT 1 FROM information_schema.{change.Thing.From}))"))} WHEN {changes.Count} THEN 1 WHEN 0 THEN 0 END");
    }

    /// <summary>Whether a statement does no harm when it is run twice.</summary>
    public static bool IsRepeatable(string statement)
    {
        var tokens = MySqlDialect.Instance.ReadTokens(statement);
        return tokens.Take("ANALYZE") || tokens.Take("OPTIMIZE") || tokens.Take("CHECK") || tokens.Take("REPAIR") || tokens.Take("FLUSH") || tokens.Take("GRANT") || tokens.Take("REVOKE")
            || (ChangesOf(Read(statement), out var isAll).TrueForAll(change => change is { Before: null, LosesRows: false }) && isAll);
    }

    private static List<SqlAction> Read(string statement) => [.. Reader.Read(MySqlDialect.Instance.ReadTokens(statement))];

    // What the actions change in the end, and whether that is all they do.
    private static List<Change> ChangesOf(List<SqlAction> actions, out bool isAll)
    {
        var changes = new Dictionary<string, Change>(StringComparer.OrdinalIgnoreCase);
        var isRenamed = actions.Exists(action => action is RenameTable);
        SqlAction? before = null;
        isAll = actions.Count > 0 && actions[^1] is not NextStatement;
        foreach (var action in actions)
        {
            var things = ThingsOf(action, before);
            isAll &= things is not null;
            foreach (var (thing, isThere) in things ?? [])
            {
                // A table that gets another name takes along what is in it.
                if (isRenamed && action is not RenameTable)
                {
                    continue;
                }

                var known = changes.GetValueOrDefault(thing.What);
                changes[thing.What] = new Change(
                    thing,
                    known is not null ? known.Before : action.IsConditional || action.Replaces ? null : !isThere,
                    isThere,
                    thing.HasRows && isThere && (action.Replaces || known is { After: false }));
            }

            before = action;
        }

        return [.. changes.Values];
    }

    // None for what can be done again, or belongs to the action before; null for what is not known.
    private static (Thing Thing, bool IsThere)[]? ThingsOf(SqlAction action, SqlAction? before) => action switch
    {
        NextStatement => before is null or NextStatement ? null : [],
        InsertRows => before is CreateTable ? [] : null,
        LockTable => before is CreateObject or DropObject ? [] : null,
        DeleteAllRows { Statement: "TRUNCATE" } or ChangeType => [],
        CreateTable { IsTemporary: false, Table: var table } => [(Table(table), true)],
        DropTable { IsTemporary: false, Table: var table } => [(Table(table), false)],
        RenameTable { Table: var table, To: var to } => [(Table(table), false), (Table(to), true)],
        CreateView { Table: var view } => [(Object(SqlObjectKind.View, view), true)],
        CreateFunction { Function: var function } => [(Object(SqlObjectKind.Function, function), true)],
        CreateObject { Kind: var kind, Name: var name } => [(Object(kind, name), true)],
        DropObject { Kind: var kind, Name: var name } => [(Object(kind, name), false)],
        RenameObject { Kind: var kind, Name: var name, To: var to } => [(Object(kind, name), false), (Object(kind, to), true)],
        CreateIndex { Table: var table, Index: { } index } => [(Index(table, index.Name), true)],
        DropTableIndex { Table: var table, Index: { } index } => [(Index(table, index.Name), false)],
        RenameIndex { Table: var table, Index: var index, To: var to } => [(Index(table, index), false), (Index(table, to), true)],
        AddColumn { Table: var table, Column: var column } => [(Column(table, column.Name), true)],
        DropColumn { Table: var table, Column: var column } => [(Column(table, column), false)],
        RenameColumn { Column: var column, To: var to } when column.Value.Equals(to.Value, StringComparison.OrdinalIgnoreCase) => [],
        RenameColumn { Table: var table, Column: var column, To: var to } => [(Column(table, column), false), (Column(table, to), true)],
        AddConstraint { Table: var table, Constraint.Kind: SqlConstraintKind.PrimaryKey } => [(Index(table, new SqlPart(MySqlAlterReader.PrimaryKey, MySqlAlterReader.PrimaryKey)), true)],
        AddConstraint { Table: var table, Constraint.Name: { } name } => [(Constraint(table, name), true)],
        DropConstraint { Table: var table, Name: var name } => [(Constraint(table, name), false)],
        _ => null,
    };

    private static Thing Table(SqlName table) => new($"table {table}", $"TABLES WHERE {InTable(table)}", HasRows: true);

    private static Thing Column(SqlName table, SqlPart column) => new($"column {column} of {table}", $"COLUMNS WHERE {InTable(table)} AND COLUMN_NAME = {MySqlLiteral.Of(column.Value)}");

    private static Thing Index(SqlName table, SqlPart index) => new($"index {index} of {table}", $"STATISTICS WHERE {InTable(table)} AND INDEX_NAME = {MySqlLiteral.Of(index.Value)}");

    private static Thing Constraint(SqlName table, SqlPart constraint) =>
        new($"constraint {constraint} of {table}", $"TABLE_CONSTRAINTS WHERE {InTable(table)} AND CONSTRAINT_NAME = {MySqlLiteral.Of(constraint.Value)}");

    private static Thing Object(SqlObjectKind kind, SqlName name)
    {
        var word = kind.ToString().ToUpperInvariant();
        var text = MySqlLiteral.Of(name.Name.Value);
        return kind switch
        {
            SqlObjectKind.Database or SqlObjectKind.Schema => new($"database {name}", $"SCHEMATA WHERE SCHEMA_NAME = {text}", HasRows: true),
            SqlObjectKind.Sequence => Table(name) with { What = $"sequence {name}" },
            SqlObjectKind.View => Table(name) with { What = $"view {name}", HasRows = false },
            SqlObjectKind.Trigger or SqlObjectKind.Event => new($"{word.ToLowerInvariant()} {name}", $"{word}S WHERE {word}_SCHEMA = {SchemaOf(name)} AND {word}_NAME = {text}"),
            SqlObjectKind.Procedure or SqlObjectKind.Function or SqlObjectKind.Package =>
                new($"{word.ToLowerInvariant()} {name}", $"ROUTINES WHERE ROUTINE_SCHEMA = {SchemaOf(name)} AND ROUTINE_TYPE = '{word}' AND ROUTINE_NAME = {text}"),
            _ => new($"{word} {name}", null),
        };
    }

    private static string InTable(SqlName table) => $"TABLE_SCHEMA = {SchemaOf(table)} AND TABLE_NAME = {MySqlLiteral.Of(table.Name.Value)}";

    private static string SchemaOf(SqlName name) => name.Schema is { } schema ? MySqlLiteral.Of(schema.Value) : "DATABASE()";
}

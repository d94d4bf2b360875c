using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Statements;

/// <summary>Reads what follows <c>CREATE</c>.</summary>
internal static class CreateReader
{
    public static void Read(SqlTokens rest, SourceLocation location, ActionList actions)
    {
        var first = actions.Found.Count;
        var replaces = rest.Take("OR") && rest.Take("REPLACE");
        var isTemporary = SkipModifiers(ref rest, out var isUnique);
        if (!rest.TakeKind(out var kind))
        {
            return;
        }

        var isConcurrent = kind == SqlObjectKind.Index && rest.Take("CONCURRENTLY");
        var isConditional = rest.TakeIfNotExists();
        if (kind == SqlObjectKind.Schema)
        {
            rest.Take("AUTHORIZATION");
        }

        var isUnnamed = kind == SqlObjectKind.Index && rest.Text.Equals("ON", StringComparison.OrdinalIgnoreCase);
        var name = !isUnnamed && rest.TakeName(actions, out var given) ? given : (SqlName?)null;
        var created = kind == SqlObjectKind.Index ? ReadIndex(rest, location, name, actions) is { } index ? index with { IsConcurrent = isConcurrent, IsUnique = isUnique } : null
            : name is { } known ? Create(kind, known, rest, location, isTemporary, actions)
            : null;
        if (created is not null)
        {
            // What else it does is done to what is there by then.
            actions.Found.Insert(first, created with { IsConditional = isConditional, Replaces = replaces });
        }
    }

    // What databases put between CREATE and what they create.
    private static bool SkipModifiers(ref SqlTokens rest, out bool isUnique)
    {
        (var isTemporary, isUnique) = (false, false);
        while (true)
        {
            if (rest.Take("TEMP") || rest.Take("TEMPORARY"))
            {
                isTemporary = true;
            }
            else if (rest.Take("UNIQUE"))
            {
                isUnique = true;
            }
            else if (rest.Take("DEFINER"))
            {
                SkipAccount(ref rest);
            }
            else if (rest.Take("ALGORITHM"))
            {
                rest.Take('=');
                rest.Skip();
            }
            else if (rest.Take("SQL"))
            {
                rest.Take("SECURITY");
                rest.Skip();
            }
            else if (!(rest.Take("GLOBAL") || rest.Take("LOCAL") || rest.Take("UNLOGGED") || rest.Take("FOREIGN") || rest.Take("VIRTUAL")
                || rest.Take("MATERIALIZED") || rest.Take("RECURSIVE") || rest.Take("CONSTRAINT") || rest.Take("FULLTEXT") || rest.Take("SPATIAL") || rest.Take("VECTOR")))
            {
                return isTemporary;
            }
        }
    }

    // = 'user'@'host', = user@host.name, = CURRENT_USER()
    private static void SkipAccount(ref SqlTokens rest)
    {
        rest.Take('=');
        rest.Skip();
        while (rest.Take('@') || rest.Take('.'))
        {
            rest.Skip();
        }

        rest.SkipParentheses();
    }

    private static SqlAction Create(SqlObjectKind kind, SqlName name, SqlTokens rest, SourceLocation location, bool isTemporary, ActionList actions)
    {
        switch (kind)
        {
            case SqlObjectKind.Table:
                return ReadTable(rest, location, name, actions) with { IsTemporary = isTemporary };
            case SqlObjectKind.View:
                return new CreateView(location, name) { IsTemporary = isTemporary };
            case SqlObjectKind.Type or SqlObjectKind.Domain:
                return new CreateType(location, name);
            case SqlObjectKind.Function:
                return ReadFunction(rest, location, name);
            case SqlObjectKind.Policy or SqlObjectKind.Trigger when rest.SkipPast("ON") && rest.TakeName(actions, out var table):
                actions.Add(new LockTable(location, table));
                return new CreateObject(location, kind, name);
            default:
                return new CreateObject(location, kind, name);
        }
    }

    private static CreateTable ReadTable(SqlTokens rest, SourceLocation location, SqlName table, ActionList actions)
    {
        var columns = rest.Take('(') ? ReadColumns(ref rest, actions) : [];
        var isPartitioned = IsPartitioned(rest);
        if (rest.SkipPast("AS"))
        {
            RowsReader.ReadCopy(rest, location, table, actions);
        }

        return new CreateTable(location, table, columns) { IsPartitioned = isPartitioned };
    }

    private static List<SqlColumn> ReadColumns(ref SqlTokens rest, ActionList actions)
    {
        var columns = new List<SqlColumn>();
        do
        {
            if (ConstraintReader.ReadOfTable(ref rest, actions) is null && !rest.Take("LIKE") && ColumnReader.Read(ref rest, actions) is { } column)
            {
                columns.Add(column);
            }
        }
        while (rest.SkipPastComma());
        rest.Take(')');
        return columns;
    }

    private static bool IsPartitioned(SqlTokens rest)
    {
        while (rest.SkipPast("PARTITION"))
        {
            if (rest.Take("BY"))
            {
                return true;
            }
        }

        return false;
    }

    private static CreateIndex? ReadIndex(SqlTokens rest, SourceLocation location, SqlName? index, ActionList actions)
    {
        SkipMethod(ref rest);
        rest.Take("ON");
        var isOnly = rest.Take("ONLY");
        if (!rest.TakeName(actions, out var table))
        {
            return null;
        }

        SkipMethod(ref rest);
        var columns = TakeColumns(ref rest, actions);
        columns = rest.Take("INCLUDE") ? columns is null || TakeColumns(ref rest, actions) is not { } included ? null : [.. columns, .. included] : columns;
        return new CreateIndex(location, table, index is { } named ? named with { Schema = table.Schema } : null) { IsOnly = isOnly, Columns = columns };
    }

    private static void SkipMethod(ref SqlTokens rest)
    {
        if (rest.Take("USING"))
        {
            rest.Skip();
        }
    }

    // Each with its collation, operator class and order behind it.
    private static List<SqlPart>? TakeColumns(ref SqlTokens rest, ActionList actions)
    {
        if (!rest.Take('('))
        {
            return null;
        }

        List<SqlPart>? columns = [];
        do
        {
            columns = rest.TakePart(actions, out var column) && rest.Text is not "(" ? columns : null;
            columns?.Add(column);
        }
        while (rest.SkipPastComma());
        rest.Take(')');
        return columns;
    }

    private static SqlAction ReadFunction(SqlTokens rest, SourceLocation location, SqlName function)
    {
        var isVolatile = true;
        while (!rest.AtEnd)
        {
            if (rest.Take("SONAME"))
            {
                return new CreateObject(location, SqlObjectKind.LibraryFunction, function);
            }

            isVolatile &= !(rest.Take("IMMUTABLE") || rest.Take("STABLE"));
            rest.SkipBalanced();
        }

        return new CreateFunction(location, function, isVolatile);
    }
}

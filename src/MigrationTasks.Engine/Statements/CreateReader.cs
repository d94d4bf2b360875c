using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Statements;

/// <summary>Reads what follows <c>CREATE</c>.</summary>
internal static class CreateReader
{
    public static void Read(SqlTokens rest, SourceLocation location, ActionList actions)
    {
        if (rest.Take("OR"))
        {
            rest.Take("REPLACE");
        }

        rest.Take("UNIQUE");
        if (rest.Take("INDEX"))
        {
            ReadIndex(rest, location, actions);
            return;
        }

        var isTemporary = SkipModifiers(ref rest);
        if (rest.Take("TABLE"))
        {
            ReadTable(rest, location, isTemporary, actions);
        }
        else if (rest.Take("VIEW"))
        {
            rest.TakeIfNotExists();
            if (rest.TakeName(actions, out var view))
            {
                actions.Add(new CreateView(location, view));
            }
        }
        else if (rest.Take("TYPE") || rest.Take("DOMAIN"))
        {
            if (rest.TakeName(actions, out var type))
            {
                actions.Add(new CreateType(location, type));
            }
        }
        else if (rest.Take("FUNCTION"))
        {
            ReadFunction(rest, location, actions);
        }
        else if (rest.Take("POLICY") || rest.Take("TRIGGER"))
        {
            if (rest.SkipPast("ON") && rest.TakeName(actions, out var table))
            {
                actions.Add(new LockTable(location, table));
            }
        }
    }

    private static bool SkipModifiers(ref SqlTokens rest)
    {
        var isTemporary = false;
        while (true)
        {
            if (rest.Take("TEMP") || rest.Take("TEMPORARY"))
            {
                isTemporary = true;
            }
            else if (!(rest.Take("GLOBAL") || rest.Take("LOCAL") || rest.Take("UNLOGGED") || rest.Take("FOREIGN")
                || rest.Take("MATERIALIZED") || rest.Take("RECURSIVE") || rest.Take("CONSTRAINT")))
            {
                return isTemporary;
            }
        }
    }

    private static void ReadTable(SqlTokens rest, SourceLocation location, bool isTemporary, ActionList actions)
    {
        var isConditional = rest.TakeIfNotExists();
        if (!rest.TakeName(actions, out var table))
        {
            return;
        }

        var columns = rest.Take('(') ? ReadColumns(ref rest, actions) : [];
        actions.Add(new CreateTable(location, table, columns)
        {
            IsConditional = isConditional,
            IsTemporary = isTemporary,
            IsPartitioned = IsPartitioned(rest),
        });
        if (rest.SkipPast("AS"))
        {
            RowsReader.ReadCopy(rest, location, table, actions);
        }
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

    private static void ReadIndex(SqlTokens rest, SourceLocation location, ActionList actions)
    {
        var isConcurrent = rest.Take("CONCURRENTLY");
        var isConditional = rest.TakeIfNotExists();
        SqlName? index = null;
        if (!rest.Take("ON"))
        {
            index = rest.TakeName(actions, out var name) ? name : null;
            rest.Take("ON");
        }

        var isOnly = rest.Take("ONLY");
        if (rest.TakeName(actions, out var table))
        {
            actions.Add(new CreateIndex(location, table, index is { } named ? named with { Schema = table.Schema } : null)
            {
                IsConcurrent = isConcurrent,
                IsConditional = isConditional,
                IsOnly = isOnly,
            });
        }
    }

    private static void ReadFunction(SqlTokens rest, SourceLocation location, ActionList actions)
    {
        if (!rest.TakeName(actions, out var function))
        {
            return;
        }

        var isVolatile = true;
        while (!rest.AtEnd)
        {
            isVolatile &= !(rest.Take("IMMUTABLE") || rest.Take("STABLE"));
            rest.SkipBalanced();
        }

        actions.Add(new CreateFunction(location, function, isVolatile));
    }
}

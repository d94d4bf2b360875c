using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Statements;

/// <summary>Reads the statements that change all rows of a table at once, or lock it.</summary>
internal static class RowsReader
{
    public static void ReadTruncate(SqlTokens rest, SourceLocation location, ActionList actions)
    {
        rest.Take("TABLE");
        do
        {
            rest.Take("ONLY");
            if (rest.TakeName(actions, out var table))
            {
                actions.Add(new DeleteAllRows(location, table, "TRUNCATE"));
            }

            rest.Take('*');
        }
        while (rest.Take(','));
    }

    public static void ReadDelete(SqlTokens rest, SourceLocation location, ActionList actions)
    {
        TakeModifiers(ref rest);
        if (rest.Take("FROM") && TakeTable(ref rest, actions, out var table) && rest.Text is not "," && !ChoosesRows(rest) && !rest.SkipPast("JOIN"))
        {
            actions.Add(new DeleteAllRows(location, table, "DELETE"));
        }
    }

    public static void ReadUpdate(SqlTokens rest, SourceLocation location, ActionList actions)
    {
        TakeModifiers(ref rest);
        if (!TakeTable(ref rest, actions, out var table))
        {
            return;
        }

        // A join of several tables chooses the rows.
        for (; !rest.AtEnd && !rest.Take("SET"); rest.SkipBalanced())
        {
            if (rest.Text is "," || rest.Take("JOIN") || rest.Take("STRAIGHT_JOIN"))
            {
                return;
            }
        }

        if (!ChoosesRows(rest))
        {
            actions.Add(new UpdateAllRows(location, table));
        }
    }

    public static void ReadInsert(SqlTokens rest, SourceLocation location, ActionList actions)
    {
        TakeModifiers(ref rest);
        rest.Take("INTO");
        if (rest.TakeName(actions, out var table))
        {
            ReadCopy(rest, location, table, actions);
        }
    }

    /// <summary>Reads a query whose rows a table gets; rows that are written down are none of another table.</summary>
    public static void ReadCopy(SqlTokens rest, SourceLocation location, SqlName table, ActionList actions)
    {
        while (!rest.AtEnd && !rest.Take("VALUES"))
        {
            if (rest.Take("SELECT"))
            {
                actions.Add(new InsertRows(location, table, rest.SkipPast("FROM") && TakeTable(ref rest, actions, out var from) ? from : null));
                return;
            }

            rest.SkipBalanced();
        }

        actions.Add(new InsertRows(location, table, null));
    }

    /// <summary>Reads what comes behind the queries of a <c>WITH</c>.</summary>
    public static void ReadWith(SqlTokens rest, ActionList actions)
    {
        for (; !rest.AtEnd; rest.SkipBalanced())
        {
            var location = actions.At(rest);
            if (rest.Take("UPDATE"))
            {
                ReadUpdate(rest, location, actions);
                return;
            }

            if (rest.Take("DELETE"))
            {
                ReadDelete(rest, location, actions);
                return;
            }

            if (rest.Take("INSERT") || rest.Take("SELECT") || rest.Take("MERGE"))
            {
                return;
            }
        }
    }

    public static void ReadLock(SqlTokens rest, SourceLocation location, ActionList actions)
    {
        rest.Take("TABLE");
        var mode = rest;
        var blocks = !(mode.SkipPast("IN") && ((mode.Take("ACCESS") && mode.Take("SHARE")) || mode.Take("ROW")));
        while (blocks && TakeTable(ref rest, actions, out var table))
        {
            actions.Add(new LockTable(location, table));
            blocks = rest.Take(',');
        }
    }

    // They say how, not what.
    private static void TakeModifiers(ref SqlTokens rest)
    {
        if (rest.Take("OR"))
        {
            rest.Skip();
        }

        while (rest.Take("LOW_PRIORITY") || rest.Take("DELAYED") || rest.Take("HIGH_PRIORITY") || rest.Take("QUICK") || rest.Take("IGNORE"))
        {
            // There may be several.
        }
    }

    private static bool ChoosesRows(SqlTokens rest)
    {
        var limit = rest;
        return rest.SkipPast("WHERE") || limit.SkipPast("LIMIT");
    }

    private static bool TakeTable(ref SqlTokens rest, ActionList actions, out SqlName table)
    {
        rest.Take("ONLY");
        return rest.TakeName(actions, out table);
    }
}

using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.MySql.Lint;

/// <summary>
/// Reads the statements of MySQL and MariaDB that change all rows of a table: of one table, since those that join several choose
/// their rows by that, and without <c>LIMIT</c>.
/// </summary>
internal static class MySqlRowsReader
{
    public static void ReadUpdate(SqlTokens rest, SourceLocation location, ActionList actions)
    {
        TakeModifiers(ref rest);
        if (!rest.TakeName(actions, out var table))
        {
            return;
        }

        if (!rest.Take("SET"))
        {
            rest.Take("AS");
            rest.Skip();
            if (!rest.Take("SET"))
            {
                return;
            }
        }

        if (!ChoosesRows(rest))
        {
            actions.Add(new UpdateAllRows(location, table));
        }
    }

    public static void ReadDelete(SqlTokens rest, SourceLocation location, ActionList actions)
    {
        TakeModifiers(ref rest);
        if (rest.Take("FROM") && rest.TakeName(actions, out var table) && rest.Text is not "," && !rest.Take("USING") && !ChoosesRows(rest))
        {
            actions.Add(new DeleteAllRows(location, table, "DELETE"));
        }
    }

    private static void TakeModifiers(ref SqlTokens rest)
    {
        while (rest.Take("LOW_PRIORITY") || rest.Take("QUICK") || rest.Take("IGNORE"))
        {
            // They say how, not what.
        }
    }

    private static bool ChoosesRows(SqlTokens rest)
    {
        var limit = rest;
        return rest.SkipPast("WHERE") || limit.SkipPast("LIMIT");
    }
}

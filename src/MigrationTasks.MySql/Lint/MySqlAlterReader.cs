using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.MySql.Lint;

/// <summary>Reads what follows <c>ALTER</c> and <c>RENAME</c> in MySQL and MariaDB, which have a grammar of their own for them.</summary>
internal static class MySqlAlterReader
{
    // Reserved there: without quotes, none of them is a column.
    private static readonly string[] NoColumns =
        ["INDEX", "KEY", "UNIQUE", "PRIMARY", "FULLTEXT", "SPATIAL", "FOREIGN", "CONSTRAINT", "CHECK", "PARTITION", "PERIOD", "SYSTEM"];

    public static void Read(SqlTokens rest, ActionList actions)
    {
        while (rest.Take("ONLINE") || rest.Take("IGNORE"))
        {
            // MariaDB's ways of doing the same.
        }

        if (!rest.Take("TABLE"))
        {
            return;
        }

        rest.TakeIfExists();
        if (!rest.TakeName(actions, out var table))
        {
            return;
        }

        do
        {
            ReadPart(ref rest, table, actions);
        }
        while (rest.SkipPastComma());
    }

    /// <summary>Reads <c>RENAME TABLE</c>, which renames one after the other.</summary>
    public static void ReadRename(SqlTokens rest, ActionList actions)
    {
        if (!rest.Take("TABLE"))
        {
            return;
        }

        rest.TakeIfExists();
        do
        {
            var location = actions.At(rest);
            if (rest.TakeName(actions, out var table) && rest.SkipPast("TO") && rest.TakeName(actions, out var to))
            {
                actions.Add(new RenameTable(location, table, to));
            }
        }
        while (rest.SkipPastComma());
    }

    private static void ReadPart(ref SqlTokens rest, SqlName table, ActionList actions)
    {
        var location = actions.At(rest);
        if (rest.Take("ADD"))
        {
            ReadAdd(ref rest, table, actions);
        }
        else if (rest.Take("DROP"))
        {
            if (TakeColumn(ref rest) && rest.TakePart(actions, out var column))
            {
                actions.Add(new DropColumn(location, table, column));
            }
        }
        else if (rest.Take("CHANGE"))
        {
            rest.Take("COLUMN");
            rest.TakeIfExists();
            if (rest.TakePart(actions, out var column) && rest.TakePart(actions, out var to) && column != to)
            {
                actions.Add(new RenameColumn(location, table, column, to));
            }
        }
        else if (rest.Take("RENAME"))
        {
            ReadRenamePart(ref rest, table, actions, location);
        }
    }

    private static void ReadAdd(ref SqlTokens rest, SqlName table, ActionList actions)
    {
        if (!TakeColumn(ref rest))
        {
            return;
        }

        var isList = rest.Take('(');
        do
        {
            var location = actions.At(rest);
            if (ColumnReader.Read(ref rest, actions) is { } column)
            {
                actions.Add(new AddColumn(location, table, column));
            }
        }
        while (isList && rest.SkipPastComma());
        rest.Take(')');
    }

    private static void ReadRenamePart(ref SqlTokens rest, SqlName table, ActionList actions, SourceLocation location)
    {
        if (rest.Take("COLUMN"))
        {
            if (rest.TakePart(actions, out var column) && rest.Take("TO") && rest.TakePart(actions, out var to))
            {
                actions.Add(new RenameColumn(location, table, column, to));
            }
        }
        else if (!rest.Take("INDEX") && !rest.Take("KEY"))
        {
            _ = rest.Take("TO") || rest.Take("AS") || rest.Take('=');
            if (rest.TakeName(actions, out var to))
            {
                actions.Add(new RenameTable(location, table, to));
            }
        }
    }

    private static bool TakeColumn(ref SqlTokens rest)
    {
        if (!rest.Take("COLUMN"))
        {
            foreach (var word in NoColumns)
            {
                if (rest.Take(word))
                {
                    return false;
                }
            }
        }

        _ = rest.TakeIfNotExists() || rest.TakeIfExists();
        return true;
    }
}

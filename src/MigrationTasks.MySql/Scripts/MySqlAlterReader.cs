using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.MySql.Scripts;

/// <summary>Reads the parts of <c>ALTER TABLE</c>, and <c>RENAME</c>, in MySQL and MariaDB, which have a grammar of their own for them.</summary>
internal static class MySqlAlterReader
{
    /// <summary>The index of a primary key.</summary>
    public const string PrimaryKey = "PRIMARY";

    /// <summary>Reads <c>RENAME TABLE</c>, which renames one after the other.</summary>
    public static void ReadRename(SqlTokens rest, ActionList actions)
    {
        if (!rest.Take("TABLE") && !rest.Take("TABLES"))
        {
            return;
        }

        var isConditional = rest.TakeIfExists();
        do
        {
            var location = actions.At(rest);
            if (rest.TakeName(actions, out var table) && rest.SkipPast("TO") && rest.TakeName(actions, out var to))
            {
                actions.Add(new RenameTable(location, table, to) { IsConditional = isConditional });
            }
        }
        while (rest.SkipPastComma());
    }

    public static void ReadPart(ref SqlTokens rest, SqlName table, ActionList actions)
    {
        var location = actions.At(rest);
        var action = rest.Take("ADD") ? ReadAdd(ref rest, location, table, actions)
            : rest.Take("DROP") ? ReadDrop(ref rest, location, table, actions)
            : rest.Take("CHANGE") ? ReadChange(ref rest, location, table, actions)
            : rest.Take("MODIFY") ? ReadModify(ref rest, location, table, actions)
            : rest.Take("RENAME") ? ReadRename(ref rest, location, table, actions)
            : new LockTable(location, table);
        if (action is not null)
        {
            actions.Add(action);
        }
    }

    private static TableAction? ReadAdd(ref SqlTokens rest, SourceLocation location, SqlName table, ActionList actions)
    {
        if (!rest.Take("COLUMN"))
        {
            if (ReadKey(ref rest, location, table, actions) is { } key)
            {
                return key;
            }

            if (rest.Take("PARTITION") || rest.Take("PERIOD") || rest.Take("SYSTEM"))
            {
                return new LockTable(location, table);
            }
        }

        var isConditional = rest.TakeIfNotExists();
        if (!rest.Take('('))
        {
            return ReadColumn(ref rest, location);
        }

        do
        {
            if (ReadColumn(ref rest, actions.At(rest)) is { } column)
            {
                actions.Add(column);
            }
        }
        while (rest.SkipPastComma());
        rest.Take(')');
        return null;

        AddColumn? ReadColumn(ref SqlTokens rest, SourceLocation at) =>
            ColumnReader.Read(ref rest, actions) is { } column ? new AddColumn(at, table, column) { IsConditional = isConditional } : null;
    }

    // Reserved words: without quotes, none of them is a column. Without a name, the server gives a key one that cannot be told from here.
    private static TableAction? ReadKey(ref SqlTokens rest, SourceLocation location, SqlName table, ActionList actions)
    {
        var isNamed = rest.Take("CONSTRAINT");
        var isConditional = rest.TakeIfNotExists();
        var isKind = rest;
        var name = isNamed && !(isKind.Take("PRIMARY") || isKind.Take("UNIQUE") || isKind.Take("FOREIGN") || isKind.Take("CHECK")) && rest.TakePart(actions, out var given) ? given : (SqlPart?)null;
        var isUnique = rest.Take("UNIQUE");
        var isIndex = isUnique || rest.Take("FULLTEXT") || rest.Take("SPATIAL") || rest.Take("VECTOR");
        isIndex |= rest.Take("INDEX") || rest.Take("KEY");
        if (isIndex)
        {
            isConditional |= rest.TakeIfNotExists();
            name = rest.Text is not "(" && !rest.Take("USING") && rest.TakePart(actions, out var index) ? index : name;
            return new CreateIndex(location, table, name is { } known ? new SqlName(table.Schema, known) : null) { IsConditional = isConditional, IsUnique = isUnique };
        }

        var foreign = rest;
        isConditional |= foreign.Take("FOREIGN") && foreign.Take("KEY") && foreign.TakeIfNotExists();
        return ConstraintReader.ReadOfColumn(ref rest, actions) is { } constraint ? new AddConstraint(location, table, constraint with { Name = name }) { IsConditional = isConditional }
            : isNamed ? new LockTable(location, table)
            : null;
    }

    private static TableAction? ReadDrop(ref SqlTokens rest, SourceLocation location, SqlName table, ActionList actions)
    {
        if (rest.Take(PrimaryKey))
        {
            return new DropTableIndex(location, table, new SqlName(table.Schema, new SqlPart(PrimaryKey, PrimaryKey)));
        }

        var isIndex = rest.Take("INDEX") || rest.Take("KEY");
        var isConstraint = rest.Take("CONSTRAINT") || rest.Take("CHECK") || (rest.Take("FOREIGN") && rest.Take("KEY"));
        if (rest.Take("PARTITION") || rest.Take("PERIOD") || rest.Take("SYSTEM"))
        {
            return new LockTable(location, table);
        }

        rest.Take("COLUMN");
        var isConditional = rest.TakeIfExists();
        return !rest.TakePart(actions, out var name) ? null
            : isIndex ? new DropTableIndex(location, table, new SqlName(table.Schema, name)) { IsConditional = isConditional }
            : isConstraint ? new DropConstraint(location, table, name) { IsConditional = isConditional }
            : new DropColumn(location, table, name) { IsConditional = isConditional };
    }

    private static RenameColumn? ReadChange(ref SqlTokens rest, SourceLocation location, SqlName table, ActionList actions)
    {
        rest.Take("COLUMN");
        var isConditional = rest.TakeIfExists();
        return rest.TakePart(actions, out var column) && rest.TakePart(actions, out var to) ? new RenameColumn(location, table, column, to) { IsConditional = isConditional } : null;
    }

    private static ChangeType? ReadModify(ref SqlTokens rest, SourceLocation location, SqlName table, ActionList actions)
    {
        rest.Take("COLUMN");
        var isConditional = rest.TakeIfExists();
        return ColumnReader.Read(ref rest, actions) is { Type: { } type } column ? new ChangeType(location, table, column.Name, type, IsComputed: false) { IsConditional = isConditional } : null;
    }

    private static TableAction? ReadRename(ref SqlTokens rest, SourceLocation location, SqlName table, ActionList actions)
    {
        var isIndex = rest.Take("INDEX") || rest.Take("KEY");
        if (isIndex || rest.Take("COLUMN"))
        {
            var isConditional = rest.TakeIfExists();
            return !(rest.TakePart(actions, out var from) && rest.Take("TO") && rest.TakePart(actions, out var name)) ? null
                : isIndex ? new RenameIndex(location, table, from, name) { IsConditional = isConditional }
                : new RenameColumn(location, table, from, name) { IsConditional = isConditional };
        }

        _ = rest.Take("TO") || rest.Take("AS") || rest.Take('=');
        return rest.TakeName(actions, out var to) ? new RenameTable(location, table, to) : null;
    }
}

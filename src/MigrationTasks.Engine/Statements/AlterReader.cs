using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Statements;

/// <summary>Reads what follows <c>ALTER</c>.</summary>
internal static class AlterReader
{
    public static void Read(SqlTokens rest, SourceLocation location, ActionList actions, ActionReader reader)
    {
        while (rest.Take("ONLINE") || rest.Take("IGNORE"))
        {
            // Ways of doing the same.
        }

        if (rest.Take("TABLE"))
        {
            ReadTable(rest, actions, reader);
        }
        else if (rest.Take("TYPE"))
        {
            ReadType(rest, location, actions);
        }
        else if (rest.Take("POLICY"))
        {
            if (rest.SkipPast("ON") && rest.TakeName(actions, out var table))
            {
                actions.Add(new LockTable(location, table));
            }
        }
        else
        {
            ReadRenameOfObject(rest, location, actions);
        }
    }

    private static void ReadRenameOfObject(SqlTokens rest, SourceLocation location, ActionList actions)
    {
        rest.Take("FOREIGN");
        rest.Take("MATERIALIZED");
        if (rest.TakeKind(out var kind))
        {
            rest.TakeIfExists();
            if (rest.TakeName(actions, out var name) && rest.SkipPast("RENAME") && rest.Take("TO") && rest.TakePart(actions, out var to))
            {
                actions.Add(new RenameObject(location, kind, name, name with { Name = to }));
            }
        }
    }

    private static void ReadTable(SqlTokens rest, ActionList actions, ActionReader reader)
    {
        rest.TakeIfExists();
        rest.Take("ONLY");
        if (!rest.TakeName(actions, out var table))
        {
            return;
        }

        rest.Take('*');
        do
        {
            reader.ReadPart(ref rest, table, actions);
        }
        while (rest.SkipPastComma());
    }

    public static void ReadPart(ref SqlTokens rest, SqlName table, ActionList actions)
    {
        var location = actions.At(rest);
        if (rest.Take("ADD"))
        {
            ReadAdd(ref rest, location, table, actions);
        }
        else if (rest.Take("DROP"))
        {
            ReadDrop(ref rest, location, table, actions);
        }
        else if (rest.Take("ALTER"))
        {
            ReadColumn(ref rest, location, table, actions);
        }
        else if (rest.Take("RENAME"))
        {
            ReadRename(ref rest, location, table, actions);
        }
        else if (rest.Take("VALIDATE"))
        {
            rest.Take("CONSTRAINT");
            rest.TakePart(actions, out var name);
            actions.Add(new ValidateConstraint(location, table, name));
        }
        else if (rest.Take("ENABLE") && rest.Take("ROW"))
        {
            actions.Add(new EnableRowSecurity(location, table));
        }
        else if (rest.Take("SET") && rest.Take("SCHEMA"))
        {
            rest.TakePart(actions, out var schema);
            actions.Add(new RenameTable(location, table, actions.Naming.Of(schema, table.Name)));
        }
        else if (rest.Take("DETACH") && rest.Take("PARTITION") && rest.TakeName(actions, out var partition))
        {
            actions.Add(new DetachPartition(location, table, partition, rest.Take("CONCURRENTLY")));
        }
        else if (!IsLight(rest))
        {
            actions.Add(new LockTable(location, table));
        }
    }

    private static void ReadAdd(ref SqlTokens rest, SourceLocation location, SqlName table, ActionList actions)
    {
        var isColumn = rest.Take("COLUMN");
        if (!isColumn && ConstraintReader.ReadOfTable(ref rest, actions) is { } constraint)
        {
            actions.Add(new AddConstraint(location, table, constraint));
            return;
        }

        var isConditional = rest.TakeIfNotExists();
        if (ColumnReader.Read(ref rest, actions) is { } column)
        {
            actions.Add(new AddColumn(location, table, column) { IsConditional = isConditional });
        }
    }

    private static void ReadDrop(ref SqlTokens rest, SourceLocation location, SqlName table, ActionList actions)
    {
        var isConstraint = rest.Take("CONSTRAINT");
        rest.Take("COLUMN");
        var isConditional = rest.TakeIfExists();
        if (rest.TakePart(actions, out var name))
        {
            actions.Add(isConstraint ? new DropConstraint(location, table, name) { IsConditional = isConditional } : new DropColumn(location, table, name) { IsConditional = isConditional });
        }
    }

    private static void ReadColumn(ref SqlTokens rest, SourceLocation location, SqlName table, ActionList actions)
    {
        rest.Take("COLUMN");
        if (rest.Take("CONSTRAINT") || !rest.TakePart(actions, out var column))
        {
            actions.Add(new LockTable(location, table));
            return;
        }

        var isSet = rest.Take("SET");
        if (isSet && rest.Take("NOT") && rest.Take("NULL"))
        {
            actions.Add(new SetNotNull(location, table, column));
        }
        else if (rest.Take("TYPE") || (isSet && rest.Take("DATA") && rest.Take("TYPE")))
        {
            if (ColumnReader.ReadType(ref rest, actions) is { } type)
            {
                actions.Add(new ChangeType(location, table, column, type, IsComputed(rest, column, actions)));
            }
        }
        else if (!(isSet && (rest.Take("STATISTICS") || rest.Text is "(")))
        {
            actions.Add(new LockTable(location, table));
        }
    }

    // USING column, and USING column::type, give the values that a change without USING gives.
    private static bool IsComputed(SqlTokens rest, SqlPart column, ActionList actions)
    {
        rest.Take("COLLATE");
        if (!rest.SkipPast("USING"))
        {
            return false;
        }

        rest.Take('(');
        var isColumn = rest.TakePart(actions, out var source) && source == column;
        rest.Take(')');
        if (isColumn && rest.Take(':') && rest.Take(':'))
        {
            ColumnReader.ReadType(ref rest, actions);
        }

        rest.Take(')');
        return !(isColumn && (rest.AtEnd || rest.Text is ","));
    }

    private static void ReadRename(ref SqlTokens rest, SourceLocation location, SqlName table, ActionList actions)
    {
        if (rest.Take("CONSTRAINT"))
        {
            actions.Add(new LockTable(location, table));
            return;
        }

        if (rest.Take("TO"))
        {
            rest.TakePart(actions, out var name);
            actions.Add(new RenameTable(location, table, table with { Name = name }));
            return;
        }

        rest.Take("COLUMN");
        if (rest.TakePart(actions, out var column) && rest.Take("TO") && rest.TakePart(actions, out var to))
        {
            actions.Add(new RenameColumn(location, table, column, to));
        }
    }

    // What lets others read and write the table.
    private static bool IsLight(SqlTokens rest) =>
        rest.Text is "("
        || rest.Take("CLUSTER")
        || (rest.Take("WITHOUT") && rest.Take("CLUSTER"))
        || (rest.Take("RESET") && rest.Text is "(")
        || (rest.Take("ATTACH") && rest.Take("PARTITION"));

    private static void ReadType(SqlTokens rest, SourceLocation location, ActionList actions)
    {
        if (!rest.TakeName(actions, out var type))
        {
            return;
        }

        if (rest.Take("ADD") && rest.Take("VALUE"))
        {
            rest.TakeIfNotExists();
            actions.Add(new AddEnumValue(location, type, new SqlPart(rest.Text.ToString(), actions.Written(rest))));
        }
        else if (rest.Take("RENAME"))
        {
            if (rest.Take("VALUE"))
            {
                actions.Add(new RenameEnumValue(location, type, new SqlPart(rest.Text.ToString(), actions.Written(rest))));
            }
            else if (rest.Take("TO") && rest.TakePart(actions, out var name))
            {
                actions.Add(new RenameType(location, type, type with { Name = name }));
            }
        }
    }
}

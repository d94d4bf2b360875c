using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Statements;

/// <summary>Reads a constraint of a table or of a column, up to the next one or to the comma behind it.</summary>
internal static class ConstraintReader
{
    /// <summary>Reads a constraint of a table, with its name, if one is here.</summary>
    public static SqlConstraint? ReadOfTable(ref SqlTokens rest, ActionList actions)
    {
        var location = actions.At(rest);
        var start = rest;
        var name = start.Take("CONSTRAINT") && start.TakePart(actions, out var part) ? part : (SqlPart?)null;
        var constraint = ReadOfColumn(ref start, actions);
        if (constraint is null && name is not null && start.Take("NOT") && start.Take("NULL") && start.TakePart(actions, out var column))
        {
            constraint = new SqlConstraint(SqlConstraintKind.NotNull, location) { NotNullColumn = column, IsNotValid = IsNotValid(start) };
        }

        rest = constraint is null ? rest : start;
        return constraint is null ? null : constraint with { Location = location, Name = name };
    }

    /// <summary>Reads a constraint without its name, if one is here; <c>NOT NULL</c> of a column is none.</summary>
    public static SqlConstraint? ReadOfColumn(ref SqlTokens rest, ActionList actions)
    {
        var location = actions.At(rest);
        SqlConstraint? constraint = null;
        if (rest.Take("CHECK"))
        {
            constraint = new SqlConstraint(SqlConstraintKind.Check, location) { NotNullColumn = NotNullColumn(rest, actions) };
            rest.SkipParentheses();
        }
        else if (rest.Take("REFERENCES") || (rest.Take("FOREIGN") && rest.Take("KEY")))
        {
            constraint = new SqlConstraint(SqlConstraintKind.ForeignKey, location);
            SkipReference(ref rest);
        }
        else if (rest.Take("UNIQUE"))
        {
            constraint = new SqlConstraint(SqlConstraintKind.Unique, location);
        }
        else if (rest.Take("PRIMARY") && rest.Take("KEY"))
        {
            constraint = new SqlConstraint(SqlConstraintKind.PrimaryKey, location);
        }
        else if (rest.Take("EXCLUDE"))
        {
            constraint = new SqlConstraint(SqlConstraintKind.Exclude, location);
        }

        return constraint is null ? null : constraint with { UsesIndex = TakesIndex(rest), IsNotValid = IsNotValid(rest) };
    }

    // ON DELETE SET NULL and SET DEFAULT are no NULL and no DEFAULT of the column.
    private static void SkipReference(ref SqlTokens rest)
    {
        rest.SkipParentheses();
        rest.Take("REFERENCES");
        rest.TakeName();
        rest.SkipParentheses();
        while (rest.Take("MATCH") || rest.Take("ON"))
        {
            rest.Skip();
            if (rest.Take("SET"))
            {
                rest.Skip();
                rest.SkipParentheses();
            }
            else if (rest.Take("NO"))
            {
                rest.Take("ACTION");
            }
            else if (!rest.Take("CASCADE"))
            {
                rest.Take("RESTRICT");
            }
        }
    }

    private static bool TakesIndex(SqlTokens rest) => rest.Take("USING") && rest.Take("INDEX") && rest.TakeName();

    private static bool IsNotValid(SqlTokens rest)
    {
        for (; !rest.AtEnd && rest.Text is not ("," or ")"); rest.SkipBalanced())
        {
            var valid = rest;
            if (valid.Take("NOT") && valid.Take("VALID"))
            {
                return true;
            }
        }

        return false;
    }

    private static SqlPart? NotNullColumn(SqlTokens rest, ActionList actions)
    {
        var depth = 0;
        while (rest.Take('('))
        {
            depth++;
        }

        var isNotNull = rest.TakePart(actions, out var column) && rest.Take("IS") && rest.Take("NOT") && rest.Take("NULL");
        while (rest.Take(')'))
        {
            depth--;
        }

        return isNotNull && depth == 0 ? column : null;
    }
}

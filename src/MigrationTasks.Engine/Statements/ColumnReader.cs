using System.Collections.Frozen;
using System.Globalization;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Statements;

/// <summary>Reads the definition of a column, up to the comma or parenthesis behind it.</summary>
internal static class ColumnReader
{
    private static readonly FrozenSet<string> AfterType = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "CONSTRAINT", "NOT", "NULL", "DEFAULT", "CHECK", "UNIQUE", "PRIMARY", "REFERENCES", "GENERATED", "AS", "COLLATE", "STORAGE",
        "COMPRESSION", "DEFERRABLE", "INITIALLY", "USING", "AUTOINCREMENT", "STORED", "VIRTUAL", "ENABLE", "OPTIONS");

    public static SqlColumn? Read(ref SqlTokens rest, ActionList actions)
    {
        if (!rest.TakePart(actions, out var name))
        {
            return null;
        }

        var column = new SqlColumn(name, ReadType(ref rest, actions));
        var constraints = new List<SqlConstraint>();
        SqlPart? constraintName = null;
        while (!IsEnd(rest))
        {
            var start = rest;
            if (rest.Take("CONSTRAINT"))
            {
                constraintName = rest.TakePart(actions, out var part) ? part : null;
            }
            else if (rest.Take("NOT"))
            {
                column = rest.Take("NULL") ? column with { IsNotNull = true } : column;
            }
            else if (rest.Take("DEFAULT"))
            {
                column = column with { Default = DefaultReader.Read(ref rest, actions) };
            }
            else if (rest.Take("GENERATED") || rest.Take("AS"))
            {
                column = ReadGenerated(ref rest, start, column);
            }
            else if (ConstraintReader.ReadOfColumn(ref rest, actions) is { } constraint)
            {
                constraints.Add(constraint with { Name = constraintName });
            }
            else
            {
                rest.SkipBalanced();
            }
        }

        return column with { Constraints = constraints };
    }

    /// <summary>Reads a type; what may follow one ends it.</summary>
    public static SqlType? ReadType(ref SqlTokens rest, ActionList actions)
    {
        var first = rest;
        var words = new List<string>();
        var arguments = new List<int>();
        var isArray = false;
        while (!IsEnd(rest) && !(rest.Kind == SqlTokenKind.Word && IsAfterType(rest)))
        {
            if (rest.Text is "(")
            {
                ReadArguments(ref rest, arguments);
            }
            else if (rest.Text is "[" || rest.Take("ARRAY"))
            {
                isArray = true;
                rest.SkipBalanced();
            }
            else if (rest.Take('.'))
            {
                words.Clear();
            }
            else if (rest.TakePart(actions, out var word))
            {
                words.Add(word.Value);
            }
            else
            {
                break;
            }
        }

        return words.Count == 0 ? null : SqlType.Of(string.Join(' ', words), arguments, isArray) with { Written = actions.WrittenBetween(first, rest) };
    }

    /// <summary>Whether a word starts what may follow the type or the default of a column.</summary>
    public static bool IsAfterType(SqlTokens token) => token.Kind == SqlTokenKind.Word && AfterType.GetAlternateLookup<ReadOnlySpan<char>>().Contains(token.Text);

    private static void ReadArguments(ref SqlTokens rest, List<int> arguments)
    {
        rest.Take('(');
        while (!rest.AtEnd && !rest.Take(')'))
        {
            if (rest.Kind == SqlTokenKind.Number && int.TryParse(rest.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                arguments.Add(number);
            }

            rest.Skip();
        }
    }

    private static SqlColumn ReadGenerated(ref SqlTokens rest, SqlTokens start, SqlColumn column)
    {
        if (start.Take("GENERATED"))
        {
            // ALWAYS, or BY DEFAULT.
            rest.SkipPast("AS");
        }

        if (rest.Take("IDENTITY"))
        {
            rest.SkipParentheses();
            return column with { IsIdentity = true };
        }

        rest.SkipParentheses();
        return column with { IsGenerated = true, IsStored = rest.Take("STORED") };
    }

    private static bool IsEnd(SqlTokens token) => token.AtEnd || token.Text is "," or ")";
}

using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Statements;

/// <summary>
/// Reads from the tokens of a statement what it does to tables and the like. It knows as much of the grammar as the rules
/// ask for: what it does not know is skipped, and what is quoted (the body of a function or of <c>DO</c>) is not read. What
/// a database writes otherwise than the standard, its own reader reads.
/// </summary>
/// <param name="naming">How names are compared.</param>
internal class ActionReader(SqlNaming naming)
{
    private const int LongestKeyword = 16;

    /// <summary>How names are compared.</summary>
    protected SqlNaming Naming { get; } = naming;

    /// <summary>Reads a statement; most do nothing that matters.</summary>
    public IReadOnlyList<SqlAction> Read(ScriptStatement statement, string file)
    {
        var actions = new ActionList(statement, file, Naming);
        var tokens = statement.ReadTokens();
        var location = actions.At(tokens);
        Span<char> keyword = stackalloc char[LongestKeyword];
        Read(keyword[..tokens.TakeKeyword(keyword)], tokens, location, actions);
        return actions.Found;
    }

    /// <summary>Finds the first of some literals in a statement that runs at once, which a function's definition does not.</summary>
    public UseEnumValue? FindUse(ScriptStatement statement, string file, IReadOnlyList<AddEnumValue> values)
    {
        var actions = new ActionList(statement, file, Naming);
        var tokens = statement.ReadTokens();
        var isType = tokens;
        if (isType.Take("ALTER") && isType.Take("TYPE"))
        {
            return null;
        }

        for (; !tokens.AtEnd; tokens.Skip())
        {
            var literal = tokens.Kind == SqlTokenKind.Literal ? tokens.Text : default;
            foreach (var value in values)
            {
                if (literal.SequenceEqual(value.Value.Value))
                {
                    return new UseEnumValue(actions.At(tokens), value);
                }
            }
        }

        return null;
    }

    /// <summary>Reads what follows a statement's first word.</summary>
    /// <param name="keyword">The word, in upper case.</param>
    /// <param name="rest">What follows it.</param>
    /// <param name="location">Where the statement starts.</param>
    /// <param name="actions">Takes what is found.</param>
    protected virtual void Read(ReadOnlySpan<char> keyword, SqlTokens rest, SourceLocation location, ActionList actions)
    {
        switch (keyword)
        {
            case "CREATE":
                CreateReader.Read(rest, location, actions);
                break;
            case "ALTER":
                AlterReader.Read(rest, location, actions);
                break;
            case "INSERT":
                RowsReader.ReadInsert(rest, location, actions);
                break;
            case "DROP":
                DropReader.Read(rest, location, actions);
                break;
            case "LOCK":
                RowsReader.ReadLock(rest, location, actions);
                break;
            case "TRUNCATE":
                RowsReader.ReadTruncate(rest, location, actions);
                break;
            case "UPDATE":
                RowsReader.ReadUpdate(rest, location, actions);
                break;
            case "DELETE":
                RowsReader.ReadDelete(rest, location, actions);
                break;
            case "WITH":
                RowsReader.ReadWith(rest, actions);
                break;
        }
    }
}

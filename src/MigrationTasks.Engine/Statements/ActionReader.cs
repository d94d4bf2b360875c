using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Statements;

/// <summary>
/// Reads from the tokens of a statement what it does to tables and the like, for whoever wants to know: lint, the watch over the
/// history, and a run that was interrupted. What is not known is skipped, and what is quoted (the body of a function or of
/// <c>DO</c>) is not read. What a database writes otherwise than the standard, its own reader reads.
/// </summary>
/// <param name="naming">How names are compared.</param>
internal class ActionReader(SqlNaming naming)
{
    private const int LongestKeyword = 16;

    /// <summary>Reads a statement; most do nothing that matters.</summary>
    public IReadOnlyList<SqlAction> Read(ScriptStatement statement, string? file) => Read(statement.ReadTokens(), new ActionList(statement, file, naming));

    /// <summary>Reads a statement that stands in no file.</summary>
    public IReadOnlyList<SqlAction> Read(SqlTokens statement) => Read(statement, new ActionList(null, null, naming));

    /// <summary>Finds the first of some literals in a statement that runs at once, which a function's definition does not.</summary>
    public UseEnumValue? FindUse(ScriptStatement statement, string file, IReadOnlyList<AddEnumValue> values)
    {
        var actions = new ActionList(statement, file, naming);
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
                AlterReader.Read(rest, location, actions, this);
                break;
            case "INSERT" or "REPLACE":
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

    /// <summary>Reads one of the parts of an <c>ALTER TABLE</c>, up to the comma behind it.</summary>
    protected internal virtual void ReadPart(ref SqlTokens rest, SqlName table, ActionList actions) => AlterReader.ReadPart(ref rest, table, actions);

    private List<SqlAction> Read(SqlTokens statement, ActionList actions)
    {
        var location = actions.At(statement);
        Span<char> keyword = stackalloc char[LongestKeyword];
        Read(keyword[..statement.TakeKeyword(keyword)], statement, location, actions);
        return actions.Found;
    }
}

using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Statements;

/// <summary>
/// Reads from the tokens of a statement what it does to tables and the like. It knows as much of the grammar as the rules
/// ask for: what it does not know is skipped, and what is quoted (the body of a function or of <c>DO</c>) is not read.
/// </summary>
/// <param name="dialect">What statements are written in.</param>
/// <param name="naming">How names are compared.</param>
internal sealed class ActionReader(SqlDialect dialect, SqlNaming naming)
{
    private const int LongestKeyword = 16;

    /// <summary>Reads a statement; most do nothing that matters.</summary>
    public IReadOnlyList<SqlAction> Read(ScriptStatement statement, string file)
    {
        var actions = new ActionList(statement, file, naming);
        var tokens = statement.ReadTokens();
        var location = actions.At(tokens);
        Span<char> keyword = stackalloc char[LongestKeyword];
        switch (keyword[..tokens.TakeKeyword(keyword)])
        {
            case "CREATE":
                CreateReader.Read(tokens, location, actions, new RowSecurityReader(dialect, naming));
                break;
            case "ALTER" when dialect is MySqlDialect:
                MySqlAlterReader.Read(tokens, actions);
                break;
            case "RENAME" when dialect is MySqlDialect:
                MySqlAlterReader.ReadRename(tokens, actions);
                break;
            case "UPDATE" when dialect is MySqlDialect:
                MySqlRowsReader.ReadUpdate(tokens, location, actions);
                break;
            case "DELETE" when dialect is MySqlDialect:
                MySqlRowsReader.ReadDelete(tokens, location, actions);
                break;
            case "ALTER":
                AlterReader.Read(tokens, location, actions);
                break;
            case "INSERT":
                RowsReader.ReadInsert(tokens, location, actions);
                break;
            case "DROP":
                DropReader.Read(tokens, location, actions);
                break;
            case "DO":
                if (new RowSecurityReader(dialect, naming).Read(tokens, location) is { } code)
                {
                    actions.Add(code);
                }

                break;
            case "REINDEX":
                actions.Add(new Reindex(location, IsConcurrent(tokens)));
                break;
            case "LOCK":
                RowsReader.ReadLock(tokens, location, actions);
                break;
            case "TRUNCATE":
                RowsReader.ReadTruncate(tokens, location, actions);
                break;
            case "SET":
                SettingReader.ReadSet(tokens, location, actions);
                break;
            case "SELECT":
                SettingReader.ReadSelect(tokens, location, actions);
                break;
            case "UPDATE":
                RowsReader.ReadUpdate(tokens, location, actions);
                break;
            case "DELETE":
                RowsReader.ReadDelete(tokens, location, actions);
                break;
            case "WITH":
                RowsReader.ReadWith(tokens, actions);
                break;
        }

        return actions.Found;
    }

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

    private static bool IsConcurrent(SqlTokens rest)
    {
        var isConcurrent = PostgreSqlOptions.IsOn(rest, "CONCURRENTLY");
        rest.SkipParentheses();
        rest.Skip();
        return isConcurrent || rest.Take("CONCURRENTLY");
    }
}

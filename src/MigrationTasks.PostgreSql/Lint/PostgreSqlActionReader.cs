using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Statements;
using MigrationTasks.PostgreSql.Scripts;

namespace MigrationTasks.PostgreSql.Lint;

/// <summary>Reads what statements of PostgreSQL do: those of the standard, and its own.</summary>
internal sealed class PostgreSqlActionReader() : ActionReader(Names)
{
    private static readonly SqlNaming Names = new("public", QuotedKeepCase: true);

    protected override void Read(ReadOnlySpan<char> keyword, SqlTokens rest, SourceLocation location, ActionList actions)
    {
        switch (keyword)
        {
            case "CREATE":
                if (SecuresNewTables(rest, location))
                {
                    actions.Add(new SecureNewTables(location));
                }

                base.Read(keyword, rest, location, actions);
                break;
            case "DO":
                if (new RowSecurityReader(Naming).Read(rest, location) is { } code)
                {
                    actions.Add(code);
                }

                break;
            case "REINDEX":
                actions.Add(new Reindex(location, IsConcurrent(rest)));
                break;
            case "SET":
                SettingReader.ReadSet(rest, location, actions);
                break;
            case "SELECT":
                SettingReader.ReadSelect(rest, location, actions);
                break;
            default:
                base.Read(keyword, rest, location, actions);
                break;
        }
    }

    // A function that does so for tables which it is not told by name is that of an event trigger.
    private bool SecuresNewTables(SqlTokens rest, SourceLocation location)
    {
        if (rest.Take("OR"))
        {
            rest.Take("REPLACE");
        }

        return rest.Take("FUNCTION") && new RowSecurityReader(Naming).Read(rest, location) is { Others: not null };
    }

    private static bool IsConcurrent(SqlTokens rest)
    {
        var isConcurrent = PostgreSqlOptions.IsOn(rest, "CONCURRENTLY");
        rest.SkipParentheses();
        rest.Skip();
        return isConcurrent || rest.Take("CONCURRENTLY");
    }
}

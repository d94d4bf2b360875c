using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.PostgreSql.Scripts;

/// <summary>Reads what statements of PostgreSQL do: those of the standard, and its own.</summary>
internal sealed class PostgreSqlActionReader : ActionReader
{
    private static readonly SqlNaming Names = new(NameCase.Quoted);

    private readonly SqlNaming _naming;

    private PostgreSqlActionReader(SqlNaming naming)
        : base(naming) => _naming = naming;

    /// <summary>Takes a name without a schema for one in <c>public</c>, as it mostly is.</summary>
    public static PostgreSqlActionReader InPublic { get; } = new(Names with { UsualSchema = "public" });

    /// <summary>Leaves it open where a name without a schema is looked for.</summary>
    public static PostgreSqlActionReader AsWritten { get; } = new(Names);

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
                if (new RowSecurityReader(_naming).Read(rest, location) is { } code)
                {
                    actions.Add(code);
                }

                break;
            case "COPY":
                rest.Take("BINARY");
                if (rest.TakeName(actions, out var table) && rest.SkipPast("FROM"))
                {
                    actions.Add(new InsertRows(location, table, null));
                }

                break;
            case "REINDEX":
                ReadReindex(rest, location, actions);
                break;
            case "SET":
                SettingReader.ReadSet(rest, location, actions);
                break;
            case "RESET":
            case "DISCARD" when rest.Text.Equals("ALL", StringComparison.OrdinalIgnoreCase):
                SettingReader.ReadReset(rest, location, actions);
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

        return rest.Take("FUNCTION") && new RowSecurityReader(_naming).Read(rest, location) is { Others: not null };
    }

    private static void ReadReindex(SqlTokens rest, SourceLocation location, ActionList actions)
    {
        var isConcurrent = PostgreSqlOptions.IsOn(rest, "CONCURRENTLY");
        rest.SkipParentheses();
        var kind = rest.TakeKind(out var known) ? known : (SqlObjectKind?)null;
        if (kind is null)
        {
            rest.Take("SYSTEM");
        }

        isConcurrent |= rest.Take("CONCURRENTLY");
        actions.Add(new Reindex(location, kind, rest.TakeName(actions, out var name) ? name : null, isConcurrent));
    }
}

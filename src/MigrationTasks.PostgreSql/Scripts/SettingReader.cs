using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.PostgreSql.Scripts;

/// <summary>Reads what changes settings, and <c>SELECT INTO</c>.</summary>
internal static class SettingReader
{
    private const string SearchPath = "search_path";

    public static void ReadSet(SqlTokens rest, SourceLocation location, ActionList actions)
    {
        _ = rest.Take("LOCAL") || rest.Take("SESSION");
        var isTimeZone = rest;
        if (rest.Take("SCHEMA"))
        {
            actions.Add(new ChangeSetting(location, SearchPath, [ValueOf(rest, actions)]));
        }
        else if (isTimeZone.Take("TIME") && isTimeZone.Take("ZONE"))
        {
            ReadValues(isTimeZone, location, "timezone", actions);
        }
        else if (rest.TakeName(actions, out var name) && (rest.Take('=') || rest.Take("TO")))
        {
            ReadValues(rest, location, name.Name.Value.ToLowerInvariant(), actions);
        }
    }

    public static void ReadReset(SqlTokens rest, SourceLocation location, ActionList actions)
    {
        if (rest.Take("ALL"))
        {
            actions.Add(new ChangeSetting(location, null, []));
        }
        else if (rest.TakePart(actions, out var name))
        {
            actions.Add(new ChangeSetting(location, name.Value.ToLowerInvariant(), []));
        }
    }

    public static void ReadSelect(SqlTokens rest, SourceLocation location, ActionList actions)
    {
        var call = rest;
        if (PostgreSqlSession.TakesSetConfig(ref call) && call.Take('('))
        {
            var name = ValueOf(call, actions).ToLowerInvariant();
            call.Skip();
            if (call.Take(','))
            {
                var value = ValueOf(call, actions);
                actions.Add(new ChangeSetting(location, name, name != SearchPath ? [value]
                    : [.. value.Split(',').Select(part => part.Trim() is ['"', .. var quoted, '"'] ? quoted : part.Trim().ToLowerInvariant())]));
            }
        }
        else if (rest.SkipPast("INTO"))
        {
            var isTemporary = rest.Take("TEMP") || rest.Take("TEMPORARY") || rest.Take("UNLOGGED");
            rest.Take("TABLE");
            if (rest.TakeName(actions, out var table))
            {
                actions.Add(new CreateTable(location, table, []) { IsTemporary = isTemporary });
            }
        }
    }

    private static void ReadValues(SqlTokens rest, SourceLocation location, string name, ActionList actions)
    {
        var values = new List<string>();
        do
        {
            if (rest.Take("DEFAULT"))
            {
                break;
            }

            values.Add(ValueOf(rest, actions));
            rest.Skip();
        }
        while (rest.Take(','));
        actions.Add(new ChangeSetting(location, name, values));
    }

    private static string ValueOf(SqlTokens token, ActionList actions) => actions.Naming.IsName(token) ? actions.Naming.Read(token) : token.Text.Trim('\'').ToString();
}

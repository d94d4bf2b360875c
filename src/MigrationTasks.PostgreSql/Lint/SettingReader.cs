using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.PostgreSql.Lint;

/// <summary>Reads the settings that matter, and <c>SELECT INTO</c>.</summary>
internal static class SettingReader
{
    private const string Setting = "LOCK_TIMEOUT";

    public static void ReadSet(SqlTokens rest, SourceLocation location, ActionList actions)
    {
        if (!rest.Take("LOCAL"))
        {
            rest.Take("SESSION");
        }

        if (rest.Take(Setting))
        {
            _ = rest.Take('=') || rest.Take("TO");
            actions.Add(new SetLockTimeout(location, IsLimit(rest)));
        }
        else if (rest.Take("TIMEZONE") || (rest.Take("TIME") && rest.Take("ZONE")))
        {
            _ = rest.Take('=') || rest.Take("TO");
            actions.Add(new SetTimeZone(location, rest.Text.Trim('\'').Equals("UTC", StringComparison.OrdinalIgnoreCase)));
        }
    }

    public static void ReadSelect(SqlTokens rest, SourceLocation location, ActionList actions)
    {
        var call = rest;
        if (call.Take("PG_CATALOG"))
        {
            call.Take('.');
        }

        if (call.Take("SET_CONFIG") && call.Take('(') && call.Text.Trim('\'').Equals(Setting, StringComparison.OrdinalIgnoreCase))
        {
            call.Skip();
            call.Take(',');
            actions.Add(new SetLockTimeout(location, IsLimit(call)));
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

    // 0 waits for ever, and so does what a server has by default.
    private static bool IsLimit(SqlTokens value) => !(value.Take("DEFAULT") || value.Text.Trim('\'').TrimStart('0') is "" or "ms" or "s" or "min");
}

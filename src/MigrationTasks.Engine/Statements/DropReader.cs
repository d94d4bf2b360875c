using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Statements;

/// <summary>Reads what follows <c>DROP</c>.</summary>
internal static class DropReader
{
    public static void Read(SqlTokens rest, SourceLocation location, ActionList actions)
    {
        var isTemporary = rest.Take("TEMPORARY");
        rest.Take("MATERIALIZED");
        if (!rest.TakeKind(out var kind))
        {
            return;
        }

        if (kind == SqlObjectKind.Owned)
        {
            rest.Take("BY");
        }

        var isConcurrent = kind == SqlObjectKind.Index && rest.Take("CONCURRENTLY");
        var isConditional = rest.TakeIfExists();
        while (rest.TakeName(actions, out var name))
        {
            rest.SkipParentheses();
            if (rest.Take(','))
            {
                actions.Add(Drop(kind, name));
                continue;
            }

            var table = default(SqlName);
            var isOnTable = rest.Take("ON") && rest.TakeName(actions, out table);
            actions.Add(kind == SqlObjectKind.Index && isOnTable ? new DropTableIndex(location, table, name) { IsConditional = isConditional } : Drop(kind, name));
            if (isOnTable && kind is SqlObjectKind.Policy or SqlObjectKind.Trigger or SqlObjectKind.Rule)
            {
                actions.Add(new LockTable(location, table));
            }

            return;
        }

        SqlAction Drop(SqlObjectKind kind, SqlName name) => kind switch
        {
            SqlObjectKind.Table => new DropTable(location, name) { IsConditional = isConditional, IsTemporary = isTemporary },
            SqlObjectKind.Index => new DropIndex(location, name, isConcurrent) { IsConditional = isConditional },
            _ => new DropObject(location, kind, name) { IsConditional = isConditional },
        };
    }
}

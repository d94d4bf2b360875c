using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Statements;

/// <summary>Reads what follows <c>DROP</c>.</summary>
internal static class DropReader
{
    public static void Read(SqlTokens rest, SourceLocation location, ActionList actions)
    {
        if (rest.Take("TABLE"))
        {
            rest.TakeIfExists();
            while (rest.TakeName(actions, out var table))
            {
                actions.Add(new DropTable(location, table));
                if (!rest.Take(','))
                {
                    break;
                }
            }
        }
        else if (rest.Take("INDEX"))
        {
            var isConcurrent = rest.Take("CONCURRENTLY");
            rest.TakeIfExists();
            while (rest.TakeName(actions, out var index))
            {
                actions.Add(new DropIndex(location, index, isConcurrent));
                if (!rest.Take(','))
                {
                    break;
                }
            }
        }
        else if ((rest.Take("POLICY") || rest.Take("TRIGGER") || rest.Take("RULE"))
            && rest.SkipPast("ON") && rest.TakeName(actions, out var table))
        {
            actions.Add(new LockTable(location, table));
        }
    }
}

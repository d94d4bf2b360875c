using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.MySql.Lint;

/// <summary>Reads what statements of MySQL and MariaDB do: those of the standard, and those with a grammar of their own.</summary>
internal sealed class MySqlActionReader() : ActionReader(Names)
{
    // Whether the case of a table's name counts is a matter of the server's file system; lint takes what differs in it for the same.
    private static readonly SqlNaming Names = new("", QuotedKeepCase: false);

    protected override void Read(ReadOnlySpan<char> keyword, SqlTokens rest, SourceLocation location, ActionList actions)
    {
        switch (keyword)
        {
            case "ALTER":
                MySqlAlterReader.Read(rest, actions);
                break;
            case "RENAME":
                MySqlAlterReader.ReadRename(rest, actions);
                break;
            case "UPDATE":
                MySqlRowsReader.ReadUpdate(rest, location, actions);
                break;
            case "DELETE":
                MySqlRowsReader.ReadDelete(rest, location, actions);
                break;
            default:
                base.Read(keyword, rest, location, actions);
                break;
        }
    }
}

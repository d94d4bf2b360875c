using System.Text.Json;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.MongoDb.Lint;

/// <summary>Reads which indexes commands of MongoDB create, drop and hide.</summary>
internal static class MongoDbIndexes
{
    private const string Every = "*";

    /// <summary><c>createIndexes</c>.</summary>
    public static IEnumerable<SqlAction> Created(CommandDocument command) => command.Collection is not { } table ? [] :
        from index in command.Documents("indexes")
        select new CreateIndex(command.Location, table, IndexOf(command, table, index.Field("name"), index.Field("key"))) { IsUnique = index.Field("unique").ValueKind == JsonValueKind.True };

    /// <summary><c>dropIndexes</c>: by name, by several names, by keys, or all.</summary>
    public static IEnumerable<SqlAction> Dropped(CommandDocument command)
    {
        if (command.Collection is not { } table)
        {
            return [];
        }

        var asked = command.Document.Field("index");
        return asked.ValueKind == JsonValueKind.Array
            ? asked.EnumerateArray().Select(name => new DropTableIndex(command.Location, table, IndexOf(command, table, name, default)))
            : [new DropTableIndex(command.Location, table, asked.Text() == Every ? null : IndexOf(command, table, asked, asked))];
    }

    /// <summary>An index that <c>collMod</c> hides or shows.</summary>
    public static IEnumerable<SqlAction> Hidden(CommandDocument command, SqlName table)
    {
        var index = command.Document.Field("index");
        var isHidden = index.Field("hidden").ValueKind;
        return isHidden is JsonValueKind.True or JsonValueKind.False && IndexOf(command, table, index.Field("name"), index.Field("keyPattern")) is { } name
            ? [new HideIndex(command.Location, table, name, isHidden == JsonValueKind.True)]
            : [];
    }

    // The name that an index has by default says its keys: { "a": 1, "b": -1 } is a_1_b_-1.
    private static SqlName? IndexOf(CommandDocument command, SqlName table, JsonElement name, JsonElement keys)
    {
        SqlPart? index = name.Text() is { } text ? command.Names.Of(text)
            : keys.ValueKind == JsonValueKind.Object ? new SqlPart(
                string.Join('_', keys.EnumerateObject().Select(key => $"{key.Name}_{key.Value.Text() ?? key.Value.GetRawText()}")),
                string.Join('_', keys.EnumerateObject().Select(key => $"{command.Names.Of(key.Name)}_{(key.Value.Text() is { } kind ? command.Names.Of(kind) : command.Names.Shown(key.Value))}")))
            : null;
        return index is { } found ? new SqlName(new SqlPart($"{table.Schema?.Value}.{table.Name.Value}", $"{table}"), found) : null;
    }
}

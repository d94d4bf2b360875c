using System.Text.Json;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Statements;

namespace MigrationTasks.MongoDb.Lint;

/// <summary>Reads which commands of MongoDB change all documents of a collection.</summary>
internal static class MongoDbWrites
{
    /// <summary><c>update</c>.</summary>
    public static IEnumerable<SqlAction> Updated(CommandDocument command) => command.Collection is not { } table ? [] :
        from update in command.Documents("updates")
        where update.Field("multi").ValueKind == JsonValueKind.True
        from action in Updated(command, table, update.Field("q"), update.Field("u"))
        select action;

    /// <summary><c>delete</c>.</summary>
    public static IEnumerable<SqlAction> Deleted(CommandDocument command) => command.Collection is not { } table ? [] :
        from delete in command.Documents("deletes")
        where delete.Field("q").IsEmptyDocument() && delete.Field("limit").IsZero()
        select new DeleteAllRows(command.Location, table, "delete");

    /// <summary><c>aggregate</c>, when its result becomes a collection.</summary>
    public static IEnumerable<SqlAction> Written(CommandDocument command)
    {
        var target = command.Documents("pipeline").Select(stage => stage.Field("$out")).LastOrDefault(stage => stage.ValueKind != JsonValueKind.Undefined);
        return (target.Text() ?? target.Field("coll").Text()) is { Length: > 0 } name && target.Field("db").ValueKind == JsonValueKind.Undefined
            ? [new ReplaceRows(command.Location, command.NameOf(name))]
            : [];
    }

    private static IEnumerable<SqlAction> Updated(CommandDocument command, SqlName table, JsonElement query, JsonElement change)
    {
        if (query.IsEmptyDocument())
        {
            yield return new UpdateAllRows(command.Location, table);
        }

        foreach (var field in Removed(change).Where(field => IsAboutAllWith(query, field)))
        {
            yield return new DropColumn(command.Location, table, command.Names.Of(field));
        }

        foreach (var (field, to) in Renamed(change).Where(rename => IsAboutAllWith(query, rename.Field)))
        {
            yield return new RenameColumn(command.Location, table, command.Names.Of(field), command.Names.Of(to));
        }
    }

    private static IEnumerable<string> Removed(JsonElement change) => change.ValueKind == JsonValueKind.Array
        ? change.EnumerateArray().SelectMany(stage => stage.Field("$unset").Texts())
        : change.Field("$unset") is { ValueKind: JsonValueKind.Object } fields ? fields.EnumerateObject().Select(field => field.Name) : [];

    private static IEnumerable<(string Field, string To)> Renamed(JsonElement change) => change.Field("$rename") is { ValueKind: JsonValueKind.Object } fields
        ? fields.EnumerateObject().Where(field => field.Value.Text() is not null).Select(field => (field.Name, field.Value.GetString()!))
        : [];

    // All documents, or all that have the field.
    private static bool IsAboutAllWith(JsonElement query, string field) =>
        query.IsEmptyDocument()
        || query.ValueKind == JsonValueKind.Object && query.EnumerateObject().Take(2).Count() == 1 && query.Field(field).Field("$exists").ValueKind == JsonValueKind.True;
}

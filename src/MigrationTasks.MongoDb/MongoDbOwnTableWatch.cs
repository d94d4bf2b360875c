using System.Text.Json;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.OwnTables;

namespace MigrationTasks.MongoDb;

/// <summary>Finds the commands that would hit the collections of the history and of the run lock. Their names count letter by letter.</summary>
internal sealed class MongoDbOwnTableWatch(OwnTableSet tables) : OwnTableWatch(tables)
{
    private const string OtherDatabase = "$db";

    private static readonly JsonDocumentOptions Options = new() { MaxDepth = int.MaxValue };

    /// <inheritdoc/>
    public override string Rename(string name) => $"db.{Tables.History}.renameCollection(\"{name}\")";

    /// <inheritdoc/>
    public override OwnTableHit? Read(ScriptStatement statement)
    {
        ArgumentNullException.ThrowIfNull(statement);
        // The names of others may be written with escapes; nobody writes this one so.
        if (!statement.Text.Contains(Tables.History, StringComparison.Ordinal) && !statement.Text.Contains("dropDatabase", StringComparison.Ordinal))
        {
            return null;
        }

        using var document = JsonDocument.Parse(statement.Text, Options);
        var (command, name) = (document.RootElement, document.RootElement.EnumerateObject().First().Name);
        return name == "renameCollection" ? HitOfRename(command)
            : TextOf(command, OtherDatabase) is { } database && database != Tables.Database ? null
            : Read(command, name);
    }

    private OwnTableHit? Read(JsonElement command, string name) => name switch
    {
        "dropDatabase" => new OwnTableHit(OwnTableThreat.Drop, Tables.History, Tables.Database is { } database ? $"database {database}" : "the database") { IsAvoidable = false },
        "drop" or "convertToCapped" => Hit(TextOf(command, name), OwnTableThreat.Drop),
        "create" => Hit(TextOf(command, name), OwnTableThreat.Create),
        "insert" => Hit(TextOf(command, name), OwnTableThreat.Fill),
        "delete" => IsOfAll(command) ? Hit(TextOf(command, name), OwnTableThreat.Empty) : null,
        "aggregate" => command.TryGetProperty("pipeline", out var stages) && stages.ValueKind == JsonValueKind.Array ? stages.EnumerateArray().Select(HitOfStage).FirstOrDefault(hit => hit is not null) : null,
        _ => null,
    };

    private OwnTableHit? Hit(string? collection, OwnTableThreat threat) =>
        collection is not null && (collection == Tables.History || collection == Tables.Lock) ? new OwnTableHit(threat, collection) : null;

    private OwnTableHit? HitOfRename(JsonElement command)
    {
        var drops = command.TryGetProperty("dropTarget", out var target) && target.ValueKind == JsonValueKind.True;
        return HitOfNamespace(TextOf(command, "renameCollection"), OwnTableThreat.Rename) ?? HitOfNamespace(TextOf(command, "to"), drops ? OwnTableThreat.Drop : OwnTableThreat.Create);
    }

    private OwnTableHit? HitOfNamespace(string? name, OwnTableThreat threat) =>
        name?.IndexOf('.', StringComparison.Ordinal) is > 0 and var dot && (Tables.Database is null || name[..dot] == Tables.Database) ? Hit(name[(dot + 1)..], threat) : null;

    private OwnTableHit? HitOfStage(JsonElement stage)
    {
        if (stage.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        if (stage.TryGetProperty("$out", out var target))
        {
            return target.ValueKind == JsonValueKind.String ? Hit(target.GetString(), OwnTableThreat.Drop)
                : target.ValueKind == JsonValueKind.Object && (TextOf(target, "db") is not { } database || database == Tables.Database) ? Hit(TextOf(target, "coll"), OwnTableThreat.Drop)
                : null;
        }

        return stage.TryGetProperty("$merge", out target) ? Hit(target.ValueKind == JsonValueKind.Object ? TextOf(target, "into") : target.ToString(), OwnTableThreat.Fill) : null;
    }

    private static bool IsOfAll(JsonElement command) =>
        command.TryGetProperty("deletes", out var deletes) && deletes.ValueKind == JsonValueKind.Array
        && deletes.EnumerateArray().Any(delete => delete.ValueKind == JsonValueKind.Object && delete.TryGetProperty("q", out var query) && query.ValueKind == JsonValueKind.Object && !query.EnumerateObject().Any());

    private static string? TextOf(JsonElement document, string field) =>
        document.TryGetProperty(field, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

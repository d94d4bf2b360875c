using MigrationTasks.ContractTests;
using MigrationTasks.TestServers;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Driver;

namespace MigrationTasks.Adapters.Tests.MongoDb;

/// <summary>A database of its own on a server that the tests share.</summary>
/// <param name="server">The server.</param>
public sealed class MongoDbContractDatabase(MongoDbServer server) : ContractDatabase
{
    /// <summary>The database, past the adapter.</summary>
    public IMongoDatabase Database { get; } = server.Client.GetDatabase($"test_{Guid.NewGuid():N}");

    public override string Connection => server.UrlOf(Database.DatabaseNamespace.DatabaseName);

    public override async Task ExecuteAsync(string script)
    {
        ArgumentNullException.ThrowIfNull(script);
        foreach (var command in script.StartsWith('[') ? BsonSerializer.Deserialize<BsonArray>(script) : [BsonDocument.Parse(script)])
        {
            await Database.RunCommandAsync<BsonDocument>(command.AsBsonDocument);
        }
    }

    public override async Task<IReadOnlyList<string>> ReadAsync(string table, params IReadOnlyList<string> columns)
    {
        var documents = await Database.GetCollection<BsonDocument>(table).Find(FilterDefinition<BsonDocument>.Empty).Sort(new BsonDocument("$natural", 1)).ToListAsync();
        return [.. documents.Select(document => columns is { Count: > 0 } ? string.Join('|', columns.Select(column => Text(document.GetValue(column, BsonNull.Value)))) : document.ToJson())];
    }

    public override async Task<bool> ExistsAsync(string table) =>
        await (await Database.ListCollectionNamesAsync(new ListCollectionNamesOptions { Filter = new BsonDocument("name", table) })).AnyAsync();

    public override async ValueTask DisposeAsync() => await server.Client.DropDatabaseAsync(Database.DatabaseNamespace.DatabaseName);

    private static string Text(BsonValue value) => value.IsBsonNull ? "" : value.ToString()!;
}

using MigrationTasks.Adapters.Tests.MongoDb;
using MongoDB.Bson;
using MongoDB.Driver;

namespace MigrationTasks.Adapters.Tests.Chaos;

/// <summary>A database of MongoDB.</summary>
/// <param name="database">The database.</param>
internal sealed class MongoDbTarget(MongoDbContractDatabase database) : ChaosTarget(database)
{
    // Its collections and indexes are listed one by one.
    public override bool ShowsOneInstant => false;

    protected override async Task<IReadOnlyList<string>> FindWorkAsync()
    {
        var admin = database.Database.Client.GetDatabase("admin");
        var ours = new BsonDocument("$match", new BsonDocument("command.$db", database.Database.DatabaseNamespace.DatabaseName));
        var busy = await admin.Aggregate<BsonDocument>(new[] { new BsonDocument("$currentOp", new BsonDocument()), ours }).ToListAsync();
        return [.. busy.Select(operation => operation.ToString())];
    }
}

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

    public override async Task WhenQuietAsync()
    {
        var admin = database.Database.Client.GetDatabase("admin");
        var ours = new BsonDocument("$match", new BsonDocument("command.$db", database.Database.DatabaseNamespace.DatabaseName));
        for (var giveUp = DateTime.UtcNow.AddSeconds(30); ; await Task.Delay(20))
        {
            var busy = await admin.Aggregate<BsonDocument>(new[] { new BsonDocument("$currentOp", new BsonDocument()), ours }).ToListAsync();
            if (busy.Count == 0)
            {
                return;
            }

            Assert.IsLessThan(giveUp, DateTime.UtcNow, $"The server goes on working for a run that is gone: {string.Join(", ", busy)}");
        }
    }
}

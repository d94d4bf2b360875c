using MongoDB.Bson;

namespace MigrationTasks.MongoDb;

/// <summary>Reads all that a command finds.</summary>
internal static class MongoDbCursor
{
    /// <returns>The documents of the reply's cursor, or the reply itself when it has none.</returns>
    public static async Task<IReadOnlyList<BsonDocument>> ReadAsync(MongoDbSession session, MongoDbCommand command, TimeSpan limit, CancellationToken cancellation)
    {
        var reply = await session.RunAsync(command, limit, cancellation).ConfigureAwait(false);
        if (!reply.TryGetValue("cursor", out var value) || value is not BsonDocument cursor)
        {
            return [reply];
        }

        var documents = Documents(cursor, "firstBatch");
        while (cursor.GetValue("id", 0).ToInt64() is not 0 and var id)
        {
            var collection = cursor["ns"].AsString.Split('.', 2)[1];
            var more = new MongoDbCommand(new BsonDocument { { "getMore", id }, { "collection", collection } }, command.Database);
            cursor = (await session.RunAsync(more, TimeSpan.Zero, cancellation).ConfigureAwait(false))["cursor"].AsBsonDocument;
            documents.AddRange(Documents(cursor, "nextBatch"));
        }

        return documents;
    }

    private static List<BsonDocument> Documents(BsonDocument cursor, string batch) => [.. cursor[batch].AsBsonArray.OfType<BsonDocument>()];
}

using System.Text.RegularExpressions;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;
using MongoDB.Bson;

namespace MigrationTasks.MongoDb;

/// <summary>
/// Finds and reads collections of other tools. No collection says which fields its documents have: those that the oldest and the newest
/// few of them have are taken for its columns.
/// </summary>
/// <param name="session">The session.</param>
internal sealed class MongoDbCatalog(MongoDbSession session)
{
    private const string Id = "_id";

    // A tool that was updated in between writes more fields than it did; what has the name of a tool's collection by chance can be of any size.
    private const int Sample = 5;

    /// <summary>Looks collections up with one command, and into those that there are with one or two more.</summary>
    public async Task<IReadOnlyList<TableShape>> FindAsync(IReadOnlyCollection<HistoryTableName> names, CancellationToken cancellation)
    {
        // There are no schemas, but names with dots.
        var wanted = names.Select(name => name.ToString()).ToList();
        var found = await ReadAsync(Listing(wanted), cancellation).ConfigureAwait(false);
        var shapes = new List<TableShape>();
        foreach (var collection in found.Select(document => document["name"].AsString).OrderByDescending(wanted.Contains).ThenBy(name => name, StringComparer.Ordinal))
        {
            shapes.Add(new TableShape(new HistoryTableName(null, collection), await FieldsOfAsync(collection, cancellation).ConfigureAwait(false)));
        }

        return shapes;
    }

    /// <summary>Reads these fields of all documents; one that a document lacks is <see langword="null"/>.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<object?>>> ReadAsync(HistoryTableName table, IReadOnlyList<string> columns, CancellationToken cancellation)
    {
        var projection = new BsonDocument(Id, columns.Contains(Id) ? 1 : 0);
        projection.AddRange(columns.Where(column => column != Id).Select(column => new BsonElement(column, 1)));
        var documents = await ReadAsync(new BsonDocument { { "find", table.ToString() }, { "projection", projection } }, cancellation).ConfigureAwait(false);
        return [.. documents.Select(document => columns.Select(column => BsonValues.ToObject(document.GetValue(column, BsonNull.Value))).ToList())];
    }

    // Without the right to list all collections, those are listed that the user has any other right to.
    private static BsonDocument Listing(IEnumerable<string> names) => new()
    {
        { "listCollections", 1 },
        { "filter", new BsonDocument("name", new BsonDocument("$in", new BsonArray(names.Select(name => new BsonRegularExpression($"^{Regex.Escape(name)}$", "i"))))) },
        { "nameOnly", true },
        { "authorizedCollections", true },
    };

    private async Task<IReadOnlyList<string>> FieldsOfAsync(string collection, CancellationToken cancellation)
    {
        var oldest = await SampleAsync(collection, 1, cancellation).ConfigureAwait(false);
        var newest = oldest.Count < Sample ? [] : await SampleAsync(collection, -1, cancellation).ConfigureAwait(false);
        return [.. oldest.Concat(newest).SelectMany(document => document.Names).Distinct(StringComparer.Ordinal)];
    }

    // By the index that every collection has.
    private Task<IReadOnlyList<BsonDocument>> SampleAsync(string collection, int direction, CancellationToken cancellation) => ReadAsync(
        new BsonDocument { { "find", collection }, { "sort", new BsonDocument(Id, direction) }, { "limit", Sample }, { "singleBatch", true } },
        cancellation);

    private Task<IReadOnlyList<BsonDocument>> ReadAsync(BsonDocument command, CancellationToken cancellation) =>
        MongoDbCursor.ReadAsync(session, new MongoDbCommand(command, null), TimeSpan.Zero, cancellation);
}

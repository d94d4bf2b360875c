using MigrationTasks.ContractTests;
using MigrationTasks.MongoDb;
using MigrationTasks.TestServers;
using MongoDB.Bson;
using MongoDB.Driver;

namespace MigrationTasks.Adapters.Tests.MongoDb;

/// <summary>
/// What MongoDB does on a server besides what <see cref="MongoDbContract"/> asks of every database, with transactions and without. A test
/// that needs a replica set is skipped where the server is none.
/// </summary>
public abstract class MongoDbServerTest : IAsyncDisposable
{
    /// <summary>Why a test that needs transactions is skipped.</summary>
    internal const string NoTransactions = "The server that is named is no replica set, and has no transactions.";

    private MongoDbServer _server = null!;

    /// <summary>The project of the running test.</summary>
    protected MigrationProject Project { get; private set; } = null!;

    /// <summary>The database of the running test, past the adapter.</summary>
    protected IMongoDatabase Database { get; private set; } = null!;

    /// <summary>Whether the server has transactions.</summary>
    protected bool HasTransactions { get; private set; }

    [TestInitialize]
    public async Task CreateAsync()
    {
        _server = await Require.ServerAsync(Servers.MongoDbAsync);
        Database = _server.Client.GetDatabase($"test_{Guid.NewGuid():N}");
        Project = new MigrationProject(new MongoDbDefinition(), _server.UrlOf(Database.DatabaseNamespace.DatabaseName));
        HasTransactions = await _server.HasTransactionsAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Project?.Dispose();
        if (Database is not null)
        {
            await Database.Client.DropDatabaseAsync(Database.DatabaseNamespace.DatabaseName);
        }

        GC.SuppressFinalize(this);
    }

    /// <summary>A command that creates a collection.</summary>
    protected static string Create(string name) => $$"""{ "create": "{{name}}" }""";

    /// <summary>A command that inserts a document with a number.</summary>
    protected static string Insert(string collection, int number) => $$"""{ "insert": "{{collection}}", "documents": [ { "_id": {{number}} } ] }""";

    /// <summary>A command that no server knows.</summary>
    protected static string Nope => """{ "nope": 1 }""";

    /// <summary>A command that takes so many seconds, once the collection has a document.</summary>
    protected static string Slow(string collection, int seconds) =>
        $$"""{ "find": "{{collection}}", "filter": { "$where": "sleep({{seconds * 1000}}) || true" } }""";

    /// <summary>A script of commands.</summary>
    protected static string Script(params string[] commands) => $"[\n{string.Join(",\n", commands)}\n]";

    /// <summary>A script outside a transaction.</summary>
    protected static string Untransacted(params string[] commands) => Script(["""{ "$migration": { "transaction": "none" } }""", .. commands]);

    /// <summary>Asserts which numbers a collection holds.</summary>
    protected async Task NumbersAreAsync(string collection, params int[] numbers) => Assert.AreEqual(
        string.Join(", ", numbers),
        string.Join(", ", (await Database.GetCollection<BsonDocument>(collection).Find(FilterDefinition<BsonDocument>.Empty).Sort(new BsonDocument("_id", 1)).ToListAsync()).Select(document => document["_id"])));

    /// <summary>Asserts which migrations the history holds, with their states and how many commands stand.</summary>
    protected async Task HistoryIsAsync(params string[] rows) => Assert.AreEqual(
        string.Join('\n', rows),
        string.Join('\n', (await History.Find(FilterDefinition<BsonDocument>.Empty).Sort(new BsonDocument("migration_name", 1)).ToListAsync())
            .Select(row => $"{row["migration_name"]}|{row["status"]}{(row["statements_done"].IsBsonNull ? "" : $"|{row["statements_done"]}")}")));

    /// <summary>Asserts whether there is a collection.</summary>
    protected async Task<bool> ExistsAsync(string collection) => (await (await Database.ListCollectionNamesAsync()).ToListAsync()).Contains(collection);

    protected IMongoCollection<BsonDocument> History => Database.GetCollection<BsonDocument>("schema_migrations");

    protected IMongoCollection<BsonDocument> Locks => Database.GetCollection<BsonDocument>("schema_migrations_lock");

    /// <summary>Goes on only where the server has transactions.</summary>
    protected void RequireTransactions()
    {
        if (!HasTransactions)
        {
            Assert.Inconclusive(NoTransactions);
        }
    }
}

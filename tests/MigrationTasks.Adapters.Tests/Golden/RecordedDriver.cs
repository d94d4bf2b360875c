using System.Reflection;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Driver;

namespace MigrationTasks.Adapters.Tests.Golden;

/// <summary>
/// Stands in for the driver where there is no server: its client, its session, databases and collections. It writes down what it is
/// asked and answers as the scenario tells; what a server makes of that is for the tests with one.
/// </summary>
/// <remarks>A line starts with <c>t&gt;</c> for what takes part in the transaction, <c>s&gt;</c> for what is of the session, and <c>-&gt;</c> for all else.</remarks>
public class RecordedDriver : DispatchProxy
{
    private static readonly RenderArgs<BsonDocument> Rendering = new(BsonSerializer.LookupSerializer<BsonDocument>(), BsonSerializer.SerializerRegistry);

    private MongoDbScenario _scenario = null!;
    private string _name = "";
    private bool _isInTransaction;

    /// <summary>Makes a client.</summary>
    internal static IMongoClient Create(MongoDbScenario scenario) => Create<IMongoClient>(scenario, "");

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        var arguments = args ?? [];
        var caller = new Caller(arguments.OfType<IClientSessionHandle>().SingleOrDefault(), arguments.OfType<CancellationToken>().SingleOrDefault());
        return targetMethod!.Name switch
        {
            nameof(IMongoClient.GetDatabase) => Create<IMongoDatabase>(_scenario, (string)arguments[0]!),
            nameof(IMongoClient.StartSessionAsync) => Task.FromResult(Create<IClientSessionHandle>(_scenario, "")),
            nameof(IDisposable.Dispose) => null,

            nameof(IMongoDatabase.GetCollection) => Create<IMongoCollection<BsonDocument>>(_scenario, (string)arguments[0]!),
            nameof(IMongoDatabase.RunCommandAsync) => RunAsync(caller, arguments.OfType<Command<BsonDocument>>().Single()),
            nameof(IMongoDatabase.ListCollectionNamesAsync) => ListAsync(caller, (ListCollectionNamesOptions)arguments[0]!),
            nameof(IMongoDatabase.CreateCollectionAsync) => _scenario.AskAsync($"{caller} {_name}.createCollection {arguments[0]}", [], caller.Cancellation),

            nameof(IMongoCollection<>.FindAsync) => FindAsync(caller, arguments),
            nameof(IMongoCollection<>.InsertOneAsync) => AskAsync(caller, "insert", [.. arguments.OfType<BsonDocument>()]),
            nameof(IMongoCollection<>.UpdateOneAsync) => UpdateAsync(caller, FilterOf(arguments), UpdateOf(arguments)),
            nameof(IMongoCollection<>.DeleteOneAsync) => DeleteAsync(caller, FilterOf(arguments)),
            nameof(IMongoCollection<>.BulkWriteAsync) => BulkWriteAsync(caller, [.. arguments.OfType<IEnumerable<WriteModel<BsonDocument>>>().Single()]),
            nameof(IMongoCollection<>.FindOneAndUpdateAsync) => FindOneAndUpdateAsync(caller, FilterOf(arguments), UpdateOf(arguments)),

            $"get_{nameof(IClientSessionHandle.ServerSession)}" => Create<IServerSession>(_scenario, ""),
            $"get_{nameof(IServerSession.Id)}" => new BsonDocument("id", "<session>"),
            $"get_{nameof(IClientSessionHandle.IsInTransaction)}" => _isInTransaction,
            nameof(IClientSessionHandle.StartTransaction) => Begin(),
            nameof(IClientSessionHandle.CommitTransactionAsync) => EndAsync("commit", caller.Cancellation),
            nameof(IClientSessionHandle.AbortTransactionAsync) => EndAsync("abort", caller.Cancellation),
            var name => throw new NotSupportedException(name),
        };
    }

    private static T Create<T>(MongoDbScenario scenario, string name)
        where T : class
    {
        var proxy = Create<T, RecordedDriver>();
        var driver = (RecordedDriver)(object)proxy;
        (driver._scenario, driver._name) = (scenario, name);
        return proxy;
    }

    private Task<BsonDocument> AskAsync(Caller caller, string what, params IReadOnlyList<BsonValue> values) =>
        _scenario.AskAsync($"{caller} {_name}.{what} {string.Join(", ", values.Select(MongoDbScenario.Text))}", new BsonDocument("n", 1), caller.Cancellation);

    private Task<BsonDocument> RunAsync(Caller caller, Command<BsonDocument> command)
    {
        var document = command.Render(BsonSerializer.SerializerRegistry).Document;
        var reply = document.GetElement(0).Name switch
        {
            "hello" when _scenario.HasTransactions => new BsonDocument("setName", "rs0"),
            "listCollections" => new BsonDocument("cursor", new BsonDocument { { "id", 0L }, { "firstBatch", new BsonArray() } }),
            _ => [],
        };
        return _scenario.AskAsync($"{caller} run on {_name}: {MongoDbScenario.Text(document)}", reply, caller.Cancellation);
    }

    private async Task<IAsyncCursor<string>> ListAsync(Caller caller, ListCollectionNamesOptions options)
    {
        await AskAsync(caller, "listCollections", options.Filter.Render(Rendering));
        return new Found<string>(_scenario.HasHistory ? ["schema_migrations"] : []);
    }

    private async Task<IAsyncCursor<BsonDocument>> FindAsync(Caller caller, object?[] arguments)
    {
        await AskAsync(caller, "find", FilterOf(arguments));
        return new Found<BsonDocument>(_scenario.NextHistory());
    }

    private async Task<UpdateResult> UpdateAsync(Caller caller, BsonDocument filter, BsonValue update)
    {
        var matched = (await AskAsync(caller, "update", filter, update))["n"].ToInt64();
        return new UpdateResult.Acknowledged(matched, matched, null);
    }

    private async Task<DeleteResult> DeleteAsync(Caller caller, BsonDocument filter) =>
        new DeleteResult.Acknowledged((await AskAsync(caller, "delete", filter))["n"].ToInt64());

    private async Task<BulkWriteResult<BsonDocument>> BulkWriteAsync(Caller caller, IReadOnlyList<WriteModel<BsonDocument>> writes)
    {
        foreach (var write in writes)
        {
            await (write switch
            {
                InsertOneModel<BsonDocument> insert => AskAsync(caller, "bulk insert", insert.Document),
                UpdateOneModel<BsonDocument> update => AskAsync(caller, "bulk update", update.Filter.Render(Rendering), update.Update.Render(Rendering)),
                DeleteOneModel<BsonDocument> delete => AskAsync(caller, "bulk delete", delete.Filter.Render(Rendering)),
                _ => throw new NotSupportedException(write.ModelType.ToString()),
            });
        }

        return new BulkWriteResult<BsonDocument>.Unacknowledged(writes.Count, writes);
    }

    // As a rule the lock is the run's that asks for it; whether to take it or to renew it, it names itself.
    private async Task<BsonDocument?> FindOneAndUpdateAsync(Caller caller, BsonDocument filter, BsonValue update)
    {
        var usual = filter.Contains("owner") ? filter : update[0]["$replaceWith"]["$cond"][1].AsBsonDocument;
        var answer = await _scenario.AskAsync($"{caller} {_name}.findAndModify {MongoDbScenario.Text(filter)}, {MongoDbScenario.Text(update)}", new BsonDocument("owner", usual["owner"]), caller.Cancellation);
        return answer.ElementCount == 0 ? null : answer.Contains("owner") ? answer : answer.Add("owner", usual["owner"]);
    }

    private object? Begin()
    {
        _isInTransaction = true;
        _ = _scenario.AskAsync("s> begin", []);
        return null;
    }

    // As the driver has it, the transaction is over whatever the server says to that.
    private Task<BsonDocument> EndAsync(string how, CancellationToken cancellation)
    {
        _isInTransaction = false;
        return _scenario.AskAsync($"s> {how}", [], cancellation);
    }

    private static BsonDocument FilterOf(object?[] arguments) => arguments.OfType<FilterDefinition<BsonDocument>>().Single().Render(Rendering);

    private static BsonValue UpdateOf(object?[] arguments) => arguments.OfType<UpdateDefinition<BsonDocument>>().Single().Render(Rendering);

    private readonly record struct Caller(IClientSessionHandle? Session, CancellationToken Cancellation)
    {
        public override string ToString() => Session switch { null => "->", { IsInTransaction: true } => "t>", _ => "s>" };
    }

    private sealed class Found<T>(IReadOnlyList<T> all) : IAsyncCursor<T>
    {
        private bool _isRead;

        public IEnumerable<T> Current => all;

        public bool MoveNext(CancellationToken cancellationToken = default)
        {
            var isFirst = !_isRead;
            _isRead = true;
            return isFirst;
        }

        public Task<bool> MoveNextAsync(CancellationToken cancellationToken = default) => Task.FromResult(MoveNext(cancellationToken));

        public void Dispose()
        {
        }
    }
}

using System.Reflection;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Driver;

namespace MigrationTasks.Adapters.Tests.MongoDb;

/// <summary>
/// Stands in for the driver's collection where there is no server: it keeps what a run asks of it, and answers as it is told to.
/// What a server makes of the questions is for the tests with one.
/// </summary>
public class StandInLocks : DispatchProxy
{
    private readonly List<BsonDocument> _questions = [];
    private Func<int, BsonDocument?> _answer = _ => null;

    /// <summary>The filters and updates that were sent, in order.</summary>
    public IReadOnlyList<BsonDocument> Questions
    {
        get
        {
            lock (_questions)
            {
                return [.. _questions];
            }
        }
    }

    /// <summary>Makes a collection.</summary>
    /// <param name="answer">The answer to each question by its number, counted from 0.</param>
    public static (IMongoCollection<BsonDocument> Collection, StandInLocks Server) Create(Func<int, BsonDocument?> answer)
    {
        var collection = Create<IMongoCollection<BsonDocument>, StandInLocks>();
        var server = (StandInLocks)(object)collection;
        server._answer = answer;
        return (collection, server);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name switch
    {
        nameof(IMongoCollection<>.FindOneAndUpdateAsync) => FindOneAndUpdateAsync((FilterDefinition<BsonDocument>)args![0]!, (UpdateDefinition<BsonDocument>)args[1]!),
        nameof(IMongoCollection<>.DeleteOneAsync) => DeleteOneAsync((FilterDefinition<BsonDocument>)args![0]!),
        var name => throw new NotSupportedException(name),
    };

    private async Task<BsonDocument> FindOneAndUpdateAsync(FilterDefinition<BsonDocument> filter, UpdateDefinition<BsonDocument> update)
    {
        await Task.Yield();
        return Ask(new BsonDocument { { "filter", Render(filter) }, { "update", update.Render(Arguments()) } })!;
    }

    private async Task<DeleteResult> DeleteOneAsync(FilterDefinition<BsonDocument> filter)
    {
        await Task.Yield();
        Ask(new BsonDocument("delete", Render(filter)));
        return new DeleteResult.Acknowledged(1);
    }

    private BsonDocument? Ask(BsonDocument question)
    {
        lock (_questions)
        {
            _questions.Add(question);
            return _answer(_questions.Count - 1);
        }
    }

    private static BsonDocument Render(FilterDefinition<BsonDocument> filter) => filter.Render(Arguments());

    private static RenderArgs<BsonDocument> Arguments() => new(BsonSerializer.LookupSerializer<BsonDocument>(), BsonSerializer.SerializerRegistry);
}

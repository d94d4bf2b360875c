using System.Reflection;
using MigrationTasks.MongoDb;
using MongoDB.Bson;
using MongoDB.Bson.Serialization;
using MongoDB.Driver;

namespace MigrationTasks.Adapters.Tests.MongoDb;

/// <summary>
/// Stands in for the driver's client, database and session where there is no server: it keeps the commands that are sent, and answers as it
/// is told to. What a server makes of them is for the tests with one.
/// </summary>
public class StandInCommands : DispatchProxy
{
    private StandInCommands _server = null!;
    private IMongoDatabase _database = null!;
    private IClientSessionHandle _session = null!;
    private Func<BsonDocument, BsonDocument> _answer = _ => [];

    /// <summary>The commands that were sent, in order.</summary>
    public IList<BsonDocument> Commands { get; } = [];

    /// <summary>Makes a session with a server that answers.</summary>
    /// <param name="answer">The reply to a command.</param>
    internal static async Task<(MongoDbSession Session, StandInCommands Server)> StartAsync(Func<BsonDocument, BsonDocument> answer)
    {
        var (client, server) = Create(answer);
        return (await MongoDbSession.StartAsync(client, "app", default), server);
    }

    /// <summary>Makes a client of a server that answers.</summary>
    /// <param name="answer">The reply to a command.</param>
    internal static (IMongoClient Client, StandInCommands Server) Create(Func<BsonDocument, BsonDocument> answer)
    {
        var client = Create<IMongoClient, StandInCommands>();
        var server = (StandInCommands)(object)client;
        server._answer = answer;
        server._server = server;
        server._database = Of<IMongoDatabase>(server);
        server._session = Of<IClientSessionHandle>(server);
        return (client, server);
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => targetMethod?.Name switch
    {
        nameof(IMongoClient.GetDatabase) => _server._database,
        nameof(IMongoClient.StartSessionAsync) => Task.FromResult(_server._session),
        nameof(IMongoDatabase.RunCommandAsync) => _server.ReplyAsync(args!.OfType<Command<BsonDocument>>().Single()),
        nameof(IDisposable.Dispose) => null,
        var name => throw new NotSupportedException(name),
    };

    private static T Of<T>(StandInCommands server)
        where T : class
    {
        var made = Create<T, StandInCommands>();
        ((StandInCommands)(object)made)._server = server;
        return made;
    }

    private async Task<BsonDocument> ReplyAsync(Command<BsonDocument> command)
    {
        await Task.Yield();
        var document = command.Render(BsonSerializer.SerializerRegistry).Document;
        Commands.Add(document);
        return _answer(document);
    }
}

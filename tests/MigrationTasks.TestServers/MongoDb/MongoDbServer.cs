using Microsoft.Extensions.Logging.Abstractions;
using MongoDB.Bson;
using MongoDB.Driver;
using Testcontainers.MongoDb;

namespace MigrationTasks.TestServers;

/// <summary>
/// A MongoDB: the one that a variable names, or a replica set of one member in a container of the image that a variable names.
/// This machine's own binaries are not looked for, since no package of Debian has them.
/// </summary>
public sealed class MongoDbServer : IAsyncDisposable
{
    private const string Variable = "MIGRATIONTASKS_TEST_MONGODB";
    private const string ImageVariable = "MIGRATIONTASKS_TEST_MONGODB_IMAGE";

    private readonly MongoDbContainer? _container;
    private readonly MongoUrl _url;

    private MongoDbServer(string connection, MongoDbContainer? container)
    {
        _url = new MongoUrl(connection);
        _container = container;
        Client = new MongoClient(connection);
    }

    /// <summary>The driver's client, for a look past the adapter.</summary>
    public MongoClient Client { get; }

    /// <exception cref="ServerUnavailableException">Neither variable is set, or there is nothing where one leads.</exception>
    public static async Task<MongoDbServer> StartAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } connection)
        {
            return new MongoDbServer(connection, null);
        }

        if (Environment.GetEnvironmentVariable(ImageVariable) is not { Length: > 0 } image)
        {
            throw new ServerUnavailableException($"{Require.NoMongoDb}: {Variable} names none, and {ImageVariable} no image to start one from.") { IsToBeHad = false };
        }

        var container = await LoopbackContainer.StartAsync(
            image,
            () => new MongoDbBuilder(image).WithReplicaSet().WithLabel(LoopbackContainer.Labels).WithLogger(NullLogger.Instance).WithCreateParameterModifier(LoopbackContainer.Bind).Build());
        return new MongoDbServer(container.GetConnectionString(), container);
    }

    /// <summary>The URL of a database of this server, as a user would write it.</summary>
    public string UrlOf(string database)
    {
        var url = new MongoUrlBuilder(_url.Url) { DatabaseName = database, AuthenticationSource = _url.AuthenticationSource ?? (_url.Username is null ? null : _url.DatabaseName ?? "admin") };
        return url.ToString();
    }

    /// <summary>Whether it has transactions: a replica set does, and what routes to one.</summary>
    public async Task<bool> HasTransactionsAsync()
    {
        var hello = await Client.GetDatabase("admin").RunCommandAsync<BsonDocument>(new BsonDocument("hello", 1));
        return hello.Contains("setName") || hello.GetValue("msg", "") == "isdbgrid";
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_container is not null)
        {
            await _container.DisposeAsync();
        }
    }
}

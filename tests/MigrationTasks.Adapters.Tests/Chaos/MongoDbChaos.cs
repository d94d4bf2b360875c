using MigrationTasks.Adapters.Tests.MongoDb;
using MigrationTasks.Engine.Databases;
using MigrationTasks.MongoDb;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.Chaos;

/// <summary>A replica set that is shared: only runs get killed.</summary>
[TestClass]
[DoNotParallelize]
public sealed class MongoDbChaos : ChaosContract
{
    protected override AdapterDefinition Definition { get; } = new MongoDbDefinition();

    protected override ChaosDialect Dialect { get; } = new MongoDbChaosDialect
    {
        Slow = """{ "find": "schema_migrations_lock", "filter": { "$where": "sleep(100) || true" } }""",
        Alone = """{ "ping": 1 }""",
        HistoryScript = """{ "create": "schema_migrations" }""",
        CommitsAtObjects = true,
    };

    private protected override async Task<ChaosTarget> CreateTargetAsync()
    {
        var server = await Require.ServerAsync(Servers.MongoDbAsync);
        return await server.HasTransactionsAsync() ? new MongoDbTarget(new MongoDbContractDatabase(server)) : throw new AssertInconclusiveException(MongoDbServerTest.NoTransactions);
    }
}

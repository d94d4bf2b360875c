using MigrationTasks.ContractTests;
using MigrationTasks.Engine.Databases;
using MigrationTasks.MongoDb;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.MongoDb;

/// <summary>The contract on a replica set; the other tests of MongoDB run on a single server too.</summary>
[TestClass]
public sealed partial class MongoDbContract : AdapterContract
{
    protected override AdapterDefinition Definition { get; } = new MongoDbDefinition();

    protected override ContractDialect Dialect { get; } = new MongoDbDialect();

    protected override async Task<ContractDatabase> CreateDatabaseAsync()
    {
        var server = await Require.ServerAsync(Servers.MongoDbAsync);
        return await server.HasTransactionsAsync() ? new MongoDbContractDatabase(server) : throw new AssertInconclusiveException(MongoDbServerTest.NoTransactions);
    }
}

using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.TestServers;

[TestClass]
[DoNotParallelize]
public sealed class MariaDbClusterTests
{
    [TestMethod]
    public async Task What_is_committed_on_one_node_is_on_all_and_a_killed_node_comes_back()
    {
        await using var cluster = await Require.ServerAsync(MariaDbCluster.StartAsync);
        var (first, second, third) = (cluster.Nodes[0], cluster.Nodes[1], cluster.Nodes[2]);
        await using var database = await first.CreateDatabaseAsync();

        await database.ExecuteAsync("CREATE TABLE a (id INT PRIMARY KEY)");
        await database.At(second).ExecuteAsync("INSERT INTO a VALUES (1)");
        await third.Local!.KillAsync();
        await database.ExecuteAsync("INSERT INTO a VALUES (2)");
        await third.Local.StartAsync();
        await MariaDbCluster.WhenSyncedAsync(third);

        Assert.AreEqual(2L, await database.At(third).QueryScalarAsync<long>("SELECT count(*) FROM a"));
    }
}

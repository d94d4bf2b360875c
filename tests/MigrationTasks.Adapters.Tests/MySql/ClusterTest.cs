using MigrationTasks.ContractTests;
using MigrationTasks.Engine.Execution;
using MigrationTasks.MySql;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.MySql;

/// <summary>What the tests with a Galera cluster have in common: three nodes, and migrations that leave traces.</summary>
public abstract class ClusterTest
{
    private const int Migrations = 12;

    // As far as the cluster was when the statement behind it comes, the node is too.
    protected const string Wait = "SET SESSION wsrep_sync_wait = 1; ";

    protected MariaDbCluster Cluster { get; private set; } = null!;

    [TestInitialize]
    public async Task MendAsync()
    {
        Cluster = await Require.ServerAsync(Servers.MariaDbClusterAsync);
        await Cluster.MendAsync();
    }

    protected static string[] Names { get; } = [.. Enumerable.Range(1, Migrations).Select(version => $"{version:D3}_{(version == 1 ? "log" : "more")}.sql")];

    /// <summary>Makes a database, and ends when all nodes have it; what is returned is that of the first.</summary>
    protected async Task<MySqlDatabase> CreateDatabaseAsync()
    {
        var database = await Cluster.Nodes[0].CreateDatabaseAsync();
        foreach (var node in Cluster.Nodes)
        {
            await node.ExecuteAsync($"{Wait}SELECT count(*) FROM mysql.db");
        }

        return database;
    }

    // Every other one is journalled, and those between run in a transaction.
    protected static MigrationProject WriteMigrations(MySqlDatabase database, TimeSpan? lease = null)
    {
        var project = new MigrationProject(new MySqlDefinition { LeaseLength = lease ?? RunLease.StandardLength }, database.Url).Write(Names[0], "CREATE TABLE log (migration INT);\nINSERT INTO log (migration) VALUES (1);\n");
        for (var version = 2; version <= Migrations; version++)
        {
            project.Write(Names[version - 1], $"{(version % 2 == 0 ? $"CREATE TABLE t{version} (id INT PRIMARY KEY);\n" : "")}INSERT INTO log (migration) VALUES ({version});\n");
        }

        return project;
    }

    protected async Task AllNodesHaveEachOnceAsync(MySqlDatabase database)
    {
        var versions = string.Join('\n', Enumerable.Range(1, Migrations));
        var expected = database.Dump("--compact");
        foreach (var node in Cluster.Nodes.Select(database.At))
        {
            Assert.AreEqual(versions, string.Join('\n', await node.RowsAsync($"{Wait}SELECT migration FROM log ORDER BY migration")));
            Assert.AreEqual(string.Join('\n', Names.Select(name => $"{name}|applied")), string.Join('\n', await node.RowsAsync($"{Wait}SELECT migration_name, status FROM schema_migrations ORDER BY migration_name")));
            Assert.AreEqual(expected, node.Dump("--compact"));
        }
    }
}

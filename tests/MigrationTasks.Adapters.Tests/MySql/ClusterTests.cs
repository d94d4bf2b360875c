using MigrationTasks.Adapters.MySql;
using MigrationTasks.ContractTests;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.MySql;

/// <summary>Migrations of a Galera cluster of three nodes.</summary>
[TestClass]
[DoNotParallelize]
public sealed class ClusterTests
{
    private const int Migrations = 12;

    private static MariaDbCluster? _cluster;

    public TestContext TestContext { get; set; } = null!;

    [ClassCleanup]
    public static async Task StopAsync()
    {
        if (_cluster is { } cluster)
        {
            _cluster = null;
            await cluster.DisposeAsync();
        }
    }

    [TestMethod]
    public async Task Migrations_go_on_through_one_node_while_another_is_killed_and_all_nodes_have_the_same_in_the_end()
    {
        var cluster = await ClusterAsync();
        await using var database = await cluster.Nodes[0].CreateDatabaseAsync();
        using var project = WriteMigrations(database);
        var observer = new RecordingObserver();

        var run = project.MigrateAsync(observer);
        await observer.WhenStarted("005_more.sql");
        await cluster.Nodes[2].Local!.KillAsync();
        (await run).Applied(Names);
        await cluster.Nodes[2].Local!.StartAsync();
        await MariaDbCluster.WhenSyncedAsync(cluster.Nodes[2]);

        await AllNodesHaveEachOnceAsync(cluster, database);
    }

    [TestMethod]
    public async Task Runs_at_the_same_time_on_different_nodes_apply_each_migration_once()
    {
        var cluster = await ClusterAsync();
        await using var database = await cluster.Nodes[0].CreateDatabaseAsync();
        var projects = Enumerable.Range(0, 6).Select(number => WriteMigrations(database.At(cluster.Nodes[number % 3]))).ToList();

        var reports = await Task.WhenAll(projects.Select(project => Task.Run(() => project.MigrateAsync())));

        foreach (var report in reports)
        {
            report.Succeeded();
        }

        CollectionAssert.AreEqual(Names, reports.SelectMany(report => report.Applied).Select(migration => migration.Name).Order(StringComparer.Ordinal).ToArray());
        await AllNodesHaveEachOnceAsync(cluster, database);
        TestContext.WriteLine($"{reports.Length} runs on 3 nodes, {Migrations} migrations: {string.Join(", ", reports.Select(report => report.Applied.Count))} applied.");
        projects.ForEach(project => project.Dispose());
    }

    [TestMethod]
    public async Task A_migration_that_a_commit_on_another_node_stands_in_the_way_of_is_tried_again()
    {
        var cluster = await ClusterAsync();
        await using var database = await cluster.Nodes[0].CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE a (id INT PRIMARY KEY, n INT); INSERT INTO a VALUES (1, 0)");
        using var project = new MigrationProject(new MySqlDefinition(), database.Url);
        var observer = new RecordingObserver();

        var run = project.Write("001_add.sql", "UPDATE a SET n = n + 1 WHERE id = 1;\nSELECT sleep(2);\n").MigrateAsync(observer);
        await observer.WhenStarted("001_add.sql");
        await Task.Delay(TimeSpan.FromSeconds(0.5));
        await database.At(cluster.Nodes[1]).ExecuteAsync("UPDATE a SET n = n + 10 WHERE id = 1");

        (await run).Applied("001_add.sql");
        Assert.HasCount(1, observer.Waits);
        Assert.AreEqual(11, await database.QueryScalarAsync<int>("SELECT n FROM a"));
    }

    private static string[] Names => [.. Enumerable.Range(1, Migrations).Select(version => $"{version:D3}_{(version == 1 ? "log" : "more")}.sql")];

    private static async Task<MariaDbCluster> ClusterAsync() => _cluster ??= await Require.ServerAsync(MariaDbCluster.StartAsync);

    // Every other one is journalled, and those between run in a transaction.
    private static MigrationProject WriteMigrations(MySqlDatabase database)
    {
        var project = new MigrationProject(new MySqlDefinition(), database.Url).Write(Names[0], "CREATE TABLE log (migration INT);\nINSERT INTO log (migration) VALUES (1);\n");
        for (var version = 2; version <= Migrations; version++)
        {
            project.Write(Names[version - 1], $"{(version % 2 == 0 ? $"CREATE TABLE t{version} (id INT PRIMARY KEY);\n" : "")}INSERT INTO log (migration) VALUES ({version});\n");
        }

        return project;
    }

    private static async Task AllNodesHaveEachOnceAsync(MariaDbCluster cluster, MySqlDatabase database)
    {
        var versions = string.Join('\n', Enumerable.Range(1, Migrations));
        var expected = database.Dump("--compact");
        foreach (var node in cluster.Nodes.Select(database.At))
        {
            // As far as the cluster was when the statement came, the node is too.
            const string Wait = "SET SESSION wsrep_sync_wait = 1; ";
            Assert.AreEqual(versions, string.Join('\n', await node.RowsAsync($"{Wait}SELECT migration FROM log ORDER BY migration")));
            Assert.AreEqual(string.Join('\n', Names.Select(name => $"{name}|applied")), string.Join('\n', await node.RowsAsync($"{Wait}SELECT migration_name, status FROM schema_migrations ORDER BY migration_name")));
            Assert.AreEqual(expected, node.Dump("--compact"));
        }
    }
}

using MigrationTasks.ContractTests;
using MigrationTasks.MySql;

namespace MigrationTasks.Adapters.Tests.MySql;

/// <summary>Migrations of a Galera cluster of three nodes.</summary>
[TestClass]
[DoNotParallelize]
public sealed class ClusterTests : ClusterTest
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public async Task Migrations_go_on_through_one_node_while_another_is_killed_and_all_nodes_have_the_same_in_the_end()
    {
        await using var database = await CreateDatabaseAsync();
        using var project = WriteMigrations(database);
        var observer = new RecordingObserver();

        var run = project.MigrateAsync(observer);
        await observer.WhenStarted("005_more.sql");
        await Cluster.Nodes[2].Local!.KillAsync();
        (await run).Applied(Names);
        await Cluster.MendAsync();

        await AllNodesHaveEachOnceAsync(database);
    }

    [TestMethod]
    public async Task Runs_at_the_same_time_on_different_nodes_apply_each_migration_once()
    {
        await using var database = await CreateDatabaseAsync();
        var projects = Enumerable.Range(0, 6).Select(number => WriteMigrations(database.At(Cluster.Nodes[number % 3]))).ToList();

        var reports = await Task.WhenAll(projects.Select(project => Task.Run(() => project.MigrateAsync())));

        foreach (var report in reports)
        {
            report.Succeeded();
        }

        CollectionAssert.AreEqual(Names, reports.SelectMany(report => report.Applied).Select(migration => migration.Name).Order(StringComparer.Ordinal).ToArray());
        await AllNodesHaveEachOnceAsync(database);
        TestContext.WriteLine($"{reports.Length} runs on 3 nodes, {Names.Length} migrations: {string.Join(", ", reports.Select(report => report.Applied.Count))} applied.");
        projects.ForEach(project => project.Dispose());
    }

    [TestMethod]
    public async Task A_migration_that_a_commit_on_another_node_stands_in_the_way_of_is_tried_again()
    {
        await using var database = await CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE a (id INT PRIMARY KEY, n INT); INSERT INTO a VALUES (1, 0)");
        using var project = new MigrationProject(new MySqlDefinition(), database.Url);
        var observer = new RecordingObserver();

        var run = project.Write("001_add.sql", "UPDATE a SET n = n + 1 WHERE id = 1;\nSELECT sleep(2);\n").MigrateAsync(observer);
        await observer.WhenStarted("001_add.sql");
        await Task.Delay(TimeSpan.FromSeconds(0.5));
        await database.At(Cluster.Nodes[1]).ExecuteAsync("UPDATE a SET n = n + 10 WHERE id = 1");

        (await run).Applied("001_add.sql");
        Assert.HasCount(1, observer.Waits);
        Assert.AreEqual(11, await database.QueryScalarAsync<int>("SELECT n FROM a"));
    }
}

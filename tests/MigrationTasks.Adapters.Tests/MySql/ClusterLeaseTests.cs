using MigrationTasks.Adapters.Tests.Chaos;
using MigrationTasks.ContractTests;
using MigrationTasks.MySql;
using MigrationTasks.TestServers;
using MySqlConnector;

namespace MigrationTasks.Adapters.Tests.MySql;

/// <summary>
/// The lock of a run in a Galera cluster: whoever has lost it commits nothing any more. Runs are stopped where a statement waits for a
/// row that is locked at its node only.
/// </summary>
[TestClass]
[DoNotParallelize]
public sealed class ClusterLeaseTests : ClusterTest
{
    private const string Journalled = "006_more.sql";
    private const string Gated = $"-- Lock timeout: 60s\nCREATE TABLE t6 (id INT PRIMARY KEY);\nINSERT INTO log (migration) SELECT 6 {AtGate};\n";
    private const string AtGate = "FROM gate FOR UPDATE";
    private const int LeaseSeconds = 6;

    private MySqlDatabase _database = null!;

    [TestInitialize]
    public async Task CreateAsync()
    {
        _database = await CreateDatabaseAsync();
        await _database.ExecuteAsync("CREATE TABLE gate (id INT PRIMARY KEY); INSERT INTO gate VALUES (1)");
    }

    [TestCleanup]
    public async Task DropAsync() => await _database.DisposeAsync();

    [TestMethod]
    public async Task When_a_run_dies_with_its_node_the_next_goes_on_through_another()
    {
        var node = Cluster.Nodes[2];
        using var project = WriteMigrations(_database.At(node), TimeSpan.FromSeconds(LeaseSeconds)).Write(Journalled, Gated);
        using var other = WriteMigrations(_database).Write(Journalled, Gated);
        await using var gate = await CloseGateAsync(_database.At(node));

        var run = project.MigrateAsync();
        await WhenAtGateAsync(_database.At(node));
        await node.Local!.KillAsync();

        (await run).HasApplied(Names[..5]).FailedWith("MIG4006");
        (await other.MigrateAsync()).Applied(Names[5..]);
        await Cluster.MendAsync();
        await AllNodesHaveEachOnceAsync(_database);
    }

    [TestMethod]
    public async Task A_run_that_was_suspended_for_longer_than_its_lease_commits_nothing_of_what_another_has_done_by_then()
    {
        using var project = WriteMigrations(_database).Write(Journalled, Gated);
        using var other = WriteMigrations(_database.At(Cluster.Nodes[1])).Write(Journalled, Gated);
        await using var gate = await CloseGateAsync(_database);

        using var run = await RunnerProcess.StartAsync(new MySqlDefinition(), project.Path, _database.Url, LeaseSeconds);
        run.Go();
        await WhenAtGateAsync(_database);
        run.Suspend();
        (await other.MigrateAsync()).Applied(Names[5..]);

        // What was sent before, its node goes on with by itself.
        await gate.CloseAsync();
        await WhenAsync(_database, "SELECT info FROM information_schema.processlist WHERE db = database() AND id <> connection_id() AND command <> 'Sleep'", isThere: false);
        Assert.AreEqual("1", string.Join(',', await _database.RowsAsync("SELECT count(*) FROM log WHERE migration = 6")), "The suspended run has committed what another did already.");
        run.Resume();
        var output = await run.WaitForExitAsync();

        Assert.Contains("MIG4021", output);
        Assert.Contains("its first statement was applied", output);
        CollectionAssert.AreEqual(Names[..5].Select(name => $"reported {name}").ToArray(), run.Lines.Where(line => line.StartsWith("reported ", StringComparison.Ordinal)).ToArray());
        await AllNodesHaveEachOnceAsync(_database);
    }

    [TestMethod]
    [DataRow($"INSERT INTO log SELECT 2 {AtGate};\n", "The migration was rolled back.", "", DisplayName = "in a transaction")]
    [DataRow($"CREATE TABLE b (id INT PRIMARY KEY);\nINSERT INTO log SELECT 2 {AtGate};\nCREATE TABLE c (id INT PRIMARY KEY);\n", "its first statement was applied", "b", DisplayName = "with the entry of a statement")]
    [DataRow("CREATE TABLE b (id INT PRIMARY KEY);\nCALL p();\nCREATE TABLE c (id INT PRIMARY KEY);\n", "its first 2 statements were applied", "b", DisplayName = "behind a statement that commits by itself")]
    public async Task A_run_whose_lease_another_has_taken_stops_before_its_next_commit(string migration, string says, string tables)
    {
        await _database.ExecuteAsync($"CREATE TABLE log (n INT PRIMARY KEY); CREATE PROCEDURE p() SELECT * {AtGate}");
        using var project = new MigrationProject(new MySqlDefinition(), _database.Url).Write("001_a.sql", $"-- Lock timeout: 60s\n{migration}");
        await using var gate = await CloseGateAsync(_database);

        var run = project.MigrateAsync();
        await WhenAtGateAsync(_database);
        await TakeLeaseAsync();
        await gate.CloseAsync();

        (await run).HasApplied().FailedWith("MIG4021").Says("another run has taken it").Says(says).Says("Run again");
        Assert.AreEqual(tables, string.Join(',', await _database.RowsAsync("SELECT table_name FROM information_schema.tables WHERE table_schema = database() AND table_name IN ('b', 'c')")));
        Assert.AreEqual(0L, await _database.QueryScalarAsync<long>("SELECT count(*) FROM log"));
        Assert.AreEqual("somebody", await _database.QueryScalarAsync<string>($"SELECT owner FROM {ClusterLease.TableName}"));
    }

    [TestMethod]
    public async Task A_rollback_whose_lease_another_has_taken_undoes_nothing()
    {
        await _database.ExecuteAsync("CREATE TABLE log (n INT PRIMARY KEY)");
        using var project = new MigrationProject(new MySqlDefinition(), _database.Url)
            .Write("001_a.sql", "-- Rollback: DELETE FROM log WHERE n IN (SELECT id FROM gate)\nINSERT INTO log VALUES (1);\n");
        (await project.MigrateAsync()).Applied("001_a.sql");
        await using var gate = await CloseGateAsync(_database);

        var run = project.RollBackAsync();
        await WhenAtGateAsync(_database);
        await TakeLeaseAsync();
        await gate.CloseAsync();

        (await run).HasRolledBack().FailedWith("MIG4021").Says("the migration is still applied");
        Assert.AreEqual("1", string.Join(',', await _database.RowsAsync("SELECT n FROM log")));
    }

    private static async Task<MySqlConnection> CloseGateAsync(MySqlDatabase database)
    {
        var gate = await database.OpenAsync();
        await using var close = new MySqlCommand($"START TRANSACTION; SELECT * {AtGate}", gate);
        await close.ExecuteNonQueryAsync();
        return gate;
    }

    // A server runs the statements of a text one by one, and shows the one that it is at.
    private static Task WhenAtGateAsync(MySqlDatabase database) =>
        WhenAsync(database, "SELECT id FROM information_schema.processlist WHERE db = database() AND id <> connection_id() AND info REGEXP '^(INSERT|DELETE|SELECT)[^;]*FROM gate'", isThere: true);

    // It ends when the run's node knows of it, too: else the commit is what fails, and a transaction is tried again.
    private async Task TakeLeaseAsync()
    {
        await _database.At(Cluster.Nodes[1]).ExecuteAsync($"UPDATE {ClusterLease.TableName} SET owner = 'somebody', expires = expires + INTERVAL 1 HOUR");
        await _database.ExecuteAsync($"{Wait}SELECT owner FROM {ClusterLease.TableName}");
    }

    private static async Task WhenAsync(MySqlDatabase database, string query, bool isThere)
    {
        for (var giveUp = DateTime.UtcNow.AddSeconds(60); (await database.RowsAsync(query)).Count > 0 != isThere; await Task.Delay(20))
        {
            Assert.IsLessThan(giveUp, DateTime.UtcNow, $"{(isThere ? "There never is" : "There always is")} a row of {query}");
        }
    }
}

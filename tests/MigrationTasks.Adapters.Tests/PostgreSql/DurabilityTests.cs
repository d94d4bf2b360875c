using MigrationTasks.ContractTests;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>What is reported as applied is on the disk, and where nothing can be written that is said.</summary>
[TestClass]
public sealed class DurabilityTests
{
    [TestMethod]
    public async Task What_an_early_stop_reports_as_applied_is_on_the_disk()
    {
        // The writer in the background would hide what the run itself does not flush.
        await using var server = await Require.ServerAsync(() => PostgreSqlServer.StartLocalAsync(new Dictionary<string, string> { ["wal_writer_delay"] = "10s" }));
        await using var database = await server.CreateDatabaseAsync();
        using var project = ProjectAt(database.Url);
        (await project.Write("001_a.sql", "CREATE TABLE a (id int);").MigrateAsync()).Succeeded();

        (await project.Write("002_b.sql", "CREATE TABLE b (id int);").Write("003_c.sql", "SELECT nope;").MigrateAsync()).HasApplied("002_b.sql").FailedWith("MIG4005");
        await server.Local!.KillAsync();
        await server.Local.StartAsync();

        Assert.AreEqual("2", (await database.RowsAsync("SELECT count(*) FROM schema_migrations")).Single());
    }

    [TestMethod]
    public async Task A_server_that_only_follows_another_is_said_to_be_read_only()
    {
        await using var server = await Require.ServerAsync(() => PostgreSqlServer.StartLocalAsync());
        await using var database = await server.CreateDatabaseAsync();
        using var project = ProjectAt(database.Url);
        (await project.Write("001_a.sql", "CREATE TABLE a (id int);").MigrateAsync()).Succeeded();
        await server.Local!.StopAsync();
        await File.WriteAllTextAsync(Path.Combine(server.Local.DataFolder, "standby.signal"), "");
        await server.Local.StartAsync();

        (await project.Write("002_b.sql", "CREATE TABLE b (id int);").MigrateAsync()).HasApplied().FailedWith("MIG4010");

        // As the primary again, so that the database can be dropped.
        await server.Local.StopAsync();
        File.Delete(Path.Combine(server.Local.DataFolder, "standby.signal"));
        await server.Local.StartAsync();
    }

    private static MigrationProject ProjectAt(string url) => new(new MigrationTasks.PostgreSql.PostgreSqlDefinition(), url);
}

using MigrationTasks.ContractTests;
using MigrationTasks.PostgreSql;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>
/// A server in a container, reached directly. The contract is kept on the same server through a pooler, and directly on this machine's own: here is
/// what a container may change, which is how it is reached and of what version it is.
/// </summary>
[TestClass]
public sealed class ContainerPostgreSqlTests
{
    private const int Runners = 8;

    [TestMethod]
    public async Task Migrations_are_applied_then_skipped_and_rolled_back()
    {
        await using var database = await CreateDatabaseAsync();
        using var project = ProjectOn(database);
        project.Write("001_a.sql", "CREATE TABLE a (id integer);").Write("001_a.down.sql", "DROP TABLE a;")
            .Write("002_copy.sql", "COPY a FROM stdin;\n1\n2\n\\.\n").Write("002_copy.down.sql", "DELETE FROM a;")
            .Write("003_index.sql", "-- Transaction: none\nCREATE INDEX CONCURRENTLY a_id ON a (id);").Write("003_index.down.sql", "-- Transaction: none\nDROP INDEX CONCURRENTLY a_id;");

        (await project.MigrateAsync()).Applied("001_a.sql", "002_copy.sql", "003_index.sql").WithoutWarnings();
        Assert.AreEqual(3, (await project.MigrateAsync()).Succeeded().AlreadyApplied);
        Assert.AreSequenceEqual(["1", "2"], await database.RowsAsync("SELECT id FROM a ORDER BY id"));

        (await project.RollBackAsync(3)).RolledBack("003_index.sql", "002_copy.sql", "001_a.sql");

        Assert.IsTrue(await database.QueryScalarAsync<bool>("SELECT to_regclass('a') IS NULL"));
    }

    [TestMethod]
    public async Task A_failure_is_at_its_place_and_leaves_nothing()
    {
        await using var database = await CreateDatabaseAsync();
        using var project = ProjectOn(database);
        project.Write("001_a.sql", "CREATE TABLE a (id integer);").Write("002_b.sql", "CREATE TABLE b (id integer);\n  SELECT nosuch FROM b;\n");

        (await project.MigrateAsync()).HasApplied("001_a.sql").FailedWith("MIG4005").At(project.PathOf("002_b.sql"), 2, 10).Says("nosuch");

        Assert.IsTrue(await database.QueryScalarAsync<bool>("SELECT to_regclass('b') IS NULL"));
    }

    [TestMethod]
    public async Task Runs_at_once_apply_each_migration_once()
    {
        await using var database = await CreateDatabaseAsync();
        using var project = ProjectOn(database);
        project.Write("001_counted.sql", "CREATE TABLE counted (id integer);");
        foreach (var number in Enumerable.Range(2, 8))
        {
            project.Write($"{number:000}_step.sql", $"INSERT INTO counted VALUES ({number});");
        }

        var reports = await Task.WhenAll(Enumerable.Range(0, Runners).Select(_ => project.MigrateAsync()));

        Assert.IsEmpty(reports.SelectMany(report => report.Errors));
        Assert.AreSequenceEqual(Enumerable.Range(2, 8).Select(number => $"{number}"), await database.RowsAsync("SELECT id FROM counted ORDER BY id"));
    }

    private static async Task<TestDatabase> CreateDatabaseAsync() => await (await Require.ServerAsync(Servers.ContainerPostgreSqlAsync)).CreateDatabaseAsync();

    private static MigrationProject ProjectOn(TestDatabase database) => new(new PostgreSqlDefinition(), database.Url);
}

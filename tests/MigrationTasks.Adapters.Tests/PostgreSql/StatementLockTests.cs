using MigrationTasks.ContractTests;
using MigrationTasks.PostgreSql;
using MigrationTasks.TestServers;
using Npgsql;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>Waiting for locks on a server that is reached directly.</summary>
[TestClass]
public sealed class StatementLockTests : StatementLockContract
{
    [TestMethod]
    public async Task A_run_that_gets_no_second_connection_does_without_naming_anybody()
    {
        var role = $"poor_{Guid.NewGuid():N}";
        await Database.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'poor' CONNECTION LIMIT 1; ALTER TABLE a OWNER TO {role}; ALTER TABLE schema_migrations OWNER TO {role}; GRANT ALL ON SCHEMA public TO {role}");
        try
        {
            await using var application = await BeginAsync("SELECT * FROM a");
            Use(new UriBuilder(Database.Url) { UserName = role, Password = "poor" }.Uri.AbsoluteUri);
            Project.StatementLock = (TimeSpan.FromMilliseconds(400), 1);

            (await Project.Write("001_a.sql", "CREATE TABLE a (id int);\nINSERT INTO a VALUES (1);").Write("002_b.sql", "ALTER TABLE a ADD b int;").MigrateAsync())
                .FailedWith("MIG4014").Says("Who stood in its way could not be seen.");
        }
        finally
        {
            await Database.ExecuteAsync($"REASSIGN OWNED BY {role} TO postgres; DROP OWNED BY {role}; DROP ROLE {role}");
        }
    }

    [TestMethod]
    public async Task A_run_that_waits_for_nobody_needs_no_second_connection()
    {
        Project.Write("002_slow.sql", "SELECT pg_sleep(0.8);\nCREATE TABLE connections AS SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND backend_type = 'client backend';");
        Project.StatementLock = (TimeSpan.FromSeconds(3), 10);

        (await Project.MigrateAsync()).Applied("002_slow.sql");

        Assert.AreEqual("1", (await Database.RowsAsync("SELECT count FROM connections")).Single());
    }

    [TestMethod]
    [DataRow("55P03", true)]
    [DataRow("40P01", true)]
    [DataRow("40001", true)]
    [DataRow("57014", false)]
    [DataRow("23505", false)]
    public void Only_what_somebody_else_stood_in_the_way_of_is_tried_again(string code, bool isTriedAgain) =>
        Assert.AreEqual(isTriedAgain, ServerErrors.MayPass(new PostgresException("message", "ERROR", "ERROR", code)));

    protected override Task<PostgreSqlServer> GetServerAsync() => Servers.LocalPostgreSqlAsync();

    protected override Task<string> ConnectionToAsync(TestDatabase database) => Task.FromResult(database.Url);
}

/// <summary>The same through PgBouncer in transaction mode: the session that waits is not the one that the client knows.</summary>
[TestClass]
public sealed class PooledStatementLockTests : StatementLockContract
{
    [TestMethod]
    [Timeout(60_000)]
    public async Task A_pool_of_one_connection_has_none_to_look_from()
    {
        await using var narrow = await PgBouncer.StartAsync(await Servers.PostgreSqlAsync(), poolSize: 1);
        await using var application = await BeginAsync("SELECT * FROM a");
        Use(narrow.UrlFor(Database));
        Project.StatementLock = (TimeSpan.FromMilliseconds(400), 1);

        (await Project.Write("001_a.sql", "CREATE TABLE a (id int);\nINSERT INTO a VALUES (1);").Write("002_b.sql", "ALTER TABLE a ADD b int;").MigrateAsync())
            .FailedWith("MIG4014").Says("It was tried 2 times");
    }

    protected override Task<PostgreSqlServer> GetServerAsync() => Servers.PostgreSqlAsync();

    protected override async Task<string> ConnectionToAsync(TestDatabase database) => (await Require.ServerAsync(Servers.PgBouncerAsync)).UrlFor(database);

    // The pooler keeps sessions that were opened before, and gives away one that is gone until it has seen that.
    protected override async Task UseNewSessionsAsync()
    {
        await Database.TerminateBackendsAsync();
        for (var attempt = 0; attempt < 100 && (await Project.GetStatusAsync()).Errors.Count > 0; attempt++)
        {
            await Task.Delay(50);
        }
    }
}

using MigrationTasks.Package.Tests.Infra;
using MigrationTasks.TestServers;
using Npgsql;

namespace MigrationTasks.Package.Tests;

/// <summary>What somebody sees who builds by hand: an interactive terminal hides most messages.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class TerminalTests
{
    [TestMethod]
    public void A_run_shows_its_result_and_each_migration()
    {
        using var consumer = new Consumer().Project("Shop").Migration("Shop", "001_a").Migration("Shop", "002_b");

        consumer.DotnetInTerminal("build Shop -t:Migrate").Succeeded()
            .Says($"sqlite {consumer.Database}: 2 migrations applied in ").Says("\n    001_a.sql   ").Says("\n    002_b.sql   ");
    }

    [TestMethod]
    public void The_status_shows_its_table()
    {
        using var consumer = new Consumer().Project("Shop").Migration("Shop", "001_a");

        consumer.DotnetInTerminal("build Shop -t:MigrateStatus").Succeeded()
            .Says($"sqlite {consumer.Database}: 0 applied, 1 pending").Says("\n    Migration").Says("\n    001_a.sql   pending");
    }

    [TestMethod]
    public void A_failure_shows_the_place_and_what_was_applied()
    {
        using var consumer = new Consumer().Project("Shop").Migration("Shop", "001_a").Write("Shop/migrations/sqlite/002_b.sql", "SELEC 1;");

        var result = consumer.DotnetInTerminal("build Shop -t:Migrate");

        result.Says("002_b.sql(1,1): error MIG4005: ").Says("failed after 1 migration applied in ").Says("\n    001_a.sql   ");
        Assert.AreNotEqual(0, result.ExitCode, result.Output);
    }

    [TestMethod]
    [DataRow(" > build.log", "")]
    [DataRow("", "true")]
    public async Task Where_nobody_watches_nothing_is_shown_but_what_MSBuild_logs(string redirection, string pipeline)
    {
        await using var shop = await LockedShop.CreateAsync();
        shop.Consumer.Environment["CI"] = pipeline;

        var result = shop.Consumer.DotnetInTerminal(LockedShop.Migrate + redirection);

        var log = redirection.Length > 0 ? File.ReadAllText(shop.Consumer.PathOf("build.log")) : result.Raw;
        Assert.Contains("error MIG4014: ", new Screen().Write(log).Text);
        Assert.IsTrue(redirection.Length == 0 || string.IsNullOrWhiteSpace(result.Output), result.Output);
        Assert.DoesNotContain("waits for", log);
    }

    // A project whose migration waits for a lock that somebody else does not give back.
    private sealed class LockedShop(TestDatabase database, NpgsqlConnection other, Consumer consumer) : IAsyncDisposable
    {
        public const string Migrate = "build Shop -t:Migrate -p:MigrateStatementLockTimeout=2 -p:MigrateStatementLockRetries=1";

        public Consumer Consumer => consumer;

        public static async Task<LockedShop> CreateAsync()
        {
            var server = await Require.ServerAsync(Servers.PostgreSqlAsync);
            var database = await server.CreateDatabaseAsync();
            await database.ExecuteAsync("CREATE TABLE orders (id int)");
            var other = await database.OpenAsync();
            await using var hold = new NpgsqlCommand("BEGIN; LOCK TABLE orders;", other);
            await hold.ExecuteNonQueryAsync();
            var consumer = new Consumer().Project("Shop").Write("Shop/migrations/postgresql/001_a.sql", "ALTER TABLE orders ADD x int;");
            consumer.Environment["DATABASE_URL"] = database.Url;
            return new LockedShop(database, other, consumer);
        }

        public async ValueTask DisposeAsync()
        {
            consumer.Dispose();
            await other.DisposeAsync();
            await database.DisposeAsync();
        }
    }
}

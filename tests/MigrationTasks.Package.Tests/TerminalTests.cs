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
    public async Task What_a_migration_waits_for_shows_below_its_project_as_long_as_it_waits()
    {
        await using var shop = await LockedShop.CreateAsync();

        var result = shop.Consumer.DotnetInTerminal(LockedShop.Migrate);

        Assert.AreNotEqual(0, result.ExitCode, result.Output);
        var seen = ScreensOf(result.Raw).ToList();
        var waiting = seen.Find(screen => InOneLine(screen).Contains(" Shop: 001_a.sql: waits for a lock on orders. In its way: process ", StringComparison.Ordinal));
        Assert.IsNotNull(waiting, result.Output);
        Assert.MatchesRegex(@"\n  Shop .*Migrate \([0-9.]+s\)\n\n    Shop: 001_a.sql: waits", waiting);
        Assert.IsTrue(seen.Exists(screen => InOneLine(screen).Contains("Attempt 2 of 2", StringComparison.Ordinal)), result.Output);
        Assert.Contains("error MIG4014: ", seen[^1]);
        Assert.DoesNotContain("Shop: 001_a.sql", seen[^1]);
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

    // What a reader sees, each time that MSBuild's logger has drawn.
    private static IEnumerable<string> ScreensOf(string raw)
    {
        var screen = new Screen();
        return raw.Split("\u001b[?25h").Select(part => screen.Write(part).Text);
    }

    // Where a line ends depends on how long the number of a process is, and for how long it works.
    private static string InOneLine(string screen) => string.Join(' ', screen.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries));

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

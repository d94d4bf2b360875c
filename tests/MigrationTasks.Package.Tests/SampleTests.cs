using MigrationTasks.Package.Tests.Infra;
using MigrationTasks.TestServers;

namespace MigrationTasks.Package.Tests;

/// <summary>The samples as a reader of the README runs them, but on databases of these tests.</summary>
[TestClass]
public sealed class SampleTests
{
    [TestMethod]
    public void QuickStart_migrates_with_one_command_and_is_up_to_date_with_the_next()
    {
        using var folder = new TemporaryFolder();
        var database = Path.Combine(folder.Path, "quickstart.db");
        var environment = new Dictionary<string, string?> { ["SQLITE_URL"] = $"sqlite:{database}" };

        Run(environment, "build", "samples/QuickStart", "-t:Migrate").Says($"QuickStart -> sqlite {database}: 3 migrations applied in ");
        Run(environment, "build", "samples/QuickStart", "-t:Migrate").Says($"QuickStart -> sqlite {database}: up to date (3 applied)");
    }

    [TestMethod]
    public void QuickStart_goes_back_one_migration_or_as_far_as_asked()
    {
        using var folder = new TemporaryFolder();
        var database = Path.Combine(folder.Path, "quickstart.db");
        var environment = new Dictionary<string, string?> { ["SQLITE_URL"] = $"sqlite:{database}" };
        Run(environment, "build", "samples/QuickStart", "-t:Migrate");

        Run(environment, "build", "samples/QuickStart", "-t:MigrateRollback").Says($"QuickStart -> sqlite {database}: 1 migration rolled back in ");
        Run(environment, "build", "samples/QuickStart", "-t:MigrateRollback", "-p:MigrateTargetVersion=0").Says($"QuickStart -> sqlite {database}: 2 migrations rolled back in ");
        Assert.DoesNotContain("QuickStart -> sqlite", Run(environment, "build", "samples/QuickStart", "-t:MigrateRollback", "-p:MigrateSkip=true").Output);
        Run(environment, "build", "samples/QuickStart", "-t:Migrate").Says("3 migrations applied in ");
    }

    [TestMethod]
    public void QuickStart_has_a_connection_in_its_env_file() =>
        Assert.AreEqual("SQLITE_URL=sqlite:quickstart.db", File.ReadAllText(Path.Combine(PackedPackage.Repository, "samples/QuickStart/.env")).Trim());

    [TestMethod]
    public void PublishHook_migrates_when_it_is_published()
    {
        using var folder = new TemporaryFolder();
        var database = Path.Combine(folder.Path, "shop.db");
        var environment = new Dictionary<string, string?> { ["SQLITE_URL"] = $"sqlite:{database}" };

        Run(environment, ["publish", "samples/PublishHook", "-o", Path.Combine(folder.Path, "out"), .. PackedPackage.Release]).Says($"PublishHook -> sqlite {database}: 1 migration applied in ");

        Assert.IsTrue(File.Exists(Path.Combine(folder.Path, "out", "PublishHook.dll")));
        Assert.IsFalse(File.Exists(Path.Combine(folder.Path, "out", "MigrationTasks.dll")));
    }

    [TestMethod]
    public async Task Supabase_runs_on_plain_PostgreSQL_too()
    {
        var server = await Require.ServerAsync(Servers.PostgreSqlAsync);
        await using var database = await server.CreateDatabaseAsync();
        var environment = new Dictionary<string, string?> { ["DATABASE_URL"] = database.Url };

        Run(environment, "build", "samples/Supabase", "-t:Migrate").Says("5 migrations applied in ");

        Assert.AreSequenceEqual(["messages"], await database.RowsAsync("SELECT tablename FROM pg_publication_tables WHERE pubname = 'supabase_realtime'"));
        Assert.AreSequenceEqual(["6"], await database.RowsAsync("SELECT count(*) FROM pg_policies WHERE schemaname = 'public'"));
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public async Task The_commands_of_the_pipelines_do_what_they_are_for()
    {
        using var workspace = new TemporaryFolder();
        var server = await Require.ServerAsync(Servers.PostgreSqlAsync);
        await using var database = await server.CreateDatabaseAsync();
        var environment = new Dictionary<string, string?> { ["DATABASE_URL"] = database.Url, ["GITHUB_WORKSPACE"] = workspace.Path, ["PROJECT"] = "samples/Supabase" };
        var commands = File.ReadAllLines(Path.Combine(PackedPackage.Repository, "samples/pipelines/github-actions.yml")).Where(line => line.Contains(" run: dotnet ", StringComparison.Ordinal)).Select(line => line.Split(" run: ")[1]);

        var output = commands.Select(command => Consumer.Shell(PackedPackage.Repository, environment, command).Succeeded().Output).ToList();

        Assert.Contains("5 migrations are valid", output[1]);
        Assert.Contains("5 migrations would be applied", output[2]);
        Assert.Contains("5 migrations applied", output[3]);
        Assert.Contains("up to date (5 applied)", output[5]);
        Assert.AreSequenceEqual(["dry-run.json", "migrate.json", "migrate.sql", "validate.json"], Directory.EnumerateFiles(Path.Combine(workspace.Path, "reports")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal));
    }

    [TestMethod]
    public async Task MultiDatabase_migrates_all_its_databases_with_one_command()
    {
        using var folder = new TemporaryFolder();
        var server = await Require.ServerAsync(Servers.PostgreSqlAsync);
        await using var database = await server.CreateDatabaseAsync();
        var mariaDb = await Require.ServerAsync(Servers.MySqlAsync);
        await using var catalogue = await mariaDb.CreateDatabaseAsync();
        var settings = Path.Combine(folder.Path, "settings.db");
        var environment = new Dictionary<string, string?> { ["SQLITE_URL"] = $"sqlite:{settings}", ["DATABASE_URL"] = database.Url, ["MYSQL_URL"] = catalogue.Url };

        var result = Run(environment, "build", "samples/MultiDatabase", "-t:Migrate", "-p:WithMariaDb=true");

        result.Says("MultiDatabase -> postgresql ");
        result.Says(": 2 migrations applied in ");
        result.Says($"  sqlite {settings}: 1 migration applied in ");
        result.Says($"  mysql {catalogue.Name} at ");
        Assert.AreSequenceEqual(["prices", "products", "schema_migrations"], await catalogue.RowsAsync("SHOW TABLES"));
        Assert.AreSequenceEqual(["order_lines", "orders"], await database.RowsAsync("SELECT tablename FROM pg_tables WHERE tablename LIKE 'order%' ORDER BY 1"));
    }

    [TestMethod]
    public void MultiDatabase_migrates_the_databases_that_answer_when_another_does_not()
    {
        using var folder = new TemporaryFolder();
        var settings = Path.Combine(folder.Path, "settings.db");
        var environment = new Dictionary<string, string?> { ["SQLITE_URL"] = $"sqlite:{settings}", ["DATABASE_URL"] = "postgresql://nobody@127.0.0.1:1/nothing" };

        var result = Consumer.Run(PackedPackage.Repository, environment, ["build", "samples/MultiDatabase", "-t:Migrate"]).Failed("MIG4001");

        result.Says("MultiDatabase -> postgresql nothing at 127.0.0.1:1: failed, nothing applied");
        result.Says($"  sqlite {settings}: 1 migration applied in ");
    }

    private static BuildResult Run(IReadOnlyDictionary<string, string?> environment, params IEnumerable<string> arguments) =>
        Consumer.Run(PackedPackage.Repository, environment, arguments).Succeeded();
}

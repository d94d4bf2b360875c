using System.IO.Compression;
using System.Text;
using MigrationTasks.Package.Tests.Infra;
using MigrationTasks.TestServers;

namespace MigrationTasks.Package.Tests;

/// <summary>The most that a build can be made to tell, and the password is not in it: logs, reports, summaries, processes.</summary>
[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class SecretsTests
{
    private const string Secret = "S3cret-w0rd";
    private const string Marker = "MIGRATIONTASKS_TEST_SECRETS";

    // As it is, and as it stands in a URL.
    private const string Encoded = "S3cret%2Fw%250rd";
    private const string Decoded = "S3cret/w%0rd";

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task A_run_that_succeeds_does_not_tell_the_password(bool inEnvFile)
    {
        var server = await Require.ServerAsync(Servers.PostgreSqlAsync);
        await using var database = await server.CreateDatabaseAsync();

        Build(database.Url, inEnvFile, server.Password).Succeeded().Says("1 migration applied");
    }

    [TestMethod]
    [DataRow(false)]
    [DataRow(true)]
    public async Task A_wrong_password_is_not_told(bool inEnvFile)
    {
        var server = await Require.ServerAsync(Servers.PostgreSqlAsync);
        await using var database = await server.CreateDatabaseAsync();

        Build(database.Url.Replace(server.Password, Encoded, StringComparison.Ordinal), inEnvFile, Encoded, Decoded).Failed("MIG4002");
    }

    [TestMethod]
    public async Task A_migration_that_fails_does_not_tell_the_password()
    {
        var server = await Require.ServerAsync(Servers.PostgreSqlAsync);
        await using var database = await server.CreateDatabaseAsync();

        // All that a statement can know of its connection.
        Build(
            database.Url,
            inEnvFile: false,
            [server.Password],
            "DO $$ BEGIN RAISE WARNING '%', (SELECT a FROM pg_stat_activity a WHERE pid = pg_backend_pid()); RAISE EXCEPTION '% %', current_query(), inet_server_addr(); END $$;").Failed("MIG4005").Says("MIG4008");
    }

    [TestMethod]
    [DataRow($"postgres://app:{Secret}@127.0.0.1:1/app?sslmode=disable", "MIG4001")]
    [DataRow($"Host=127.0.0.1;Port=1;Username=app;Password={Secret}", "MIG4001")]
    [DataRow($"postgres://app:{Secret}@127.0.0.1:port/app", "MIG1007")]
    [DataRow($"postgres://app:{Secret}", "MIG1007")]
    [DataRow($"mysql://app:{Secret}@127.0.0.1/app", "MIG1007")]
    [DataRow($"Host=127.0.0.1;Passwort={Secret}", "MIG1007")]
    [DataRow($"postgres://app:{Secret}/w@127.0.0.1/app", "MIG1007")]
    public void A_connection_that_leads_nowhere_is_not_told(string connection, string code) => Build(connection, inEnvFile: false, Secret).Failed(code);

    [TestMethod]
    [DataRow($"x' {Secret} behind the value", "MIG1009")]
    [DataRow($"x'\n{Secret} without a name", "MIG1007")]
    public void A_line_that_a_file_of_variables_cannot_have_is_not_told(string connection, string code) => Build(connection, inEnvFile: true, Secret).Failed(code);

    private static BuildResult Build(string connection, bool inEnvFile, params string[] secrets) =>
        Build(connection, inEnvFile, secrets, "CREATE TABLE a (x int);");

    private static BuildResult Build(string connection, bool inEnvFile, string[] secrets, string sql)
    {
        using var consumer = new Consumer()
            .Project("Shop", body: "<PropertyGroup><MigrateReportFile>../report.json</MigrateReportFile></PropertyGroup>")
            .Write("Shop/migrations/postgresql/001_a.sql", sql);
        consumer.Environment[Marker] = consumer.Path;
        consumer.Environment["GITHUB_STEP_SUMMARY"] = consumer.PathOf("summary.md");
        consumer.Environment["TF_BUILD"] = "True";
        consumer.Environment["AGENT_TEMPDIRECTORY"] = consumer.PathOf("agent");
        if (inEnvFile)
        {
            consumer.Write("Shop/.env", $"DATABASE_URL='{connection}'\n");
        }
        else
        {
            consumer.Environment["DATABASE_URL"] = connection;
        }

        var watch = new ProcessWatch(Marker, consumer.Path);
        var build = consumer.DotnetInForeground(watch.Until, "build", "Shop", "-t:Migrate", "-v:diag", "-bl:build.binlog");

        foreach (var secret in secrets)
        {
            Assert.DoesNotContain(secret, build.Output);
            IsNotInBuildLog(secret, consumer.PathOf("build.binlog"));
            IsNotInProcesses(secret, watch, inEnvFile);
            foreach (var file in WrittenFiles(consumer))
            {
                Assert.DoesNotContain(secret, File.ReadAllText(file), file);
            }
        }

        return build;
    }

    // The report and both summaries; what else a build writes is not for a reader, but no place for a password either.
    private static IEnumerable<string> WrittenFiles(Consumer consumer)
    {
        string[] reports = [consumer.PathOf("report.json"), consumer.PathOf("summary.md"), Directory.EnumerateFiles(consumer.PathOf("agent"), "*.md", SearchOption.AllDirectories).Single()];
        return reports.Concat(Directory.EnumerateFiles(consumer.PathOf("Shop/obj"), "*", SearchOption.AllDirectories));
    }

    private static void IsNotInBuildLog(string secret, string file)
    {
        using var log = new MemoryStream();
        using (var compressed = new GZipStream(File.OpenRead(file), CompressionMode.Decompress))
        {
            compressed.CopyTo(log);
        }

        // Every byte as a character, and every other one for text in UTF-16; that the log can be searched is seen by a name that must be in it.
        var binary = Encoding.Latin1.GetString(log.ToArray());
        Assert.Contains("RunMigrations", binary);
        Assert.DoesNotContain(secret, binary);
        Assert.DoesNotContain(string.Concat(secret.Select(character => character + "\0")), binary);
        Assert.DoesNotContain(secret, Encoding.Latin1.GetString(File.ReadAllBytes(file)));
    }

    private static void IsNotInProcesses(string secret, ProcessWatch watch, bool inEnvFile)
    {
        // The build, and the process of the task: it is the one that could be given too much.
        Assert.Contains(arguments => arguments.Contains("/nodemode:2", StringComparison.OrdinalIgnoreCase) || arguments.Contains("-nodemode:2", StringComparison.OrdinalIgnoreCase), watch.Arguments, string.Join('\n', watch.Arguments));
        Assert.DoesNotContain(secret, string.Join('\n', watch.Arguments));
        // What stands in a file is read where it is needed, and passed on to nobody.
        Assert.IsTrue(!inEnvFile || !watch.Environments.Any(environment => environment.Contains(secret, StringComparison.Ordinal)));
    }
}

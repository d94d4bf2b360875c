using System.IO.Compression;
using System.Text;
using MigrationTasks.Package.Tests.Infra;
using MigrationTasks.TestServers;

namespace MigrationTasks.Package.Tests;

/// <summary>The most that a build can be made to log, and the password is not in it.</summary>
[TestClass]
public sealed class SecretsTests
{
    private const string Secret = "S3cret-w0rd";

    [TestMethod]
    public async Task A_run_that_succeeds_does_not_log_the_password()
    {
        var server = await Require.ServerAsync(Servers.PostgreSqlAsync);
        await using var database = await server.CreateDatabaseAsync();

        Build(database.Url, server.Password).Succeeded().Says("1 migration applied");
    }

    [TestMethod]
    public async Task A_wrong_password_is_not_logged()
    {
        var server = await Require.ServerAsync(Servers.PostgreSqlAsync);
        await using var database = await server.CreateDatabaseAsync();

        Build(database.Url.Replace(server.Password, Secret, StringComparison.Ordinal), Secret).Failed("MIG4002");
    }

    [TestMethod]
    [DataRow($"postgres://app:{Secret}@127.0.0.1:1/app?sslmode=disable", "MIG4001")]
    [DataRow($"Host=127.0.0.1;Port=1;Username=app;Password={Secret}", "MIG4001")]
    [DataRow($"postgres://app:{Secret}@127.0.0.1:port/app", "MIG1007")]
    [DataRow($"postgres://app:{Secret}", "MIG1007")]
    [DataRow($"mysql://app:{Secret}@127.0.0.1/app", "MIG1007")]
    [DataRow($"Host=127.0.0.1;Passwort={Secret}", "MIG1007")]
    public void A_connection_that_leads_nowhere_is_not_logged(string connection, string code) => Build(connection, Secret).Failed(code);

    private static BuildResult Build(string connection, string secret)
    {
        using var consumer = new Consumer().Project("Shop").Write("Shop/migrations/postgresql/001_a.sql", "CREATE TABLE a (x int);");
        consumer.Environment["DATABASE_URL"] = connection;

        var build = consumer.Dotnet("build", "Shop", "-t:Migrate", "-v:diag", "-bl:build.binlog");

        using var log = new MemoryStream();
        using (var compressed = new GZipStream(File.OpenRead(consumer.PathOf("build.binlog")), CompressionMode.Decompress))
        {
            compressed.CopyTo(log);
        }

        // Every byte as a character, and every other one for text in UTF-16; that the log can be searched is seen by a name that must be in it.
        var binary = Encoding.Latin1.GetString(log.ToArray());
        Assert.Contains("RunMigrations", binary);
        Assert.DoesNotContain(secret, binary);
        Assert.DoesNotContain(string.Concat(secret.Select(character => character + "\0")), binary);
        Assert.DoesNotContain(secret, build.Output);
        return build;
    }
}

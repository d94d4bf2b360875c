using System.Diagnostics;
using System.Globalization;
using MigrationTasks.Package.Tests.Infra;
using MigrationTasks.TestServers;

namespace MigrationTasks.Package.Tests;

[TestClass]
[OSCondition(OperatingSystems.Linux)]
public sealed class CancellationTests
{
    // Takes hours.
    private const string Slow = "CREATE TABLE a AS WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 1000000000000) SELECT count(*) FROM c;";

    [TestMethod]
    public void Ctrl_C_stops_the_statement_that_is_running()
    {
        using var consumer = new Consumer().Project("Shop").Migration("Shop", "001_a").Write("Shop/migrations/sqlite/002_slow.sql", Slow);

        var build = consumer.DotnetInForeground(
            process =>
            {
                SpinWait.SpinUntil(() => consumer.HasMigrated, TimeSpan.FromSeconds(60));
                // By now the first migration is applied, and the second is at work.
                Thread.Sleep(2000);
                Interrupt(process);
            },
            "build", "Shop", "-t:Migrate");

        build.Failed("MIG4007").Says("002_slow.sql").Says(consumer.ResultOf("Shop") + "failed after 1 migration applied in ");
    }

    [TestMethod]
    [DataRow("KILL")]
    [DataRow("TERM")]
    public async Task A_build_that_is_ended_from_outside_takes_its_statement_with_it(string signal)
    {
        const string Sessions = "FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()";
        var server = await Require.ServerAsync(Servers.PostgreSqlAsync);
        await using var database = await server.CreateDatabaseAsync();
        using var consumer = new Consumer().Project("Shop")
            .Write("Shop/migrations/postgresql/001_a.sql", "CREATE TABLE a (id int);")
            .Write("Shop/migrations/postgresql/002_slow.sql", "CREATE TABLE b (id int);\nSELECT pg_sleep(600);");
        consumer.Environment["DATABASE_URL"] = database.Url;

        consumer.DotnetInForeground(
            process =>
            {
                Assert.IsTrue(database.BecomesTrueAsync($"SELECT EXISTS (SELECT {Sessions} AND wait_event = 'PgSleep')").GetAwaiter().GetResult(), "the statement has not begun");
                using var kill = Process.Start("kill", [$"-{signal}", process.Id.ToString(CultureInfo.InvariantCulture)]);
                kill.WaitForExit();
                process.WaitForExit();
            },
            "build", "Shop", "-t:Migrate");

        Assert.IsTrue(await database.BecomesTrueAsync($"SELECT NOT EXISTS (SELECT {Sessions})"), "the run goes on");
        Assert.AreEqual("001_a.sql", string.Join(' ', await database.RowsAsync("SELECT migration_name FROM schema_migrations ORDER BY 1")));
        Assert.AreEqual(0, await database.QueryScalarAsync<long>("SELECT count(*) FROM pg_class WHERE relname = 'b'"));
    }

    private static void Interrupt(Process process)
    {
        using var kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
        if (!process.WaitForExit(TimeSpan.FromSeconds(30)))
        {
            process.Kill(entireProcessTree: true);
        }
    }
}

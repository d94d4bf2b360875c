using System.Diagnostics;
using System.Globalization;
using MigrationTasks.Package.Tests.Infra;

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

using MigrationTasks.Package.Tests.Infra;
using MigrationTasks.TestServers;

namespace MigrationTasks.Package.Tests;

/// <summary>A dry run as somebody types it, and its script in the database's own program.</summary>
[TestClass]
public sealed class DryRunTests
{
    [TestMethod]
    public void The_script_of_a_dry_run_is_below_obj_and_does_what_a_run_does()
    {
        using var consumer = new Consumer().Project("Shop").Migration("Shop", "001_a").Migration("Shop", "002_b");
        var script = consumer.PathOf("Shop/obj/migrations-sqlite.sql");

        consumer.Dotnet("build", "Shop", "-t:MigrateDryRun").Succeeded().Says($"2 migrations would be applied, by the script {script}").Says("      002_b.sql");
        var database = consumer.PathOf("Shop/twin.db");
        var (exitCode, output) = Require.Server(() => SqliteShell.Run(database, script));
        Assert.AreEqual(0, exitCode, output);
        consumer.Dotnet("build", "Shop", "-t:MigrateDryRun", "-p:MigrateDryRunFile=out/next.sql", "-p:MigrateTargetVersion=1").Succeeded().Says("1 migration would be applied");
        Assert.IsTrue(File.Exists(consumer.PathOf("Shop/out/next.sql")));
        consumer.Dotnet("build", "Shop", "-t:MigrateDryRun", "-p:MigrateDryRunFile=Shop.csproj").Failed("MIG1024");

        consumer.Dotnet("build", "Shop", "-t:MigrateDryRun", "-p:MigrateDryRunMode=Rollback").Succeeded().Says("2 migrations tried in ");

        consumer.Environment["SQLITE_URL"] = $"sqlite:{database}";
        consumer.Dotnet("build", "Shop", "-t:Migrate").Succeeded().Says("up to date (2 applied)");
    }
}

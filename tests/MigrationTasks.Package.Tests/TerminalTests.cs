using MigrationTasks.Package.Tests.Infra;

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
}

using MigrationTasks.Package.Tests.Infra;

namespace MigrationTasks.Package.Tests;

/// <summary>Somebody who has just added the package, and knows nothing yet.</summary>
[TestClass]
public sealed class HelpTests
{
    [TestMethod]
    public void Help_needs_no_migrations_and_no_connection()
    {
        using var consumer = new Consumer().Project("Shop");
        consumer.Environment["SQLITE_URL"] = null;

        consumer.Dotnet("build", "Shop", "-t:MigrateHelp", "-p:MigrateSkip=true").Succeeded()
            .Says("Shop -> the targets, properties with their defaults, and items of MigrationTasks")
            .Says("dotnet build -t:MigrateRollback -p:MigrateSteps=2")
            .Says("MigrateLockTimeout=60");
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    public void A_terminal_shows_all_of_it()
    {
        using var consumer = new Consumer().Project("Shop");

        consumer.DotnetInTerminal("build Shop -t:MigrateHelp").Succeeded().Says("\n  Targets").Says("\n    MigrateHelp  ").Says("\n      HistoryTable  ");
    }

    [TestMethod]
    public void A_misspelt_property_or_a_version_that_is_not_there_stops_the_run()
    {
        using var consumer = new Consumer().Project("Shop").Migration("Shop", "001_a").Migration("Shop", "002_b");

        consumer.Dotnet("build", "Shop", "-t:Migrate", "-p:MigrateTargetVerison=001").Failed("MIG1027").Says("Do you mean MigrateTargetVersion?");
        consumer.Dotnet("build", "Shop", "-t:Migrate", "-p:MigrateTargetVersion=010").Failed("MIG3022").Says("The newest is 002_b.sql.");
        consumer.Dotnet("build", "Shop", "-t:Migrate", "-p:MigrateTargetVersion=001").Succeeded().Says("1 migration applied in ");
    }
}

using MigrationTasks.Package.Tests.Infra;

namespace MigrationTasks.Package.Tests;

[TestClass]
public sealed class BuildHookTests
{
    private const string AfterBuild = "<PropertyGroup><MigrateAfterBuild>true</MigrateAfterBuild></PropertyGroup>";

    [TestMethod]
    public void Building_migrates_when_the_project_asks_for_it()
    {
        using var consumer = new Consumer().Project("Shop", body: AfterBuild).Migration("Shop", "001_a");

        var build = consumer.Dotnet("build", "Shop").Succeeded();

        Assert.AreEqual(1, build.Count("1 migration applied in "), build.Output);
    }

    [TestMethod]
    public void Building_alone_does_not_migrate()
    {
        using var consumer = new Consumer().Project("Shop").Migration("Shop", "001_a");

        consumer.Dotnet("build", "Shop").Succeeded();

        Assert.IsFalse(consumer.HasMigrated);
    }

    [TestMethod]
    public void A_project_that_does_not_compile_is_not_migrated()
    {
        using var consumer = new Consumer().Project("Shop", body: AfterBuild).Migration("Shop", "001_a").Write("Shop/Broken.cs", "nonsense");

        consumer.Dotnet("build", "Shop").Failed("CS1002");

        Assert.IsFalse(consumer.HasMigrated);
    }

    [TestMethod]
    public void A_design_time_build_does_not_migrate()
    {
        using var consumer = new Consumer().Project("Shop", body: AfterBuild).Migration("Shop", "001_a");

        consumer.Dotnet("build", "Shop", "-p:DesignTimeBuild=true").Succeeded();

        Assert.IsFalse(consumer.HasMigrated);
    }

    [TestMethod]
    public void A_project_with_several_frameworks_migrates_once()
    {
        // The reference assemblies of another framework come from the usual feed.
        using var consumer = new Consumer(onlyLocal: false).Project("Shop", "net10.0;netstandard2.0", AfterBuild).Migration("Shop", "001_a");

        var build = consumer.Dotnet("build", "Shop").Succeeded();

        Assert.AreEqual(1, build.Count(consumer.ResultOf("Shop") + "1 migration applied in "), build.Output);
        Assert.AreEqual(0, build.Count("up to date"), build.Output);
        consumer.Dotnet("build", "Shop", "-t:Migrate").Succeeded().Says("up to date (1 applied)");
    }

    [TestMethod]
    public void A_new_migration_alone_has_a_program_of_one_file_built()
    {
        using var consumer = new Consumer().Migration("app", "001_a").Write("app/app.cs", $"""
            #:package MigrationTasks@{PackedPackage.Version}
            #:property MigrateAfterBuild=true
            #:property PublishAot=false
            System.Console.WriteLine("It runs.");
            """);
        consumer.Dotnet("run", "app/app.cs").Succeeded().Says("It runs.");

        consumer.Migration("app", "002_b").Dotnet("run", "app/app.cs").Succeeded();

        consumer.Dotnet("build", "app/app.cs", "-t:Migrate").Succeeded().Says("up to date (2 applied)");
    }

    [TestMethod]
    public void Projects_that_build_at_the_same_time_share_a_database_safely()
    {
        using var consumer = new Consumer().Write("Both.slnx", """<Solution><Project Path="One/One.csproj" /><Project Path="Two/Two.csproj" /></Solution>""");
        foreach (var project in new[] { "One", "Two" })
        {
            consumer.Project(project, body: AfterBuild);
            Enumerable.Range(1, 20).ToList().ForEach(number => consumer.Migration(project, $"{number:000}_t"));
        }

        var build = consumer.Dotnet("build", "Both.slnx", "-m:2").Succeeded();

        Assert.AreEqual((1, 1), (build.Count(consumer.ResultOf("One")), build.Count(consumer.ResultOf("Two"))), build.Output);
        Assert.AreEqual(20, build.Count("_t.sql   "), build.Output);
    }
}

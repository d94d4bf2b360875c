using MigrationTasks.Package.Tests.Infra;

namespace MigrationTasks.Package.Tests;

/// <summary>The warnings of lint are warnings of the build.</summary>
[TestClass]
public sealed class ValidateTests
{
    [TestMethod]
    public void Warnings_are_silenced_and_raised_like_those_of_the_compiler()
    {
        using var consumer = new Consumer().Project("Shop").Write("Shop/migrations/sqlite/001_a.sql", "DROP TABLE a;");
        var file = consumer.PathOf("Shop/migrations/sqlite/001_a.sql");

        consumer.Dotnet("build", "Shop", "-t:MigrateValidate").Succeeded()
            .Says($"{file}(1,1): warning MIG5030: ").Says($"{file}(1,1): warning MIG5060: ").Says(consumer.ResultOf("Shop") + "1 migration is valid, 2 warnings");

        var raised = consumer.Dotnet("build", "Shop", "-t:MigrateValidate", "-p:NoWarn=MIG5060", "-p:WarningsAsErrors=MIG5030").Failed("MIG5030");

        Assert.AreEqual(0, raised.Count("warning MIG5060"));
        raised.Says(consumer.ResultOf("Shop") + "1 migration checked, 1 error");
        Assert.IsFalse(consumer.HasMigrated);
    }

    [TestMethod]
    public void A_project_with_several_frameworks_silences_and_raises_them_too()
    {
        using var consumer = new Consumer(onlyLocal: false)
            .Project("Shop", "net10.0;netstandard2.0", "<PropertyGroup><NoWarn>$(NoWarn);MIG5060</NoWarn><WarningsAsErrors>MIG5030</WarningsAsErrors></PropertyGroup>")
            .Write("Shop/migrations/sqlite/001_a.sql", "DROP TABLE a;");

        var raised = consumer.Dotnet("build", "Shop", "-t:Restore;MigrateValidate").Failed("MIG5030");

        Assert.AreEqual(0, raised.Count("MIG5060"));
    }

    [TestMethod]
    [DataRow("-p:WarningsAsErrors=MIG1028")]
    [DataRow("-p:MSBuildWarningsAsErrors=MIG1028")]
    [DataRow("-warnaserror:MIG1028")]
    [DataRow("-warnaserror")]
    public void A_warning_that_is_raised_to_an_error_keeps_the_migrations_from_running(string raised)
    {
        using var consumer = new Consumer().Project("Shop")
            .Write("Shop/migrations/sqlite/001_a.sql", "CREATE TABLE a (i int);")
            .Write("Shop/migrations/sqlite/old/000_b.sql", "CREATE TABLE b (i int);");

        consumer.Dotnet("build", "Shop", "-t:Migrate", raised).Failed("MIG1028");

        Assert.IsFalse(consumer.HasMigrated);
        consumer.Dotnet("build", "Shop", "-t:Migrate").Succeeded().Says("warning MIG1028");
        Assert.IsTrue(consumer.HasMigrated);
    }

    [TestMethod]
    public void All_warnings_raised_for_a_solution_keep_the_migrations_of_its_projects_from_running()
    {
        using var consumer = new Consumer()
            .Project("First", body: "<PropertyGroup><MigrateAfterBuild>true</MigrateAfterBuild></PropertyGroup>").Write("First/migrations/sqlite/001_a.sql", "CREATE TABLE a (i int);")
            .Project("Second", body: "<PropertyGroup><MigrateAfterBuild>true</MigrateAfterBuild></PropertyGroup>").Write("Second/migrations/sqlite/001_a.sql", "CREATE TABLE a (i int);")
            .Write("First/migrations/sqlite/old/000_b.sql", "CREATE TABLE b (i int);").Write("Second/migrations/sqlite/old/000_b.sql", "CREATE TABLE b (i int);")
            .Write("All.slnx", """<Solution><Project Path="First/First.csproj" /><Project Path="Second/Second.csproj" /></Solution>""");

        consumer.Dotnet("build", "All.slnx", "-m:4", "-warnaserror").Failed("MIG1028");

        Assert.IsFalse(consumer.HasMigrated);
    }
}

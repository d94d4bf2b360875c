using MigrationTasks.Package.Tests.Infra;

namespace MigrationTasks.Package.Tests;

[TestClass]
public sealed class TransitiveReferenceTests
{
    [TestMethod]
    public void A_project_to_which_the_package_merely_flows_does_not_migrate()
    {
        using var consumer = AppWithData();

        var build = consumer.Dotnet("build", "App").Succeeded();

        Assert.AreEqual(1, build.Count(" -> sqlite "), build.Output);
        build.Says(consumer.ResultOf("Data") + "1 migration applied in ");
    }

    [TestMethod]
    public void It_can_migrate_all_the_same_when_it_has_migrations_of_its_own()
    {
        using var consumer = AppWithData().Migration("App", "001_a");

        consumer.Dotnet("build", "App", "-t:Migrate").Succeeded().Says(consumer.ResultOf("App") + "1 migration applied in ");
    }

    // Everything in the repository is opted in; only Data references the package.
    private static Consumer AppWithData() => new Consumer()
        .Write("Directory.Build.props", "<Project><PropertyGroup><MigrateAfterBuild>true</MigrateAfterBuild></PropertyGroup></Project>")
        .Project("Data").Migration("Data", "001_a")
        .Write("App/Program.cs", "class Program { static void Main() { } }")
        .Write("App/App.csproj", """
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup><OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup><ProjectReference Include="../Data/Data.csproj" /></ItemGroup>
            </Project>
            """);
}

using MigrationTasks.Package.Tests.Infra;

namespace MigrationTasks.Package.Tests;

[TestClass]
public sealed class PublishHookTests
{
    private const string AfterPublish = "<PropertyGroup><MigrateAfterPublish>true</MigrateAfterPublish></PropertyGroup>";

    [TestMethod]
    public void Publishing_migrates_after_the_files_are_there_and_building_does_not()
    {
        using var consumer = new Consumer().Project("Shop", body: AfterPublish).Migration("Shop", "001_a");

        consumer.Dotnet("build", "Shop").Succeeded();
        Assert.IsFalse(consumer.HasMigrated);

        var publish = consumer.Dotnet("publish", "Shop", "-o", consumer.PathOf("out")).Succeeded();
        Assert.IsLessThan(publish.Output.IndexOf("1 migration applied in ", StringComparison.Ordinal), publish.Output.IndexOf("Shop -> " + consumer.PathOf("out"), StringComparison.Ordinal));
    }

    [TestMethod]
    public void Publishing_one_of_several_frameworks_migrates_once()
    {
        using var consumer = new Consumer(onlyLocal: false).Project("Shop", "net10.0;netstandard2.0", AfterPublish).Migration("Shop", "001_a");

        var publish = consumer.Dotnet("publish", "Shop", "-f", "net10.0").Succeeded();

        Assert.AreEqual(1, publish.Count(consumer.ResultOf("Shop") + "1 migration applied in "), publish.Output);
    }

    [TestMethod]
    public void A_solution_migrates_only_those_projects_that_it_publishes()
    {
        using var consumer = new Consumer().Write("All.slnx", """<Solution><Project Path="Shop/Shop.csproj" /><Project Path="Jobs/Jobs.csproj" /></Solution>""")
            .Project("Shop", body: AfterPublish).Migration("Shop", "001_a")
            .Project("Jobs", body: "<PropertyGroup><IsPublishable>false</IsPublishable></PropertyGroup>" + AfterPublish).Migration("Jobs", "002_b");

        var publish = consumer.Dotnet("publish", "All.slnx").Succeeded();

        Assert.AreEqual((1, 0), (publish.Count(consumer.ResultOf("Shop")), publish.Count(consumer.ResultOf("Jobs"))), publish.Output);
    }

    [TestMethod]
    public void An_image_for_several_systems_is_there_before_the_migrations_run_and_they_run_once()
    {
        // All of the SDK but what makes an image, for which it would fetch another one.
        using var consumer = new Consumer().Project("Shop").Migration("Shop", "001_a").Write("Shop/Shop.csproj", $"""
            <Project>
              <Import Project="Sdk.props" Sdk="Microsoft.NET.Sdk" />
              <PropertyGroup>
                <OutputType>Exe</OutputType><TargetFramework>net10.0</TargetFramework><RuntimeIdentifiers>linux-x64;linux-arm64</RuntimeIdentifiers>
                <UseAppHost>false</UseAppHost><LocalRegistry>Podman</LocalRegistry><MigrateAfterPublish>true</MigrateAfterPublish>
                <SelfContained>false</SelfContained><EnableRuntimePackDownload>false</EnableRuntimePackDownload><EnableAppHostPackDownload>false</EnableAppHostPackDownload>
              </PropertyGroup>
              <ItemGroup><PackageReference Include="MigrationTasks" Version="{PackedPackage.Version}" /></ItemGroup>
              <Import Project="Sdk.targets" Sdk="Microsoft.NET.Sdk" />
              <Target Name="_PublishSingleContainer" Returns="@(GeneratedContainer)"><Message Importance="high" Text="an image for $(RuntimeIdentifier)" /></Target>
            </Project>
            """);

        var publish = consumer.Dotnet("publish", "Shop", "-t:PublishContainer").Succeeded();

        Assert.AreEqual((2, 1), (publish.Count("an image for linux-"), publish.Count(consumer.ResultOf("Shop"))), publish.Output);
        Assert.IsLessThan(publish.Output.IndexOf(consumer.ResultOf("Shop"), StringComparison.Ordinal), publish.Output.LastIndexOf("an image for linux-", StringComparison.Ordinal), publish.Output);
    }

    [TestMethod]
    public void What_is_published_contains_nothing_of_the_package()
    {
        using var consumer = new Consumer().Project("Shop");

        consumer.Dotnet("publish", "Shop", "-o", consumer.PathOf("out")).Succeeded();

        Assert.AreEqual("Shop.dll", string.Join(' ', Directory.EnumerateFiles(consumer.PathOf("out"), "*.dll").Select(Path.GetFileName)));
    }
}

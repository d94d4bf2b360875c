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
    public void What_is_published_contains_nothing_of_the_package()
    {
        using var consumer = new Consumer().Project("Shop");

        consumer.Dotnet("publish", "Shop", "-o", consumer.PathOf("out")).Succeeded();

        Assert.AreEqual("Shop.dll", string.Join(' ', Directory.EnumerateFiles(consumer.PathOf("out"), "*.dll").Select(Path.GetFileName)));
    }
}

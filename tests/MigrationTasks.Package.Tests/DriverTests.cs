using MigrationTasks.Package.Tests.Infra;

namespace MigrationTasks.Package.Tests;

/// <summary>Whoever uses one database does not pay for the drivers of the others.</summary>
[TestClass]
public sealed class DriverTests
{
    private static readonly string[] Others = ["MongoDB.Driver.dll", "MongoDB.Bson.dll", "Npgsql.dll"];

    [TestMethod]
    public void A_run_on_SQLite_loads_no_driver_of_another_database()
    {
        using var consumer = new Consumer().Project("App").Migration("App", "001_a");
        consumer.Dotnet("restore", "App").Succeeded();
        var drivers = Directory.GetFiles(consumer.PathOf(".packages/migrationtasks"), "*.dll", SearchOption.AllDirectories).Where(file => Others.Contains(Path.GetFileName(file))).ToList();
        Assert.IsEmpty(Others.Except(drivers.Select(file => Path.GetFileName(file))));

        // What is not there cannot be loaded.
        drivers.ForEach(File.Delete);

        consumer.Dotnet("build", "App", "--no-restore", "-t:Migrate").Succeeded().Says("1 migration applied");
    }

    [TestMethod]
    public void The_driver_of_MongoDB_is_found_when_it_is_needed()
    {
        using var consumer = new Consumer().Project("App").Write("App/migrations/mongodb/001_a.json", """{ "create": "a" }""");
        consumer.Environment["MONGODB_URL"] = "mongodb://app:S3cretW0rd@127.0.0.1:1/app?serverSelectionTimeoutMS=500";

        var result = consumer.Dotnet("build", "App", "-t:Migrate").Failed("MIG4001").Says("Cannot connect to app at 127.0.0.1:1");

        Assert.DoesNotContain("S3cretW0rd", result.Output);
    }
}

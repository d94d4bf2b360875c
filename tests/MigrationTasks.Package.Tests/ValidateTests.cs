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
        raised.Says(consumer.ResultOf("Shop") + "1 migration is valid, 1 warning");
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
}

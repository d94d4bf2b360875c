using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Tasks;

[TestClass]
public sealed class GetMigrationHelpTests
{
    [TestMethod]
    public void It_needs_neither_migrations_nor_a_database()
    {
        using var project = new TaskProject().Write(".env", "This is no line of a .env file");

        Assert.IsTrue(project.Run<GetMigrationHelp>(), project.Log.All());

        var lines = project.Result().Split('\n');
        Assert.AreEqual("Shop -> the targets, properties with their defaults, and items of MigrationTasks", lines[0]);
        Assert.Contains("    Migrate                              Applies what is pending: dotnet build -t:Migrate", lines);
        Assert.Contains("    MigrateLockTimeout=60                How many seconds to wait for another run on the same database.", lines);
        Assert.Contains("      HistoryTable                       The table that holds the history, as table or schema.table; schema_migrations", lines);
    }
}

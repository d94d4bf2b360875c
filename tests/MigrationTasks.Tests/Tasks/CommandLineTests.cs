using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Tasks;

/// <summary>MSBuild takes properties of any name, and those that mean nothing are lost without a word.</summary>
[TestClass]
public sealed class CommandLineTests
{
    [TestMethod]
    [DataRow("MigrateTargetVerison", "MigrateTargetVersion")]
    [DataRow("migratedatabse", "MigrateDatabase")]
    [DataRow("MigrateStep", "MigrateSteps")]
    [DataRow("MigrationSkip", "MigrateSkip")]
    public void A_property_that_is_misspelt_stops_the_command(string name, string meant)
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");
        project.GlobalProperties[name] = "1";

        Assert.IsFalse(project.Migrate());

        Assert.Contains($"The command line sets {name}, which means nothing. Do you mean {meant}?", project.Error("MIG1027").Message!);
        Assert.IsFalse(File.Exists(project.PathOf("app.db")), "Nothing should have run.");
    }

    [TestMethod]
    [DataRow("MIGRATETARGETVERSION", DisplayName = "case does not count")]
    [DataRow("MigrateOurOwnThings", DisplayName = "a name of the project's own")]
    [DataRow("_MigrateSkip", DisplayName = "a private one")]
    [DataRow("Configuration")]
    [DataRow("Name")]
    public void Any_other_property_is_none_of_its_business(string name)
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");
        project.GlobalProperties[name] = "1";

        Assert.IsTrue(project.Migrate(), project.Log.All());
    }
}

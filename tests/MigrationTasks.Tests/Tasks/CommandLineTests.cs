using Microsoft.Build.Utilities;
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
    [DataRow("TargetVersion", "MigrateTargetVersion")]
    [DataRow("database", "MigrateDatabase")]
    [DataRow("Steps", "MigrateSteps")]
    [DataRow("TargetVerison", "MigrateTargetVersion")]
    [DataRow("Step", "MigrateSteps")]
    [DataRow("ReportFile", "MigrateReportFile")]
    public void A_property_without_its_prefix_stops_the_command(string name, string meant)
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");
        project.GlobalProperties[name] = "1";

        Assert.IsFalse(project.Migrate());

        Assert.Contains($"Do you mean {meant}?", project.Error("MIG1042").Message!);
        Assert.IsFalse(File.Exists(project.PathOf("app.db")), "Nothing should have run.");
    }

    [TestMethod]
    [DataRow("Shop.csproj", "<Project><Target Name=\"Deploy\"><Exec Command=\"deploy $(database)\" /></Target></Project>")]
    [DataRow("Directory.Build.props", "<Project><PropertyGroup><X>$(Database)</X></PropertyGroup></Project>")]
    [DataRow("obj/Shop.csproj.nuget.g.targets", "<Project><Import Project=\"$(MSBuildThisFileDirectory)../other.targets\" /></Project>")]
    public void A_property_that_the_project_or_a_package_uses_is_theirs(string file, string text)
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);").Write(file, text).Write("other.targets", "<Project><PropertyGroup><X>$(Database)</X></PropertyGroup></Project>");
        project.GlobalProperties["Database"] = "prod";

        Assert.IsTrue(project.Migrate(), project.Log.All());
    }

    [TestMethod]
    [DataRow("DATABASE_URL", "Host=h", DisplayName = "of PostgreSQL, taken apart at its semicolons")]
    [DataRow("sqlite_url", "sqlite:app.db", DisplayName = "of SQLite")]
    [DataRow("SHOP_URL", "postgres://u:S3CRET@h/d", DisplayName = "of a folder's own variable")]
    public void A_connection_that_is_given_as_a_property_stops_the_command(string name, string value)
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");
        (project.GlobalProperties[name], project.GlobalProperties["Database"]) = (value, "S3CRET");
        var folder = new TaskItem("migrations/sqlite", new Dictionary<string, string> { ["ConnectionStringVariable"] = "SHOP_URL" });

        Assert.IsFalse(project.Migrate(task => task.Folders = [folder]));

        Assert.Contains($"The command line sets {name} as a property", project.Error("MIG1054").Message!);
        Assert.DoesNotContain("S3CRET", project.Log.All());
        Assert.IsFalse(File.Exists(project.PathOf("app.db")), "Nothing should have run.");
    }

    [TestMethod]
    [DataRow("artifacts/obj/Shop/", DisplayName = "below the project, as UseArtifactsOutput has it")]
    [DataRow("build\\obj\\", DisplayName = "with the backslashes that MSBuild leaves")]
    public void What_packages_use_is_found_where_restoring_has_put_it(string folder)
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);")
            .Write($"{folder.Replace('\\', '/')}Shop.csproj.nuget.g.props", "<Project><PropertyGroup><X>$(Database)</X></PropertyGroup></Project>");
        project.GlobalProperties["Database"] = "prod";

        Assert.IsTrue(project.Migrate(task => task.Set("MSBuildProjectExtensionsPath", folder)), project.Log.All());
        Assert.IsTrue(project.Migrate(task => task.Set("MSBuildProjectExtensionsPath", project.PathOf(folder.Replace('\\', '/')))), project.Log.All());
        Assert.IsFalse(project.Migrate(), "Nothing says that the property is somebody's.");
    }

    [TestMethod]
    public void A_property_that_the_target_does_not_use_is_told()
    {
        using var project = new TaskProject().Migration("001_a.sql", "CREATE TABLE a (x);");
        project.GlobalProperties["MigrateSteps"] = "2";

        Assert.IsTrue(project.Migrate(), project.Log.All());

        Assert.AreEqual("The command line sets MigrateSteps, which this target does not use. These do: MigrateRollback.", project.Log.Warnings.Single(warning => warning.Code == "MIG1043").Message);
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

using System.Xml.Linq;
using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Targets;

/// <summary>Each target hands its properties on to its task.</summary>
[TestClass]
public sealed class TargetParameterTests
{
    private static readonly List<XElement> Targets =
    [
        .. XDocument.Load(Path.Combine(TargetsBuild.PackageFolder, "MigrationTasks.targets")).Root!.Elements("Target")
            .Where(target => !target.Attribute("Name")!.Value.StartsWith('_')),
    ];

    [TestMethod]
    public void Every_target_that_works_on_migrations_takes_a_database_an_env_file_and_a_report_and_can_be_skipped()
    {
        foreach (var target in Targets.Where(target => target.Attribute("Name")!.Value != "MigrateHelp"))
        {
            var name = target.Attribute("Name")!.Value;
            Assert.AreEqual("$(MigrateDatabase)", ParameterOf(target, "Database"), name);
            Assert.AreEqual("$(MigrateEnvFile)", ParameterOf(target, "EnvFile"), name);
            Assert.AreEqual("@(MigrationsFolder)", ParameterOf(target, "Folders"), name);
            Assert.AreEqual("$(MSBuildProjectExtensionsPath)", ParameterOf(target, "ExtensionsFolder"), name);
            // A new migration is its own result.
            Assert.AreEqual(name == "MigrateNew" ? null : "$(MigrateReportFile)", ParameterOf(target, "ReportFile"), name);
            Assert.AreEqual("'$(MigrateSkip)' != 'true'", target.Attribute("Condition")?.Value, name);
        }
    }

    [TestMethod]
    [DataRow("Migrate")]
    [DataRow("MigrateDryRun")]
    [DataRow("MigrateRollback")]
    [DataRow("MigrateStatus")]
    [DataRow("MigrateValidate")]
    [DataRow("MigrateBaseline")]
    public void A_target_version_reaches_the_targets_that_go_up_to_one(string name) =>
        Assert.AreEqual("$(MigrateTargetVersion)", ParameterOf(Targets.Single(target => target.Attribute("Name")!.Value == name), "TargetVersion"));

    [TestMethod]
    public void Help_is_given_even_where_migrations_are_skipped() =>
        Assert.IsNull(Targets.Single(target => target.Attribute("Name")!.Value == "MigrateHelp").Attribute("Condition"));

    private static string? ParameterOf(XElement target, string name) => target.Elements().Single().Attribute(name)?.Value;
}

using System.Xml.Linq;
using MigrationTasks.Engine.Commands.Repair;
using MigrationTasks.Help;
using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Targets;

/// <summary>Each property is declared once, and reaches the tasks of its targets with all others.</summary>
[TestClass]
public sealed class TargetParameterTests
{
    private static readonly string[] Switches = ["MigrateAfterBuild", "MigrateAfterPublish", "MigrateSkip"];

    private static readonly List<XElement> Targets =
    [
        .. Load("MigrationTasks.targets").Elements("Target").Where(target => !target.Attribute("Name")!.Value.StartsWith('_')),
    ];

    private static readonly List<XElement> Options = [.. Load("MigrationTasks.props").Elements("Target").Descendants("_MigrateProperty")];

    [TestMethod]
    public void Every_property_is_handed_on_once_and_no_other()
    {
        Assert.AreSequenceEqual(
            PackageFiles.PropertyNames.Except(Switches).Order(StringComparer.Ordinal),
            Options.Select(NameOf).Where(name => name.StartsWith("Migrate", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
        Assert.IsEmpty(Options.Where(option => NameOf(option) != "BuildCommandLine" && option.Attribute("Value")!.Value != $"$({NameOf(option)})").Select(NameOf));
    }

    [TestMethod]
    public void Every_property_is_for_targets_that_there_are_and_is_read()
    {
        var source = string.Concat(Directory.GetFiles(Path.Combine(Repository.Folder, "src/MigrationTasks"), "*.cs").Append(Path.Combine(Repository.Folder, "src/MigrationTasks.Engine/CommandOptions.cs")).Select(File.ReadAllText));
        var repairs = Enum.GetNames<Repairs>().Select(repair => $"MigrateRepair{repair}");

        Assert.IsEmpty(Options.SelectMany(option => PackageFiles.TargetsOf(NameOf(option))).Except(Targets.Select(target => target.Attribute("Name")!.Value)));
        Assert.IsEmpty(Options.Select(NameOf).Where(name => !source.Contains($"\"{name}\"", StringComparison.Ordinal)).Except(repairs));
    }

    [TestMethod]
    public void Every_target_hands_on_all_that_its_task_needs_and_can_be_skipped()
    {
        foreach (var target in Targets.Where(target => target.Attribute("Name")!.Value != "MigrateHelp"))
        {
            var name = target.Attribute("Name")!.Value;
            var task = target.Elements().Single(element => element.Name.LocalName != "CallTarget");
            Assert.AreEqual("_Migrate", target.Element("CallTarget")!.Attribute("Targets")?.Value, name);
            Assert.AreEqual("@(_MigrateOption)", task.Attribute("Options")?.Value, name);
            Assert.AreEqual("@(MigrationsFolder)", task.Attribute("Folders")?.Value, name);
            Assert.AreEqual("@(MigrationAdapter)", task.Attribute("Adapters")?.Value, name);
            Assert.AreEqual(name == "MigrateNew" ? null : "@(MigrationPlaceholder)", task.Attribute("Placeholders")?.Value, name);
            Assert.AreEqual("'$(MigrateSkip)' != 'true'", target.Attribute("Condition")?.Value, name);
        }
    }

    [TestMethod]
    public void Help_is_given_even_where_migrations_are_skipped() =>
        Assert.IsNull(Targets.Single(target => target.Attribute("Name")!.Value == "MigrateHelp").Attribute("Condition"));

    [TestMethod]
    public void What_a_target_sets_before_a_command_counts()
    {
        using var build = new TargetsBuild();
        build.Migrations(
            "Command",
            """
            <Target Name="Set" BeforeTargets="Command"><PropertyGroup><MigrateTargetVersion>7;%2a</MigrateTargetVersion></PropertyGroup></Target>
            <Target Name="Command">
              <CallTarget Targets="_Migrate"><Output TaskParameter="TargetOutputs" ItemName="_MigrateOption" /></CallTarget>
              <Message Importance="high" Text="@(_MigrateOption->'%(Identity)=%(Value)')" />
            </Target>
            """,
            ("MigrateSteps", "2"));

        Assert.Contains("MigrateTargetVersion=7;*;MigrateSteps=2;", build.Log.Single());
        Assert.Contains("MigrateLockTimeout=60;", build.Log.Single());
    }

    private static XElement Load(string file) => XDocument.Load(Path.Combine(TargetsBuild.PackageFolder, file)).Root!;

    private static string NameOf(XElement option) => option.Attribute("Include")!.Value;
}

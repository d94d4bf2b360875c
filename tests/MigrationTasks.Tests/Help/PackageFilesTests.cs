using MigrationTasks.Help;
using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Help;

/// <summary>What is declared in the package's files is what the help lists, so that neither can say what the other does not.</summary>
[TestClass]
public sealed class PackageFilesTests
{
    private static readonly List<HelpSection> Sections = [.. PackageFiles.Sections()];

    [TestMethod]
    public void Everything_that_a_project_can_name_is_listed_once()
    {
        var approved = Repository.Read("tests/MigrationTasks.Tests/Surface/PublicSurface.approved.txt").Split("\n\n")
            .Where(section => section.StartsWith("# Properties", StringComparison.Ordinal) || section.StartsWith("# Items", StringComparison.Ordinal) || section.StartsWith("# Targets", StringComparison.Ordinal))
            .SelectMany(section => section.Split('\n', StringSplitOptions.RemoveEmptyEntries).Skip(1))
            .Select(name => name.Split('.')[^1]);

        var listed = Sections.SelectMany(section => section.Entries).Select(entry => entry.Name.Split('=')[0].Trim());

        Assert.AreEqual(string.Join('\n', approved.Order(StringComparer.Ordinal)), string.Join('\n', listed.Order(StringComparer.Ordinal)));
    }

    [TestMethod]
    public void Everything_says_what_it_is_and_how_it_is_used()
    {
        foreach (var entry in Sections.SelectMany(section => section.Entries))
        {
            Assert.IsGreaterThan(20, entry.Description.Length, $"{entry.Name}: '{entry.Description}'");
            Assert.DoesNotContain('`', entry.Description, entry.Name);
        }

        foreach (var target in Sections[0].Entries)
        {
            Assert.StartsWith($"dotnet build -t:{target.Name}", target.Example!);
            Assert.EndsWith(":", target.Description);
        }
    }

    [TestMethod]
    public void Every_section_of_properties_has_a_title()
    {
        Assert.AreEqual("Properties: when it runs by itself", Sections[1].Title);
        CollectionAssert.AllItemsAreUnique(Sections.Select(section => section.Title).ToList());
    }
}

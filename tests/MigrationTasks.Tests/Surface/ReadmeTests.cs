using System.Text.RegularExpressions;
using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Surface;

/// <summary>What the README says of the product is what the product is.</summary>
[TestClass]
public sealed partial class ReadmeTests
{
    private static readonly string Readme = Repository.Read("README.md");

    [TestMethod]
    public void Every_error_code_is_in_its_table_once_and_no_other()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Folder, "src/MigrationTasks.Engine/Diagnostics"), "Errors*.cs").Append(Path.Combine(Repository.Folder, "build/MigrationTasks.targets"));
        var raised = RaisedCode().Matches(string.Concat(files.Select(File.ReadAllText)));

        AreSame(raised.Select(match => match.Groups["code"].Value).Distinct(), FirstCells("MIG"));
    }

    [TestMethod]
    public void Every_public_property_is_in_its_table_once_and_no_other()
    {
        var properties = Property().Matches(Repository.Read("build/MigrationTasks.props"));

        AreSame(properties.Select(match => match.Groups["name"].Value).Distinct(), FirstCells("`Migrate").Select(cell => cell.Trim('`')));
    }

    [TestMethod]
    public void Every_target_is_in_its_table_once_and_no_other()
    {
        var targets = Target().Matches(Repository.Read("build/MigrationTasks.targets"));

        AreSame(targets.Select(match => match.Groups["name"].Value), FirstCells("`dotnet build -t:").Select(cell => cell.Trim('`').Split(':', ' ')[3]));
    }

    [TestMethod]
    public void Every_link_leads_to_a_file()
    {
        foreach (Match link in Link().Matches(Readme))
        {
            var path = link.Groups["path"].Value;
            Assert.IsTrue(File.Exists(Path.Combine(Repository.Folder, path)), $"The README links to {path}, which is not there.");
        }
    }

    // The first cells of the table rows that start with a text.
    private static IEnumerable<string> FirstCells(string start) => Readme.Split('\n')
        .Where(line => line.StartsWith($"| {start}", StringComparison.Ordinal))
        .Select(line => line.Split('|')[1].Trim());

    private static void AreSame(IEnumerable<string> code, IEnumerable<string> readme) =>
        Assert.AreEqual(
            string.Join('\n', code.Order(StringComparer.Ordinal)),
            string.Join('\n', readme.Order(StringComparer.Ordinal)),
            "Expected is what the code has, actual what the README lists.");

    [GeneratedRegex("\"(?<code>MIG[0-9]{4})\"")]
    private static partial Regex RaisedCode();

    [GeneratedRegex("<(?<name>Migrate[A-Za-z]+) Condition")]
    private static partial Regex Property();

    [GeneratedRegex("<Target Name=\"(?<name>Migrate[A-Za-z]*)\"")]
    private static partial Regex Target();

    [GeneratedRegex(@"\]\((?<path>[^)#:]+)\)")]
    private static partial Regex Link();
}

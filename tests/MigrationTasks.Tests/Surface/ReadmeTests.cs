using System.Text.RegularExpressions;
using MigrationTasks.Engine.Scripts.Headers;
using MigrationTasks.Tests.Infra;

namespace MigrationTasks.Tests.Surface;

/// <summary>What the documentation says of the product is what the product is: every list in it is complete, and has nothing else.</summary>
[TestClass]
public sealed partial class ReadmeTests
{
    private const int MostLines = 350;
    private const string Codes = "src/MigrationTasks.Engine/Diagnostics/README.md";
    private const string Rules = "src/MigrationTasks.Engine/Lint/README.md";
    private const string Options = "src/MigrationTasks/README.md";
    private const string SqlHeaders = "src/MigrationTasks.Engine/Migrations/README.md";
    private const string JsonHeaders = "src/MigrationTasks.MongoDb/README.md";

    [TestMethod]
    public void The_first_one_is_short_enough_to_be_read() =>
        Assert.IsLessThanOrEqualTo(MostLines, File.ReadLines(Path.Combine(Repository.Folder, "README.md")).Count());

    [TestMethod]
    public void Every_error_code_is_in_its_table_once_and_no_other() => AreSame(RaisedCodes(), FirstCells(Codes, "MIG"));

    [TestMethod]
    public void Every_lint_rule_is_in_its_table_once_and_no_other() =>
        AreSame(RaisedCodes().Where(code => code.StartsWith("MIG5", StringComparison.Ordinal)), FirstCells(Rules, "MIG"));

    [TestMethod]
    public void Every_public_property_is_in_its_table_once_and_no_other()
    {
        var properties = Property().Matches(Repository.Read("build/MigrationTasks.props"));

        AreSame(properties.Select(match => match.Groups["name"].Value).Distinct(), FirstCells(Options, "`Migrate").Select(cell => cell.Trim('`')));
    }

    [TestMethod]
    public void Every_item_and_its_metadata_are_in_their_table()
    {
        var readme = Repository.Read(Options);
        var items = string.Concat(Items().Matches(Repository.Read("build/MigrationTasks.props")).Select(match => match.Value));

        Assert.IsEmpty(Element().Matches(items).Select(match => match.Groups["name"].Value).Where(name => !readme.Contains($"| `{name}` |", StringComparison.Ordinal)));
    }

    // What most people look for, and what says everything of each command.
    [TestMethod]
    [DataRow("README.md")]
    [DataRow("src/MigrationTasks.Engine/Commands/README.md")]
    public void Every_target_is_in_the_table_of_commands_once_and_no_other(string readme)
    {
        var targets = Target().Matches(Repository.Read("build/MigrationTasks.targets"));

        AreSame(targets.Select(match => match.Groups["name"].Value), FirstCells(readme, "`dotnet build -t:").Select(cell => cell.Trim('`').Split(':', ' ')[3]));
    }

    [TestMethod]
    public void Every_command_has_a_chapter_with_its_name()
    {
        var targets = Target().Matches(Repository.Read("build/MigrationTasks.targets")).Select(match => match.Groups["name"].Value);

        Assert.IsEmpty(targets.Except(Repository.Read("src/MigrationTasks.Engine/Commands/README.md").Split('\n').Select(line => line.TrimStart('#').Trim())));
    }

    [TestMethod]
    public void Every_header_is_in_its_table()
    {
        var sql = Repository.Read(SqlHeaders);
        var json = Repository.Read(JsonHeaders);

        Assert.IsEmpty(MigrationHeader.Rows.Select(row => row.Key).Where(key => !sql.Contains($"| `-- {key}:", StringComparison.Ordinal)));
        Assert.IsEmpty(MigrationHeader.Rows.Select(row => row.Field).OfType<string>().Where(field => !json.Contains($"`{field}`", StringComparison.Ordinal) && !json.Contains($"`\"{field}\"", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> RaisedCodes()
    {
        var files = Directory.GetFiles(Path.Combine(Repository.Folder, "src"), "Errors*.cs", SearchOption.AllDirectories).Append(Path.Combine(Repository.Folder, "build/MigrationTasks.targets"));
        return RaisedCode().Matches(string.Concat(files.Select(File.ReadAllText))).Select(match => match.Groups["code"].Value).Distinct();
    }

    // The first cells of the table rows that start with a text.
    private static IEnumerable<string> FirstCells(string readme, string start) => Repository.Read(readme).Split('\n')
        .Where(line => line.StartsWith($"| {start}", StringComparison.Ordinal))
        .Select(line => line.Split('|')[1].Trim());

    private static void AreSame(IEnumerable<string> code, IEnumerable<string> readme) =>
        Assert.AreEqual(
            string.Join('\n', code.Order(StringComparer.Ordinal)),
            string.Join('\n', readme.Order(StringComparer.Ordinal)),
            "Expected is what the code has, actual what the documentation lists.");

    [GeneratedRegex("\"(?<code>MIG[0-9]{4})\"")]
    private static partial Regex RaisedCode();

    [GeneratedRegex("<(?<name>Migrate[A-Za-z]+) Condition")]
    private static partial Regex Property();

    [GeneratedRegex("<ItemDefinitionGroup>.*?</ItemDefinitionGroup>", RegexOptions.Singleline)]
    private static partial Regex Items();

    [GeneratedRegex("<(?<name>(?!ItemDefinitionGroup)[A-Z][A-Za-z]+)")]
    private static partial Regex Element();

    [GeneratedRegex("<Target Name=\"(?<name>Migrate[A-Za-z]*)\"")]
    private static partial Regex Target();
}

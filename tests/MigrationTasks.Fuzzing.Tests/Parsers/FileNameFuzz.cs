using System.Text.RegularExpressions;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>The names of migration files.</summary>
[TestClass]
public sealed partial class FileNameFuzz : FuzzContract
{
    private const string Extension = ".sql";

    protected override IEnumerable<string> Fragments => ["0", "001", "20260102030405", "_", "__", "a", "create_users", ".", ".sql", ".SQL", ".down", ".down.sql", ".Down.sql", " ", "-", "R__", "V1__"];

    protected override IEnumerable<Growth> Growths => [Growth.Of("1", after: "_a.sql"), Growth.Of("_", "1", ".sql"), Growth.Of(".down", "1_a", ".sql"), Growth.Of(".sql", "1_a"), Growth.Of("a")];

    protected override void Read(string input) => MigrationFileName.TryParse(input, Extension, out _);

    protected override void Check(string input)
    {
        var match = Migration().Match(input);
        var isRollback = input.EndsWith(".down.sql", StringComparison.OrdinalIgnoreCase);
        var title = match.Groups["title"].Value[..^(isRollback && match.Success ? ".down".Length : 0)];
        var isName = MigrationFileName.TryParse(input, Extension, out var name);
        Assert.AreEqual(title.Length > 0, isName);
        if (name is not null)
        {
            Assert.AreEqual((ComposedName.Of(title), isRollback), (name.Title, name.IsRollback));
            Assert.AreEqual(match.Groups["version"].Success, !name.IsRepeatable);
            Assert.AreEqual(match.Groups["version"].Value.TrimStart('0'), name.Version is null or { IsZero: true } ? "" : name.Version.ToString());
        }
    }

    [GeneratedRegex(@"\A(?:(?-i:R__)|(?<version>[0-9]+)_)(?<title>.+)\.sql\z", RegexOptions.IgnoreCase | RegexOptions.Singleline)]
    private static partial Regex Migration();
}

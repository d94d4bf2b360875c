using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.MongoDb;
using MigrationTasks.MongoDb.Lint;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>What lint reads of MongoDB's commands, whatever their fields hold, and of the header.</summary>
[TestClass]
public sealed class MongoDbLintFuzz : FuzzContract
{
    private const string File = "/m/001_a.json";

    private static readonly Placeholders Values = Placeholders.Create([new("a", "x\"y\n"), new("n", "17")]);

    protected override IEnumerable<string> Fragments =>
    [
        "{", "}", "[", "]", ":", ",", ",", "\"a\"", "\"app.a\"", "\"${a}\"", "\"${a}.b\"", "${n}", "0", "1", "true", "false", "{}", "[]", "\"*\"", "\"\\ud83d\\ude00\"", "{\"$numberInt\":\"0\"}", "\"$db\":\"b\"",
        "{\"create\":\"a\"}", "\"viewOn\":", "{\"drop\":\"a\"}", "{\"dropDatabase\":1}", "{\"renameCollection\":", "\"to\":", "\"dropTarget\":true", "{\"createIndexes\":\"a\",\"indexes\":[", "{\"key\":{\"n\":1},\"unique\":true}", "\"name\":",
        "{\"dropIndexes\":\"a\",\"index\":", "{\"collMod\":\"a\",", "\"validator\":", "\"validationLevel\":", "\"index\":{\"keyPattern\":{\"n\":1},\"hidden\":true}", "{\"update\":\"a\",\"updates\":[", "{\"q\":", "\"u\":", "\"multi\":true",
        "{\"$unset\":", "{\"$rename\":", "{\"n\":{\"$exists\":true}}", "{\"delete\":\"a\",\"deletes\":[", "\"limit\":0", "{\"aggregate\":\"a\",\"pipeline\":[", "{\"$out\":", "{\"db\":\"b\",\"coll\":\"a\"}",
        "{\"$migration\":{\"lint\":", "\"ignore MIG5030 a\"", "\"ignore MIG5030,\"", "\"\"",
    ];

    protected override IEnumerable<Growth> Growths =>
    [
        Growth.Numbered("{\"drop\":\"a#\"},", "[", "{\"ping\":1}]"), Growth.Numbered("{\"create\":\"a#\"},", "[", "{\"ping\":1}]"), Growth.Numbered("{\"renameCollection\":\"d.a#\",\"to\":\"d.b#\"},", "[", "{\"ping\":1}]"),
        Growth.Numbered("{\"key\":{\"n#\":1},\"unique\":true},", "{\"createIndexes\":\"a\",\"indexes\":[", "{}]}"), Growth.Numbered("\"n#\",", "{\"dropIndexes\":\"a\",\"index\":[", "\"n\"]}"),
        Growth.Numbered("\"n#\":1,", "{\"update\":\"a\",\"updates\":[{\"multi\":true,\"q\":{},\"u\":{\"$unset\":{", "\"n\":1}}}]}"), Growth.Numbered("\"n#\":1,", "{\"update\":\"a\",\"updates\":[{\"multi\":true,\"u\":{\"$unset\":{\"n\":1}},\"q\":{", "\"n\":1}}]}"),
        Growth.Numbered("\"n#${a}\":1,", "{\"update\":\"a\",\"updates\":[{\"multi\":true,\"q\":{},\"u\":{\"$unset\":{", "\"n\":1}}}]}"), Growth.Of("{\"$match\":{}},", "{\"aggregate\":\"a\",\"pipeline\":[", "{\"$out\":\"b\"}]}"),
        Growth.Of("\"ignore MIG5030 a\",", "[{\"$migration\":{\"lint\":[", "\"ignore MIG5030 a\"]}},{\"drop\":\"a\"}]"),
    ];

    protected override void Read(string input) => Lint(input);

    protected override void Check(string input)
    {
        var lines = TextPosition.Start.Advance(input).Line;
        try
        {
            Assert.IsTrue(Lint(input).All(warning => warning.Location.Line <= lines && !warning.Message.Contains("x\"y", StringComparison.Ordinal)));
        }
        catch (MigrationException)
        {
            // It cannot be read.
        }
    }

    private static List<Diagnostic> Lint(string input)
    {
        Assert.IsTrue(MigrationFileName.TryParse("001_a.json", ".json", out var name));
        using var head = new StringReader(input);
        var migration = new Migration(File, name, "", MongoDbLanguage.Instance.ReadHeader(head, File, isCut: false)!, null, MongoDbLanguage.Instance, Values);
        var linter = new FolderLinter(MongoDbLint.Profile, new LintOptions());
        using var text = new StringReader(input);
        _ = linter.Watch(migration, MongoDbLanguage.Instance.ReadStatements(text, File, Values)).Count();
        return [.. linter.Judge(migration)];
    }
}

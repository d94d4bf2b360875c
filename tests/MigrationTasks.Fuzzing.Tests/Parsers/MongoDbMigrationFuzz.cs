using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.Headers;
using MigrationTasks.Engine.Scripts.Json;
using MigrationTasks.MongoDb;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>Migrations of MongoDB: JSON with a header, placeholders, and commands as Extended JSON.</summary>
[TestClass]
public sealed class MongoDbMigrationFuzz : FuzzContract
{
    private const string File = "001_a.json";

    private static readonly string[] Codes = ["MIG2031", "MIG2032", "MIG2033", "MIG2034", "MIG2035"];
    private static readonly Placeholders Values = Placeholders.Create([new("a", "x\"y\n"), new("n", "17")]);

    protected override IEnumerable<string> Fragments =>
    [
        "{", "}", "[", "]", ":", ",", ",", "\"", "\"a\":1", "\"b\":", "{\"create\":\"a\"}", "{\"insert\":\"a\",\"documents\":[{\"n\":1}]}", "{\"drop\":\"a\",\"$db\":\"admin\"}", "\"$migration\":", "{\"$migration\":{", "\"description\":\"x\"",
        "\"requires\":[\"001\"]", "\"rollback\":{\"drop\":\"a\"}", "\"rollback\":[]", "\"transaction\":\"none\"", "\"created\":", "null", "true", "false", "0", "-1", "1e9", "1.5", "1e999", "{\"$oid\":\"5f43a1b2c3d4e5f6a7b8c9d0\"}",
        "{\"$oid\":\"x\"}", "{\"$date\":\"2026-01-02T03:04:05Z\"}", "{\"$numberLong\":\"1\"}", "{\"$numberDecimal\":\"1.1\"}", "{\"$binary\":{\"base64\":\"AA==\",\"subType\":\"00\"}}", "{\"$timestamp\":{\"t\":1,\"i\":1}}", "{\"$code\":\"x\",\"$scope\":{}}",
        "{\"$regularExpression\":{\"pattern\":\"a\",\"options\":\"i\"}}", "{\"$minKey\":1}", "{\"$symbol\":\"s\"}", "{\"$dbPointer\":{}}", "{\"$uuid\":\"0\"}", "${a}", "${n}", "\"${a}\"", "${other}", "\\u0000", "\\ud800", "\\ude00", "\\n", "//", "/*", "*/", "\"lsid\":1", "{\"commitTransaction\":1}",
    ];

    protected override IEnumerable<Growth> Growths =>
    [
        Growth.Of(" "), Growth.Of("\n"), Growth.Of("a"), Growth.Of("\""), Growth.Of("[", ""), Growth.Nested("[", "]", "{\"a\":", "}"), Growth.Nested("{\"a\":", "}", "", ""), Growth.Of("{\"a\":1},", "[", "{\"a\":1}]"), Growth.Of("{\"a\":1},\r\n", "[", "{\"a\":1}]"),
        Growth.Of("{},", "["), Growth.Of("x", "{\"a\":\"", "\"}"), Growth.Of("😀", "{\"a\":\"", "\"}"), Growth.Of("\\n", "{\"a\":\"", "\"}"), Growth.Of("\\ud83d\\ude00", "{\"a\":\"", "\"}"), Growth.Of("1,", "{\"a\":[", "1]}"), Growth.Of("{\"b\":1},", "{\"a\":[", "1]}"),
        Growth.Numbered("\"k#\":1,", "{"), Growth.Of("\"a\":1,", "{"), Growth.Of("${a}", "{\"a\":\"", "\"}"), Growth.Of("${n}", "{\"a\":", "}"), Growth.Of("{\"a\":\"${a}\"},", "[", "{\"a\":1}]"), Growth.Of("1", "{\"a\":", "}"), Growth.Of(" ", "{\"a\":1}"), Growth.Of("{\"a\":1}"),
        Growth.Of("{\"drop\":\"a\"},\n", "[{\"$migration\":{\"rollback\":[", "{\"drop\":\"a\"}]}}]"), Growth.Of("\"001\",", "[{\"$migration\":{\"requires\":[", "\"1\"]}}]"), Growth.Of("\n", "{\"a\":1,", "oops}"),
    ];

    protected override void Read(string input)
    {
        ReadHeader(input);
        ReadAll(input);
    }

    protected override void Check(string input)
    {
        var (commands, problem) = TryAll(() => ReadAll(input));
        var lines = input.Split(["\r\n", "\n", "\r"], StringSplitOptions.None);
        foreach (var command in commands)
        {
            var rest = lines[command.Line - 1].EnumerateRunes().Skip(command.Column - 1).Select(rune => rune.ToString()).FirstOrDefault();
            Assert.IsTrue(rest is "{" or "$", $"({command.Line},{command.Column}) is no start of a command.");
        }

        if (problem is not null)
        {
            Assert.Contains(problem.Code, Codes);
            var place = problem.Diagnostics[0].Location;
            Assert.IsTrue(place.Line >= 1 && place.Line <= lines.Length && place.Column >= 1, $"{place}");
            Assert.IsTrue(place.Column <= lines[place.Line - 1].EnumerateRunes().Count() + 1, $"{place} is behind the end of its line.");
        }

        var (again, sameProblem) = TryAll(() => Parts(input, windowSize: 16));
        var (whole, wholeProblem) = TryAll(() => Parts(input, windowSize: 64 * 1024));
        Assert.AreEqual($"{string.Join('|', whole.Select(Describe))} {wholeProblem?.Diagnostics[0]}", $"{string.Join('|', again.Select(Describe))} {sameProblem?.Diagnostics[0]}", "read in small pieces");

        var (_, headerProblem) = TryAll<MigrationHeader>(() => [ReadHeader(input)]);
        Assert.IsTrue(headerProblem is null || Codes.Contains(headerProblem.Code), headerProblem?.Code);
    }

    private static MigrationHeader ReadHeader(string input)
    {
        using var text = new StringReader(input);
        return MongoDbLanguage.Instance.ReadHeader(text, File, isCut: false)!;
    }

    private static List<ScriptStatement> ReadAll(string input)
    {
        using var text = new StringReader(input);
        return [.. MongoDbLanguage.Instance.ReadStatements(text, File, Values)];
    }

    private static List<JsonPart> Parts(string input, int windowSize)
    {
        using var text = new StringReader(input);
        using var reader = new JsonPartReader(text, File, [], windowSize);
        return [.. reader.ReadAll()];
    }

    private static string Describe(JsonPart part) => $"{part.Position} {part.Text}";

    private static (List<T> Read, MigrationException? Problem) TryAll<T>(Func<List<T>> read)
    {
        try
        {
            return (read(), null);
        }
        catch (MigrationException problem)
        {
            return ([], problem);
        }
    }
}

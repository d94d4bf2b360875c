using System.Text;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.PostgreSql.Scripts;

namespace MigrationTasks.Fuzzing.Tests.Parsers;

/// <summary>Placeholders in a script.</summary>
[TestClass]
public sealed class PlaceholderFuzz : FuzzContract
{
    private static readonly Dictionary<string, string> Values = new() { ["none"] = "", ["short"] = ";", ["Long.name-1"] = "a 'value' that is ${short}", ["lines"] = "1\r\n;2\n" };
    private static readonly Placeholders Placeholders = Placeholders.Create(Values);

    protected override IEnumerable<string> Fragments =>
    [
        "${none}", "${short}", "${long.NAME-1}", "${lines}", "${undefined}", "$", "$$", "${", "{", "}", "${short", "${}", "${ short}", "none}", "\\${short}", "--", "-- ", "/*", "*/", "'", "$a$", "\n", "\r\n", "\r", " ", "\t", "select ", ";",
    ];

    protected override IEnumerable<Growth> Growths =>
    [
        Growth.Of("$"), Growth.Of("${"), Growth.Of("${s"), Growth.Of("${short}"), Growth.Of("${none}"), Growth.Of("${lines}"), Growth.Of("${lines}", "--"), Growth.Of("${undefined}"), Growth.Of("${short}\n--"), Growth.Of("${lines}\n--"),
        Growth.Of("a", "${"), Growth.Of("a", "${", "}"), Growth.Of(" ", after: "${lines}"), Growth.Of("}"),
    ];

    protected override void Read(string input)
    {
        foreach (var statement in PostgreSqlDialect.Instance.ReadStatements(new StringReader(input), "f", Placeholders))
        {
            _ = statement.Summary;
        }

        _ = Placeholders.FindUndefined(new StringReader(input), "f").Count();
    }

    protected override void Check(string input)
    {
        base.Check(input);
        var expected = ReplaceOneByOne(input);
        Assert.AreEqual(expected, Placeholders.Replace(input));

        // Read in bits of any size, it is the same text, and so are its statements.
        using var reader = Placeholders.Substitute(new StringReader(input), []);
        var (text, bit) = (new StringBuilder(), new char[3]);
        for (int count; (count = reader.Read(bit, 0, bit.Length)) > 0;)
        {
            text.Append(bit, 0, count);
        }

        Assert.AreEqual(expected, text.ToString());
        Assert.AreEqual(Describe(input, 1 << 20), Describe(input, 5));
    }

    private static string ReplaceOneByOne(string text)
    {
        var result = new StringBuilder();
        for (var index = 0; index < text.Length;)
        {
            var rest = text.AsSpan(index);
            var found = Values.FirstOrDefault(entry => text.AsSpan(index).StartsWith($"${{{entry.Key}}}", StringComparison.OrdinalIgnoreCase));
            var line = text.AsSpan((text.AsSpan(0, index).LastIndexOfAny('\n', '\r') + 1)..);
            // A value of several lines would no longer be a comment.
            var isPlain = found.Key is null || (found.Value.AsSpan().ContainsAny('\r', '\n') && line.TrimStart().StartsWith("--"));
            result.Append(isPlain ? rest[..1] : found.Value);
            index += isPlain ? 1 : found.Key!.Length + 3;
        }

        return result.ToString();
    }

    private static string Describe(string input, int windowSize)
    {
        var description = new StringBuilder();
        var substitutions = new List<Substitution>();
        try
        {
            foreach (var statement in new SqlStatementReader(PostgreSqlDialect.Instance, Placeholders.Substitute(new StringReader(input), substitutions), "f", substitutions, windowSize).ReadAll())
            {
                description.AppendLine($"{statement.Kind} {statement.Line},{statement.Column} {statement.LocationOf("f", statement.Text.Length)}: {statement.Text}");
            }
        }
        catch (MigrationException problem)
        {
            description.Append(problem.Diagnostics[0]);
        }

        return description.ToString();
    }
}

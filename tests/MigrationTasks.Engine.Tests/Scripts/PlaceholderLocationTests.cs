using System.Text;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.PostgreSql.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts;

/// <summary>Places are those of the file as written, whatever the values are.</summary>
[TestClass]
public sealed class PlaceholderLocationTests
{
    private static readonly string[] Values = ["", "x", "longer than the placeholder", "two\nlines", "\r", "\n", "a\r\n", ";", "x; y;", "'", "$$", "😀", "(", "--", " "];

    private static readonly string[] Fragments = ["${a}", "${a}", "${a}", "${b}", "$", "{a}", "\r", "\n", "\r\n", "😀", " ", "x", ";", ";", "'", "$$", "--", "/*", "*/", "(", ")", "select "];

    [TestMethod]
    [DataRow("x")]
    [DataRow("")]
    [DataRow("a very long value")]
    [DataRow("two\nlines")]
    [DataRow("ends with a line\r\n")]
    [DataRow("two; statements")]
    public void What_follows_a_placeholder_is_where_the_author_wrote_it(string value)
    {
        var last = ScriptText.Read(PostgreSqlDialect.Instance, "select ${a}, nope, 1", value)[^1];

        Assert.AreEqual(new SourceLocation("f", 1, 14), last.LocationOf("f", last.Text.IndexOf("nope", StringComparison.Ordinal) + 1));
    }

    [TestMethod]
    public void What_is_inside_a_value_is_at_its_placeholder()
    {
        var statements = ScriptText.Read(PostgreSqlDialect.Instance, "select 1;\n  ${a} from t", "x;\n select nope");

        Assert.AreSequenceEqual(["(1,1)", "(2,3)", "(2,3)"], statements.Select(statement => $"({statement.Line},{statement.Column})"));
        Assert.AreEqual(new SourceLocation("f", 2, 3), statements[2].LocationOf("f", 8));
        Assert.AreEqual(new SourceLocation("f", 2, 8), statements[2].LocationOf("f", 13));
    }

    [TestMethod]
    [DataRow("${a} 'open", "MIG2004 /m/1.sql(1,6)")]
    [DataRow("\n ${a} \\x", "MIG2006 /m/1.sql(2,7)")]
    [DataRow("\n ${a}\r\n  ${a} \0", "MIG2005 /m/1.sql(3,8)")]
    public void A_problem_of_the_script_is_where_the_author_wrote_it(string script, string problem) =>
        Assert.AreEqual(problem, ScriptText.Problem(() => ScriptText.Read(PostgreSqlDialect.Instance, script, "two\nlines of text")));

    [TestMethod]
    public void A_value_that_opens_what_is_never_closed_is_the_place_of_the_problem() =>
        Assert.AreEqual("MIG2004 /m/1.sql(2,3)", ScriptText.Problem(() => ScriptText.Read(PostgreSqlDialect.Instance, "select\n  ${a}", "1 + '")));

    [TestMethod]
    public void Every_character_of_any_script_leads_to_its_place_in_the_file()
    {
        for (var seed = 0; seed < 3_000; seed++)
        {
            var random = new Random(seed);
            var file = string.Concat(random.GetItems(Fragments, random.Next(1, 20)));
            var (a, b) = (random.GetItems(Values, 1)[0], random.GetItems(Values, 1)[0]);
            var (run, origins) = Substitute(file, a, b);
            var expected = Describe(run, origins, file);
            foreach (var size in (int[])[1, 2, 5, 64])
            {
                Assert.AreEqual(expected, Describe(file, a, b, size), $"Seed {seed}, window of {size}: {System.Text.Json.JsonSerializer.Serialize((string[])[file, a, b])}");
            }
        }
    }

    // The text that runs, and for each of its characters the one in the file that it comes from; one more for the end.
    private static (string Run, List<int> Origins) Substitute(string file, string a, string b)
    {
        var run = new StringBuilder();
        var origins = new List<int>();
        for (var index = 0; index < file.Length;)
        {
            var value = file.AsSpan(index).StartsWith("${a}") ? a : file.AsSpan(index).StartsWith("${b}") ? b : null;
            // A value of several lines is not put into a comment line.
            var line = file[(file.AsSpan(0, index).LastIndexOfAny('\n', '\r') + 1)..];
            value = value is not null && value.AsSpan().ContainsAny('\n', '\r') && line.TrimStart().StartsWith("--", StringComparison.Ordinal) ? null : value;
            run.Append(value ?? file[index].ToString());
            origins.AddRange(Enumerable.Repeat(index, value?.Length ?? 1));
            index += value is null ? 1 : 4;
        }

        origins.Add(file.Length);
        return (run.ToString(), origins);
    }

    private static string Describe(string run, List<int> origins, string file)
    {
        var description = new StringBuilder();
        try
        {
            foreach (var statement in PostgreSqlDialect.Instance.ReadStatements(new StringReader(run), null))
            {
                var start = (int)statement.Offset;
                description.AppendLine($"{statement.Kind} {statement.Text}");
                for (var index = 0; index < statement.Text.Length; index++)
                {
                    description.Append(char.IsLowSurrogate(statement.Text[index]) ? "" : Place(file, origins[start + index]));
                }
            }
        }
        catch (MigrationException problem)
        {
            var place = problem.Diagnostics[0].Location;
            description.Append($"{problem.Code} {Place(file, origins[IndexOf(run, place.Line, place.Column)])}");
        }

        return description.ToString();
    }

    private static string Describe(string file, string a, string b, int windowSize)
    {
        var description = new StringBuilder();
        try
        {
            var substitutions = new List<Substitution>();
            var values = Placeholders.Create([KeyValuePair.Create("a", a), KeyValuePair.Create("b", b)]);
            foreach (var statement in new SqlStatementReader(PostgreSqlDialect.Instance, values.Substitute(new StringReader(file), substitutions), null, substitutions, windowSize).ReadAll())
            {
                description.AppendLine($"{statement.Kind} {statement.Text}");
                var characters = statement.Text.EnumerateRunes().Count();
                for (var character = 1; character <= characters; character++)
                {
                    var place = statement.LocationOf("f", character);
                    description.Append($"({place.Line},{place.Column})");
                }
            }
        }
        catch (MigrationException problem)
        {
            var place = problem.Diagnostics[0].Location;
            description.Append($"{problem.Code} ({place.Line},{place.Column})");
        }

        return description.ToString();
    }

    private static string Place(string text, int index)
    {
        var place = TextPosition.Start.Advance(text.AsSpan(0, index));
        return $"({place.Line},{place.Column})";
    }

    private static int IndexOf(string text, int line, int column) =>
        Enumerable.Range(0, text.Length + 1).Last(index => Place(text, index) == $"({line},{column})");
}

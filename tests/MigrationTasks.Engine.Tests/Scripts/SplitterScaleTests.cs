using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts;

/// <summary>Work in proportion to the text takes milliseconds here; work in proportion to its square takes minutes.</summary>
[TestClass]
public sealed class SplitterScaleTests
{
    private const int Count = 400_000;

    [TestMethod]
    [Timeout(20_000)]
    [DataRow("(")]
    [DataRow("$a$ ")]
    [DataRow("$a")]
    [DataRow("$aaaa$aaaa")]
    [DataRow("/*")]
    [DataRow("*/")]
    [DataRow("'")]
    [DataRow("'a")]
    [DataRow("E'a'\n")]
    [DataRow("E'\\")]
    [DataRow("\"")]
    [DataRow("[")]
    [DataRow("--\n")]
    [DataRow("a.")]
    [DataRow("case ")]
    [DataRow("end\n ")]
    [DataRow(";")]
    public void Very_many_of_anything_is_read_in_linear_time(string fragment)
    {
        var fragments = string.Concat(Enumerable.Repeat(fragment, Count));
        Exhaust(SqlDialect.PostgreSql, fragments);
        Exhaust(SqlDialect.PostgreSql, $"create function f() begin atomic {fragments}");
        Exhaust(SqlDialect.Sqlite, fragments);
        Exhaust(SqlDialect.Sqlite, $"create trigger t begin ;{fragments}");
    }

    [TestMethod]
    [Timeout(20_000)]
    [DataRow("$")]
    [DataRow("${")]
    [DataRow("${a")]
    [DataRow("${a}")]
    [DataRow("${b}")]
    [DataRow("${b}\n--")]
    public void Very_many_placeholders_are_replaced_in_linear_time(string fragment)
    {
        var fragments = string.Concat(Enumerable.Repeat(fragment, Count));
        foreach (var value in (string[])["", ";", "x\n"])
        {
            Assert.AreEqual(fragments.Replace("${a}", value, StringComparison.Ordinal), ScriptText.A(value).Replace(fragments));
            Exhaust(SqlDialect.PostgreSql, $"{fragments}x", ScriptText.A(value));
        }
    }

    [TestMethod]
    public void Placeholders_that_are_read_are_forgotten()
    {
        using var reader = new EndlessReader("select '${a}' from ${a};\n");
        var substitutions = new List<Substitution>();
        var statements = new SqlStatementReader(SqlDialect.PostgreSql, ScriptText.A("some text").Substitute(reader, substitutions), null, substitutions).ReadAll();
        Assert.AreEqual(Count, statements.Take(Count).Count());
        Assert.IsLessThan(10_000, substitutions.Count);
    }

    [TestMethod]
    public void Memory_is_bounded_by_the_longest_statement()
    {
        var reader = new EndlessReader("select 'some text' from somewhere;\n");
        var statements = SqlDialect.PostgreSql.ReadStatements(reader, null);
        Assert.AreEqual(Count, statements.Take(Count).Count());
        Assert.IsLessThan(200_000L, reader.Total - (35L * Count));
    }

    private static void Exhaust(SqlDialect dialect, string script) => Exhaust(dialect, script, Placeholders.None);

    private static void Exhaust(SqlDialect dialect, string script, Placeholders placeholders)
    {
        try
        {
            Assert.AreNotEqual(0, dialect.ReadStatements(new StringReader(script), null, placeholders).Count());
        }
        catch (MigrationException problem)
        {
            Assert.StartsWith("MIG200", problem.Code);
        }
    }

    private sealed class EndlessReader(string text) : TextReader
    {
        public long Total { get; private set; }

        public override int Read(char[] buffer, int index, int count)
        {
            for (var offset = 0; offset < count; offset++)
            {
                buffer[index + offset] = text[(int)(Total++ % text.Length)];
            }

            return count;
        }
    }
}

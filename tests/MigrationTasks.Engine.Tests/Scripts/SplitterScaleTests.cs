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
    public void Memory_is_bounded_by_the_longest_statement()
    {
        var reader = new EndlessReader("select 'some text' from somewhere;\n");
        var statements = SqlDialect.PostgreSql.ReadStatements(reader, null);
        Assert.AreEqual(Count, statements.Take(Count).Count());
        Assert.IsLessThan(200_000L, reader.Total - (35L * Count));
    }

    private static void Exhaust(SqlDialect dialect, string script)
    {
        try
        {
            Assert.AreNotEqual(0, dialect.ReadStatements(new StringReader(script), null).Count());
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

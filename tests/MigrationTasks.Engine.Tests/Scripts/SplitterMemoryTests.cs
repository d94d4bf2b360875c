using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts;

[TestClass]
public sealed class SplitterMemoryTests
{
    private const int Count = 400_000;

    [TestMethod]
    public void Memory_is_bounded_by_the_longest_statement()
    {
        var reader = new EndlessReader("select 'some text' from somewhere;\n");
        var statements = SqlDialect.PostgreSql.ReadStatements(reader, null);
        Assert.AreEqual(Count, statements.Take(Count).Count());
        Assert.IsLessThan(200_000L, reader.Total - (35L * Count));
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

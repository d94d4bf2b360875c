using MigrationTasks.Engine.Scripts;
using MigrationTasks.PostgreSql.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts;

[TestClass]
public sealed class SplitterMemoryTests
{
    private const int Count = 400_000;

    [TestMethod]
    public void Memory_is_bounded_by_the_longest_statement()
    {
        var reader = new EndlessReader("", "select 'some text' from somewhere;\n");
        var statements = PostgreSqlDialect.Instance.ReadStatements(reader, null);
        Assert.AreEqual(Count, statements.Take(Count).Count());
        Assert.IsLessThan(200_000L, reader.Total - (35L * Count));
    }

    [TestMethod]
    public void Placeholders_that_are_read_are_forgotten()
    {
        using var reader = new EndlessReader("", "select '${a}' from ${a};\n");
        var substitutions = new List<Substitution>();
        var statements = new SqlStatementReader(PostgreSqlDialect.Instance, ScriptText.A("some text").Substitute(reader, substitutions), null, substitutions).ReadAll();
        Assert.AreEqual(Count, statements.Take(Count).Count());
        Assert.IsLessThan(10_000, substitutions.Count);
    }

    [TestMethod]
    public void Rows_that_are_read_are_forgotten()
    {
        using var reader = new EndlessReader("copy t from stdin;\n", "1\tsome text\n");
        using var statements = PostgreSqlDialect.Instance.ReadStatements(reader, null).GetEnumerator();
        Assert.IsTrue(statements.MoveNext());
        var read = 0L;
        while (read < 12L * Count)
        {
            read += statements.Current.Rows!.Read().Length;
        }

        Assert.IsLessThan(200_000L, reader.Total - read);
    }

    private sealed class EndlessReader(string start, string text) : TextReader
    {
        public long Total { get; private set; }

        public override int Read(char[] buffer, int index, int count)
        {
            for (var offset = 0; offset < count; offset++)
            {
                buffer[index + offset] = Total < start.Length ? start[(int)Total] : text[(int)((Total - start.Length) % text.Length)];
                Total++;
            }

            return count;
        }
    }
}

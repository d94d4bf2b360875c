using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Schema;

namespace MigrationTasks.Engine.Tests.Schema;

/// <summary>The lock file: what is written is what is read, and what git cannot merge is told by its line.</summary>
[TestClass]
public sealed class SchemaLockTests
{
    private const string Text = """
        database PostgreSQL 17

        table public."a\u000ab"
          column \u0020: integer
          column "x\: y": text

        table public.orders
          owner: app
          unlogged
          column id: bigint not null
          constraint orders_pkey: PRIMARY KEY (id)
          trigger touch:
          |
          | two  
          |   lines
          |
          comment: It's an order: not a line
          comment column id: In \UTC

        """;

    [TestMethod]
    public void A_lock_file_is_written_as_it_is_read() => Assert.AreEqual(Text.ReplaceLineEndings("\n"), Write(Read(Text)));

    [TestMethod]
    public void How_its_lines_end_does_not_count() => Assert.AreEqual(Text.ReplaceLineEndings("\n"), Write(Read(Text.ReplaceLineEndings("\r\n"))));

    [TestMethod]
    public void Any_name_and_any_text_come_back()
    {
        var letters = "ab :\"\\\n\r\t|#'\u00a0\u0085ü".Select(letter => $"{letter}").ToList();
        var texts = letters.Concat(letters.SelectMany(_ => letters, (first, second) => first + second)).Append("").ToList();
        var schema = new SchemaSnapshot("Fake 1", texts.Where(name => name.Length > 0).Select(name => new SchemaObject("table", name,
            texts.Index().Where(text => (text.Index + name[0]) % 7 == 0).SelectMany(text => new[] { new SchemaFact("column", text.Item, name), new SchemaFact("column", name, text.Item) }))));

        Assert.AreEqual("", string.Join('\n', schema.DifferencesTo(Read(Write(schema)))));
        Assert.AreEqual("", string.Join('\n', schema.DifferencesTo(Read(Write(schema).Replace("\n", "\r\n", StringComparison.Ordinal)))));
    }

    [TestMethod]
    [DataRow("  column id: bigint not null", "<<<<<<< HEAD\n  column id: bigint", 9)]
    [DataRow("  unlogged", "=======", 9)]
    [DataRow("  unlogged", ">>>>>>> branch", 9)]
    [DataRow("  unlogged", "||||||| base", 9)]
    [DataRow("database PostgreSQL 17", "<<<<<<< HEAD", 1)]
    public void A_conflict_of_a_merge_is_told_by_its_line(string from, string to, int line) => IsRefused("MIG6001", Text.Replace(from, to, StringComparison.Ordinal), from.Contains("id", StringComparison.Ordinal) ? 10 : line);

    [TestMethod]
    [DataRow("database PostgreSQL 17", "table a", 1)]
    [DataRow("database PostgreSQL 17", "database ", 1)]
    [DataRow("table public.orders", "Table public.orders", 7)]
    [DataRow("table public.orders", "table", 7)]
    [DataRow("  unlogged", "  Unlogged", 9)]
    [DataRow("  unlogged", "  column a:b", 9)]
    [DataRow("  unlogged", "  column a\\b", 9)]
    [DataRow("  unlogged", "  | body", 9)]
    [DataRow("  | two", "  |two", 14)]
    public void A_line_that_is_none_of_its_own_is_told(string from, string to, int line) => IsRefused("MIG6002", Text.Replace(from, to, StringComparison.Ordinal), line);

    [TestMethod]
    public void A_file_without_a_line_is_refused() => IsRefused("MIG6002", "", 1);

    private static void IsRefused(string code, string text, int line)
    {
        var problem = Assert.ThrowsExactly<MigrationException>(() => Read(text));
        Assert.AreEqual(code, problem.Code);
        Assert.AreEqual(new SourceLocation("/p/schema.lock", line, 1), problem.Diagnostics[0].Location);
    }

    private static SchemaSnapshot Read(string text) => SchemaLock.Read("/p/schema.lock", new StringReader(text));

    private static string Write(SchemaSnapshot schema)
    {
        var text = new StringWriter();
        SchemaLock.Write(schema, text);
        return text.ToString();
    }
}

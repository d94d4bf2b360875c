using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.Headers;

namespace MigrationTasks.Engine.Tests.Scripts.Json;

[TestClass]
public sealed class JsonHeaderTests
{
    private const string File = "/p/001_a.json";

    [TestMethod]
    public void It_says_what_an_SQL_header_says()
    {
        var header = Read("""
            [
              {
                "$migration": {
                  "description": "Add users",
                  "created": "2026-01-02",
                  "requires": ["001", "002_a"],
                  "transaction": "none",
                  "rollback": { "drop": "users" }
                }
              },
              { "create": "users" }
            ]
            """);

        Assert.AreEqual(("Add users", "2026-01-02", false, "001, 002_a"), (header.Title, header.Created, header.IsTransactional, string.Join(", ", header.Requires)));
        Assert.AreEqual("""8:19 { "drop": "users" }""", string.Join(" | ", header.RollbackLines.Select(line => $"{line.Line}:{line.Column} {line.Text}")));
    }

    [TestMethod]
    public void What_lint_is_told_has_its_place()
    {
        Assert.AreEqual("1:27 ignore MIG5030 a", Lines("""[{"$migration":{ "lint" : "ignore MIG5030 a"}}]"""));
        Assert.AreEqual("2:3 ignore MIG5030 a | 3:3 ignore MIG5041 b", Lines("[{\"$migration\":{\"lint\":[\n  \"ignore MIG5030 a\",\n  \"ignore MIG5041 b\"]}}]"));

        static string Lines(string text) => string.Join(" | ", Read(text).LintLines.Select(line => $"{line.Line}:{line.Column} {line.Text}"));
    }

    [TestMethod]
    public void One_requirement_needs_no_array() => Assert.AreEqual("001", Read("""[{"$migration":{"requires":"001"}}]""").Requires.Single());

    [TestMethod]
    [DataRow("")]
    [DataRow("[]")]
    [DataRow("""{"create":"a"}""")]
    [DataRow("""[{"create":"a"},{"drop":""")]
    [DataRow("""{"$migration":{"transaction":"none"}}""")]
    [DataRow("""[{"$migration":{"rollback":[]}}]""")]
    public void Without_one_a_migration_is_transactional_and_has_no_rollback(string text) => Assert.AreEqual(MigrationHeader.Empty with { RollbackLines = [] }, Read(text) with { RollbackLines = [] });

    [TestMethod]
    public void A_value_without_meaning_is_a_problem_at_its_place()
    {
        var problem = Read("[{\"$migration\":{\n  \"transaction\": \"some\"}}]").Problems.Single();

        Assert.AreEqual(new HeaderProblem(2, "transaction", "some", "none", 18), problem);
    }

    [TestMethod]
    public void A_header_that_is_cut_is_asked_for_again()
    {
        const string Text = """[{"$migration":{"description":"x","rollback":[{"drop":"a"}]}},{"create":"a"}]""";
        for (var length = 0; length <= Text.Length; length++)
        {
            using var start = new StringReader(Text[..length]);
            var header = PlainJson.Instance.ReadHeader(start, File, isCut: true);
            Assert.IsTrue(header is null || header.Title == "x", $"At {length}: {header}");
            Assert.AreEqual(length >= Text.IndexOf(",{\"create", StringComparison.Ordinal), header is not null, $"At {length}.");
        }
    }

    [TestMethod]
    public void An_error_in_a_rollback_is_where_the_header_has_it()
    {
        using var folder = new TestFolder();
        var path = Path.Combine(folder.Path, "001_a.json");
        System.IO.File.WriteAllText(path, "[\r\n  { \"$migration\": { \"rollback\": [ { \"drop\": \"😀\" }, { \"ok\": 1 },\r\n      {} ] } }\r\n]\r\n");
        var migration = MigrationFolder.Read(folder.Path, PlainJson.Instance, Placeholders.None).Migrations.Single();

        var script = RollbackScript.Of(new HistoryRow("001_a.json"), migration)!;
        var problem = Assert.ThrowsExactly<MigrationException>(() => script.ReadStatements().ToList()).Diagnostics.Single();

        Assert.AreEqual(("MIG2034", new SourceLocation(path, 3, 7)), (problem.Code, problem.Location));
    }

    [TestMethod]
    public void A_folder_is_read_with_rollback_files_and_repeatable_migrations()
    {
        using var folder = new TestFolder();
        folder.Write("001_a.json", """{"create":"a"}""");
        folder.Write("001_a.down.json", """[{"$migration":{"transaction":"none"}},{"drop":"${prefix}a"}]""");
        folder.Write("R__views.json", """[{"$migration":{"requires":"001"}},{"create":"v"}]""");
        folder.Write("notes.txt", "no migration");

        var placeholders = Placeholders.Create([KeyValuePair.Create("prefix", "\"")]);
        var migrations = MigrationFolder.Read(folder.Path, PlainJson.Instance, placeholders).Migrations;

        Assert.AreEqual("001_a.json, R__views.json", string.Join(", ", migrations));
        Assert.AreEqual("""[{"$migration":{"transaction":"none"}},{"drop":"\"a"}]""", migrations[0].Rollback);
        var script = RollbackScript.Of(new HistoryRow("001_a.json"), migrations[0])!;
        Assert.IsFalse(script.IsTransactional);
        Assert.AreEqual("""{"drop":"\"a"}""", script.ReadStatements().Single().Text);
    }

    [TestMethod]
    public void Bad_headers_of_a_folder_are_told_all_at_once()
    {
        using var folder = new TestFolder();
        folder.Write("001_a.json", """[{"$migration":{"lock":1}}]""");
        folder.Write("002_b.json", """[{"$migration":{"transaction":"no"}}]""");
        folder.Write("003_c.json", """[{"$migration":{""");

        var problems = Assert.ThrowsExactly<MigrationException>(() => MigrationFolder.Read(folder.Path, PlainJson.Instance, Placeholders.None)).Diagnostics;

        Assert.AreEqual("MIG2033 1:17, MIG2010 1:31, MIG2031 1:17", string.Join(", ", problems.Select(problem => $"{problem.Code} {problem.Location.Line}:{problem.Location.Column}")));
    }

    [TestMethod]
    public void A_new_file_is_a_migration_without_commands()
    {
        var text = PlainJson.Instance.StartFile("add \"users\"", new DateOnly(2026, 1, 2));

        var header = Read(text);
        using var reader = new StringReader(text);

        Assert.AreEqual(("add \"users\"", "2026-01-02", (string?)null), (header.Title, header.Created, header.Rollback));
        Assert.IsEmpty(PlainJson.Instance.ReadStatements(reader, File));
    }

    private static MigrationHeader Read(string text)
    {
        using var reader = new StringReader(text);
        return PlainJson.Instance.ReadHeader(reader, File, isCut: false)!;
    }
}

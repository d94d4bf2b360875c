using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.PostgreSql.Scripts;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts;

[TestClass]
public sealed class BodyLocationTests
{
    private const string Body = "\nBEGIN\n  PERFORM ''x'', 1;\n  RAISE ''no'';\nEND\n";

    [TestMethod]
    [DataRow("do $$%$$")]
    [DataRow("do language plpgsql $$%$$")]
    [DataRow("do language 'plpgsql' $$%$$")]
    [DataRow("do $$%$$ language 'plpgsql'")]
    [DataRow("do '%'")]
    [DataRow("create function f(a text default 'b' || '$$') returns int language 'plpgsql' as $body$%$body$")]
    [DataRow("create or replace procedure s.\"as\"() as $$%$$ language plpgsql set search_path = 'a'")]
    [DataRow("create function f() returns void as '%' language 'plpgsql'")]
    public void A_line_of_a_body_becomes_a_place_in_the_file(string template)
    {
        var statement = ScriptText.Only(PostgreSqlDialect.Instance, $"\n\n {template.Replace("%", Body)};");
        Assert.AreEqual(new SourceLocation("f", 5, 3), statement.LocationOfBodyLine("f", 3));
        Assert.AreEqual(new SourceLocation("f", 7, 1), statement.LocationOfBodyLine("f", 5));
        Assert.IsNull(statement.LocationOfBodyLine("f", 0));
        Assert.IsNull(statement.LocationOfBodyLine("f", 99));
    }

    [TestMethod]
    public void Line_1_of_a_body_starts_right_after_the_quote() => Assert.AreEqual(
        new SourceLocation("f", 1, 6), ScriptText.Only(PostgreSqlDialect.Instance, "do $$begin end$$").LocationOfBodyLine("f", 1));

    [TestMethod]
    [DataRow("create function f() returns int return 1")]
    [DataRow("create function f() returns int as e'begin\\n end' language plpgsql")]
    [DataRow("create function f() returns int as 'begin'\n' end' language plpgsql")]
    [DataRow("select $$begin end$$")]
    [DataRow("create table t (a text default $$begin$$)")]
    public void Without_a_body_that_matches_the_file_there_is_no_place(string statement)
    {
        Assert.IsNull(ScriptText.Only(PostgreSqlDialect.Instance, statement).LocationOfBodyLine("f", 1));
        Assert.IsNull(ScriptText.Only(PostgreSqlDialect.Instance, statement).LocationInBody("f", "begin", 1));
    }

    [TestMethod]
    public void SQLite_has_no_bodies() =>
        Assert.IsNull(ScriptText.Only(SqliteDialect.Instance, "do '\nbegin'").LocationOfBodyLine("f", 1));

    [TestMethod]
    [DataRow("do $$\n  é😀 select a from b$$", "\n  é😀 select a from b", 15, 2, 14)]
    [DataRow("do $$\n  é😀 select a from b$$", "select a from b", 8, 2, 13)]
    [DataRow("do '\n  x ''😀'' select a'", "\n  x '😀' select a", 16, 2, 17)]
    [DataRow("do '\n  x ''y'' select a'", "select a", 8, 2, 18)]
    [DataRow("do $$\n select a$$", "select a", 9, 2, 10)]
    [DataRow("do $$\n select a into b from c$$", "select a        from c", 22, 2, 23)]
    [DataRow("do $$\n select a into b from c$$", "select a        from c", 8, 2, 9)]
    [DataRow("do $$\n perform a$$", "SELECT a", 8, 2, 10)]
    [DataRow("do $$\n PERFORM a$$", "SELECT a", 1, 2, 2)]
    [DataRow("do $$\n Perform\n  a$$", "SELECT\n  a", 10, 3, 3)]
    public void A_character_of_a_query_in_a_body_becomes_a_place_in_the_file(string script, string query, int character, int line, int column) =>
        Assert.AreEqual(new SourceLocation("f", line, column), ScriptText.Only(PostgreSqlDialect.Instance, script).LocationInBody("f", query, character));

    [TestMethod]
    public void A_query_that_is_there_twice_is_found_by_its_line()
    {
        var statement = ScriptText.Only(PostgreSqlDialect.Instance, "do $$\nselect a;\n\n  select a;\n$$");
        Assert.IsNull(statement.LocationInBody("f", "select a", 8));
        Assert.AreEqual(new SourceLocation("f", 2, 8), statement.LocationInBody("f", "select a", 8, line: 2));
        Assert.AreEqual(new SourceLocation("f", 4, 10), statement.LocationInBody("f", "select a", 8, line: 4));
    }

    [TestMethod]
    public void A_query_from_elsewhere_or_a_character_outside_it_has_no_place()
    {
        var statement = ScriptText.Only(PostgreSqlDialect.Instance, "do $$select a$$");
        Assert.IsNull(statement.LocationInBody("f", "select b", 1));
        Assert.IsNull(statement.LocationInBody("f", "select a, b", 1));
        Assert.IsNull(statement.LocationInBody("f", "", 1));
        Assert.IsNull(statement.LocationInBody("f", "select a", 0));
        Assert.IsNull(statement.LocationInBody("f", "select a", 10));
    }
}

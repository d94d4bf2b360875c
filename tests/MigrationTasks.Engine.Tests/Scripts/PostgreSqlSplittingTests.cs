using MigrationTasks.Engine.Scripts;
using MigrationTasks.PostgreSql.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts;

[TestClass]
public sealed class PostgreSqlSplittingTests
{
    [TestMethod]
    public void A_semicolon_ends_a_statement() =>
        AssertSplits("select 1; select 2 ;\nselect 3", "select 1", "select 2", "select 3");

    [TestMethod]
    public void Comments_around_a_statement_are_left_out_and_those_inside_are_kept() =>
        AssertSplits("-- a\n/* b */ select /* c; */ 1 -- d;\n + 1 /* e */ ; -- f", "select /* c; */ 1 -- d;\n + 1");

    [TestMethod]
    public void Only_white_space_comments_and_semicolons_are_empty_statements()
    {
        var statements = ScriptText.Read(PostgreSqlDialect.Instance, " ;/* a */;;\n-- b\n");
        Assert.AreSequenceEqual(Enumerable.Repeat((StatementKind.Empty, "", ""), 4), statements.Select(statement => (statement.Kind, statement.Text, statement.Summary)));
    }

    [TestMethod]
    public void An_empty_script_has_no_statements() => Assert.IsEmpty(ScriptText.Read(PostgreSqlDialect.Instance, ""));

    [TestMethod]
    [DataRow("'a;b'")]
    [DataRow("'a'';b'")]
    [DataRow(@"'a\'||';'")]
    [DataRow(@"E'a\';b'")]
    [DataRow(@"e'a\\'||';'")]
    [DataRow("E'a'';b'")]
    [DataRow("U&'a;b'")]
    [DataRow(@"U&'d!0061;' UESCAPE '!'")]
    [DataRow("B';'")]
    [DataRow("x';'")]
    [DataRow("N';'")]
    [DataRow("\"a\"\";b\"")]
    [DataRow("U&\"a;b\"")]
    [DataRow(@"name_ending_in_e'a\'||';'")]
    [DataRow("'a'\n';b'")]
    public void Semicolons_inside_quotes_do_not_split(string quoted) =>
        AssertSplits($"select {quoted}; select 2", $"select {quoted}", "select 2");

    [TestMethod]
    [DataRow("E'a'\n'\\';b'")]
    [DataRow("E'a' -- why\r\n  -- not\n '\\';b'")]
    [DataRow("E'a'\n''\r'\\';b'")]
    public void An_escape_string_goes_on_after_a_line_break_in_the_same_mode(string quoted) =>
        AssertSplits($"select {quoted}; select 2", $"select {quoted}", "select 2");

    [TestMethod]
    [DataRow(@"select E'a' '\'; select 2", @"select E'a' '\'")]
    [DataRow("select E'a' /* \n */ '\\'; select 2", "select E'a' /* \n */ '\\'")]
    public void Without_a_line_break_the_next_string_is_a_plain_one(string script, string first) =>
        AssertSplits(script, first, "select 2");

    [TestMethod]
    [DataRow("$$a;b$$")]
    [DataRow("$tag$ ; $$ ; $other$ ; $tag$")]
    [DataRow("$a$ ; $a ; $ab$ ; $b$a$")]
    [DataRow("$été$ ; $été$")]
    [DataRow("$_1$ ; $_1$")]
    [DataRow("1$$ ; $$")]
    [DataRow("$1$$ ; $$")]
    public void Semicolons_inside_a_dollar_quoted_body_do_not_split(string quoted) =>
        AssertSplits($"select {quoted}; select 2", $"select {quoted}", "select 2");

    [TestMethod]
    [DataRow("select a$b$c; select d$b$e")]
    [DataRow("select a$$; select b$$")]
    [DataRow("select é$$; select b$$")]
    [DataRow("select $1; select $1")]
    [DataRow("select $a b$; select $")]
    public void A_dollar_in_a_name_or_parameter_opens_no_body(string script)
    {
        var parts = script.Split("; ");
        AssertSplits(script, parts[0], parts[1]);
    }

    [TestMethod]
    [DataRow("/* a; /* b; */ c; */")]
    [DataRow("/*/* ; */*/")]
    [DataRow("/***; **/")]
    [DataRow("-- ; '\n")]
    [DataRow("-- ; '\r")]
    [DataRow("-- /* ;\r\n")]
    public void Semicolons_inside_a_comment_do_not_split(string comment) =>
        AssertSplits($"select {comment} 1; select 2", $"select {comment} 1", "select 2");

    [TestMethod]
    [DataRow("select 1 +-- ;\n 2")]
    [DataRow("select 1 */* ; */ 2")]
    public void A_comment_may_start_inside_an_operator(string statement) =>
        AssertSplits($"{statement}; select 2", statement, "select 2");

    [TestMethod]
    public void Semicolons_inside_parentheses_do_not_split() => AssertSplits(
        "create rule r as on insert to t do (delete from a; (select 1;) ; delete from b); select 2",
        "create rule r as on insert to t do (delete from a; (select 1;) ; delete from b)",
        "select 2");

    [TestMethod]
    public void A_closing_parenthesis_too_many_is_left_to_the_database() =>
        AssertSplits("select 1); select (2)", "select 1)", "select (2)");

    [TestMethod]
    [DataRow("create function f() returns int begin atomic select 1; select 2; end")]
    [DataRow("CREATE OR REPLACE PROCEDURE p() BEGIN ATOMIC INSERT INTO t VALUES (1); END")]
    [DataRow("create function f() returns int begin atomic select case when a then 1 else 2 end; select 2; end")]
    [DataRow("create function f() returns int begin atomic select case a when 1 then case b when 2 then 3 end end; end")]
    [DataRow("create function f() returns int begin atomic select t.end, 1 as end, (select 2 case); end")]
    [DataRow("create function f() returns int begin atomic select 1 as \"end\"; end")]
    [DataRow("create function f() returns int begin /* ; */ atomic end")]
    public void Semicolons_inside_an_atomic_body_do_not_split(string statement) =>
        AssertSplits($"{statement}; select 2", statement, "select 2");

    [TestMethod]
    [DataRow("create function begin() returns int return 1")]
    [DataRow("create function f(begin atomic) returns int return 1")]
    [DataRow("create table begin (atomic int)")]
    [DataRow("create view begin as select 1 as atomic")]
    [DataRow("select begin atomic from t")]
    public void The_words_begin_and_atomic_elsewhere_open_no_body(string statement) =>
        AssertSplits($"{statement}; select 2", statement, "select 2");

    private static void AssertSplits(string script, params string[] expected) =>
        CollectionAssert.AreEqual(expected, ScriptText.Split(PostgreSqlDialect.Instance, script));
}

using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts;

[TestClass]
public sealed class SqliteSplittingTests
{
    [TestMethod]
    [DataRow("'a'';b'")]
    [DataRow(@"'a\'||';'")]
    [DataRow(@"E'\'||';'")]
    [DataRow("\"a\"\";b\"")]
    [DataRow("`a``;b`")]
    [DataRow("[a;'b]")]
    [DataRow("x';'")]
    [DataRow("-- ; '\n 1")]
    [DataRow("-- a\r; '\n 1")]
    [DataRow("/* ; ' */ 1")]
    [DataRow("/* /* ; */ 1")]
    public void Semicolons_inside_quotes_and_comments_do_not_split(string quoted) =>
        AssertSplits($"select {quoted}; select 2", $"select {quoted}", "select 2");

    [TestMethod]
    [DataRow("select ?1, :a, @b, $c; select $d$")]
    [DataRow("select (1; select 2)")]
    [DataRow("select $$; select $$")]
    public void Parameters_parentheses_and_dollars_hold_no_semicolon(string script)
    {
        var parts = script.Split("; ");
        AssertSplits(script, parts[0], parts[1]);
    }

    [TestMethod]
    [DataRow("create trigger t after insert on a begin delete from b; end")]
    [DataRow("CREATE TEMP TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; SELECT 2; END")]
    [DataRow("create temporary trigger if not exists t after insert on a begin select 1; end")]
    [DataRow("create trigger t after insert on a begin select case when 1 then 2 end; select case 1 when 1 then 2 end; end")]
    [DataRow("create trigger t after insert on a begin select 1; -- end;\n /* ; */ end")]
    [DataRow("create trigger begin after insert on a begin select 1; end")]
    [DataRow("explain create trigger t after insert on a begin select 1; end")]
    [DataRow("explain query plan create trigger t after insert on a begin select 1; end")]
    [DataRow("create trigger t after update on a when new.x = ';' begin update a set \"end\" = 1; end")]
    public void Semicolons_inside_a_trigger_do_not_split(string trigger)
    {
        AssertSplits($"{trigger}; select 2", trigger, "select 2");
        AssertSplits(trigger, trigger);
    }

    [TestMethod]
    [DataRow("create table trigger_log (\"begin\" int)")]
    [DataRow("create trigger t")]
    [DataRow("drop trigger begin")]
    [DataRow("create table trigger (a)")]
    public void Other_statements_have_no_body(string statement) =>
        AssertSplits($"{statement}; select 2", statement, "select 2");

    private static void AssertSplits(string script, params string[] expected) =>
        CollectionAssert.AreEqual(expected, ScriptText.Split(SqliteDialect.Instance, script));
}

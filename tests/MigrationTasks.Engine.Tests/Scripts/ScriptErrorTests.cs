using MigrationTasks.MySql.Scripts;
using MigrationTasks.PostgreSql.Scripts;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts;

[TestClass]
public sealed class ScriptErrorTests
{
    [TestMethod]
    [DataRow("select 'a;\n''", 8)]
    [DataRow("select E'a\\'", 8)]
    [DataRow("select E'a'\n'b", 8)]
    [DataRow("select E'", 8)]
    [DataRow("select \"a;", 8)]
    [DataRow("select $a$ ; $b$ $a", 8)]
    [DataRow("/* a /* b */ ;", 1)]
    [DataRow("/* a *", 1)]
    [DataRow("select (1, (2); select 3;", 8)]
    [DataRow("select (1) + (((2", 14)]
    [DataRow("create function f() begin atomic select 1;", 21)]
    public void PostgreSql_what_is_never_closed_is_reported_where_it_opens(string script, int column) =>
        Assert.AreEqual($"MIG2004 /m/1.sql(2,{column})", ScriptText.Problem(PostgreSqlDialect.Instance, $"select 1;\n{script}"));

    [TestMethod]
    [DataRow("select 'a;\n''", 8)]
    [DataRow("select \"a;", 8)]
    [DataRow("select `a;``", 8)]
    [DataRow("select [a;", 8)]
    [DataRow("select /* a *", 8)]
    [DataRow("create trigger t before insert on a begin select 1;", 37)]
    [DataRow("create trigger t before insert on a begin select 1; end select", 37)]
    public void Sqlite_what_is_never_closed_is_reported_where_it_opens(string script, int column) =>
        Assert.AreEqual($"MIG2004 /m/1.sql(2,{column})", ScriptText.Problem(SqliteDialect.Instance, $"select 1;\n{script}"));

    [TestMethod]
    [DataRow("select 'a;\n''", 8)]
    [DataRow("select 'a\\'", 8)]
    [DataRow("select \"a\\\";", 8)]
    [DataRow("select \"", 8)]
    [DataRow("select `a;``", 8)]
    [DataRow("select 1 /* a *", 10)]
    [DataRow("select 1 /*!50003 + 'a*/", 21)]
    [DataRow("select 1 /*!50003 + 2;", 10)]
    [DataRow("select /*M! ( */ 1;", 13)]
    [DataRow("select (1, (2); select 3;", 8)]
    [DataRow("create procedure p() begin select 1;", 22)]
    [DataRow("create procedure p() begin if a then select 1; end;", 22)]
    [DataRow("create procedure p() while a do select 1;", 22)]
    [DataRow("create trigger t before insert on a for each row if a then set b = 1;", 50)]
    [DataRow("begin not atomic select 1;", 11)]
    public void MySql_what_is_never_closed_is_reported_where_it_opens(string script, int column) =>
        Assert.AreEqual($"MIG2004 /m/1.sql(2,{column})", ScriptText.Problem(MySqlDialect.Instance, $"select 1;\n{script}"));

    [TestMethod]
    [DataRow("select 1;\0", "(1,10)")]
    [DataRow("select\n '\0'", "(2,3)")]
    [DataRow("select 1 -- \0", "(1,13)")]
    [DataRow("s\0e\0l\0e\0c\0t\0 \0'\0", "(1,2)")]
    public void A_NUL_character_is_reported_wherever_it_stands(string script, string place)
    {
        Assert.AreEqual($"MIG2005 /m/1.sql{place}", ScriptText.Problem(PostgreSqlDialect.Instance, script));
        Assert.AreEqual($"MIG2005 /m/1.sql{place}", ScriptText.Problem(SqliteDialect.Instance, script));
        Assert.AreEqual($"MIG2005 /m/1.sql{place}", ScriptText.Problem(MySqlDialect.Instance, script));
    }

    [TestMethod]
    [DataRow(@"\i other.sql", @"\i ", "(1,1)")]
    [DataRow("select 1;\n  \\connect db", @"\connect ", "(2,3)")]
    [DataRow("select 1 \\gset\nselect 2;", @"\gset ", "(1,10)")]
    [DataRow(@"\restrict", @"\restrict ", "(1,1)")]
    [DataRow(" \\restrict abc", @"\restrict ", "(1,2)")]
    [DataRow("select 1; \\unrestrict abc", @"\unrestrict ", "(1,11)")]
    [DataRow("select 1\n\\restrict abc\n", @"\restrict ", "(2,1)")]
    [DataRow("\\restrict abc; select 1", @"\restrict ", "(1,1)")]
    [DataRow("\\restricted abc", @"\restricted ", "(1,1)")]
    [DataRow("\\. ", @"\. ", "(1,1)")]
    [DataRow(@"select 1\;select 2", @"\ ", "(1,9)")]
    public void A_command_of_psql_is_named_and_located(string script, string command, string place)
    {
        Assert.AreEqual($"MIG2006 /m/1.sql{place}", ScriptText.Problem(PostgreSqlDialect.Instance, script));
        var message = Assert.ThrowsExactly<Diagnostics.MigrationException>(() => ScriptText.Read(PostgreSqlDialect.Instance, script)).Message;
        Assert.StartsWith($"{command}is a command of the psql program", message);
    }

    [TestMethod]
    [DataRow("\\restrict k3y\n\nselect 1;\n\\unrestrict k3y\n")]
    [DataRow("\\restrict  k3y \r\n\r\nselect 1;\r\n\\unrestrict k3y")]
    [DataRow("-- dump\n\\restrict k3y\nselect 1\n;\n\\unrestrict k3y\n\n")]
    public void The_marks_that_pg_dump_puts_around_a_script_are_stepped_over(string script)
    {
        var statement = ScriptText.Only(PostgreSqlDialect.Instance, script);
        Assert.AreEqual(("select 1", 3, 1), (statement.Text, statement.Line, statement.Column));
        Assert.AreEqual(script.IndexOf("select", StringComparison.Ordinal), statement.Offset);
    }

    [TestMethod]
    public void A_backslash_inside_quotes_and_comments_is_no_command() => Assert.HasCount(
        1, ScriptText.Read(PostgreSqlDialect.Instance, "select '\\i', \"\\i\", $$\\i$$ /* \\i */ -- \\i"));

    [TestMethod]
    public void A_command_of_sqlite3_is_named_and_located()
    {
        const string Script = "select 1;\n.read x.sql\n";
        Assert.AreEqual("MIG2006 /m/1.sql(2,1)", ScriptText.Problem(SqliteDialect.Instance, Script));
        var message = Assert.ThrowsExactly<Diagnostics.MigrationException>(() => ScriptText.Read(SqliteDialect.Instance, Script)).Message;
        Assert.StartsWith(".read is a command of the sqlite3 program", message);
    }

    [TestMethod]
    public void A_dot_inside_a_statement_is_no_command() =>
        Assert.HasCount(1, ScriptText.Read(SqliteDialect.Instance, "select a\n.b, .5 from c . d"));

    [TestMethod]
    [DataRow("select 1\\G", @"\G ", "(1,9)")]
    [DataRow("select 1;\n\\. other.sql", @"\. ", "(2,1)")]
    [DataRow("\\d $$\nselect 1$$", @"\d ", "(1,1)")]
    [DataRow("source other.sql\nselect 1;", "source ", "(1,1)")]
    [DataRow("select 1;\n  SOURCE other.sql;", "SOURCE ", "(2,3)")]
    [DataRow("select 1;\ntee out.txt", "tee ", "(2,1)")]
    [DataRow("quit", "quit ", "(1,1)")]
    public void A_command_of_mariadb_is_named_and_located(string script, string command, string place)
    {
        Assert.AreEqual($"MIG2006 /m/1.sql{place}", ScriptText.Problem(MySqlDialect.Instance, script));
        var message = Assert.ThrowsExactly<Diagnostics.MigrationException>(() => ScriptText.Read(MySqlDialect.Instance, script)).Message;
        Assert.StartsWith($"{command}is a command of the mariadb or mysql program", message);
    }

    [TestMethod]
    [DataRow("select source, quit from status")]
    [DataRow("insert into source values ('\\G') /* \\G */ -- \\G")]
    [DataRow("select \\N")]
    [DataRow("help 'select'")]
    public void What_the_server_takes_is_no_command_of_mariadb(string script) => Assert.HasCount(1, ScriptText.Read(MySqlDialect.Instance, script));

    [TestMethod]
    [DataRow("select 1;\nDELIMITER\n", "(2,1)")]
    [DataRow("  delimiter  ", "(1,3)")]
    [DataRow("DELIMITER ''", "(1,1)")]
    [DataRow("DELIMITER 'a b'", "(1,1)")]
    [DataRow("DELIMITER '", "(1,1)")]
    [DataRow(@"DELIMITER \\", "(1,1)")]
    [DataRow("DELIMITER a\"b", "(1,1)")]
    public void A_delimiter_that_is_none_is_reported(string script, string place) =>
        Assert.AreEqual($"MIG2026 /m/1.sql{place}", ScriptText.Problem(MySqlDialect.Instance, script));

    [TestMethod]
    public void Statements_before_the_problem_come_out_first()
    {
        using var statements = PostgreSqlDialect.Instance.ReadStatements(new StringReader("select 1; select 'a"), null).GetEnumerator();
        Assert.IsTrue(statements.MoveNext());
        Assert.AreEqual("select 1", statements.Current.Text);
        Assert.AreEqual("MIG2004 ", ScriptText.Problem(() => statements.MoveNext()));
    }
}

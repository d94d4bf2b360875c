using MigrationTasks.Engine.Scripts;
using MigrationTasks.MySql.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts;

[TestClass]
public sealed class MySqlSplittingTests
{
    [TestMethod]
    [DataRow(@"'a'';b'")]
    [DataRow(@"'a\';b'")]
    [DataRow(@"'a\\'")]
    [DataRow(@"""a\"";b""")]
    [DataRow(@"""a"""";b""")]
    [DataRow("`a``;b`")]
    [DataRow(@"`a\`")]
    [DataRow("N'a;', _utf8mb4'b;', x'41'")]
    [DataRow("-- ; '\n 1")]
    [DataRow("--\t; '\n 1")]
    [DataRow("--\n 1")]
    [DataRow("# ; '\n 1")]
    [DataRow("#a /* ; \n 1")]
    [DataRow("-- a\r; '\n 1")]
    [DataRow("/* ; ' */ 1")]
    [DataRow("/* /* ; */ 1")]
    [DataRow("/*+ ; ' */ 1")]
    [DataRow("/*!50003 ; ';' */ 1")]
    [DataRow("/*M!100100 ; */ 1")]
    [DataRow("/*! ; */ 1")]
    [DataRow("(1; 2)")]
    [DataRow(@"\N")]
    public void Semicolons_inside_quotes_and_comments_do_not_split(string quoted) =>
        AssertSplits($"select {quoted}; select 2", $"select {quoted}", "select 2");

    [TestMethod]
    [DataRow("select 5--1; select 2")]
    [DataRow("select 5--'a;b'; select 2")]
    [DataRow("select 4 /2*3; select 2")]
    [DataRow("select a$b, $c, 1*/2; select 2")]
    [DataRow("select @`a`, @'b', @@c, @end, t.end, end from t; select 2")]
    public void Dashes_slashes_stars_and_at_signs_are_operators(string script)
    {
        var parts = script.Split("; ");
        AssertSplits(script, parts[0], parts[1]);
    }

    [TestMethod]
    [DataRow("--------\n--note;\n  --'\nselect 1; --more;\nselect 2;\n--")]
    [DataRow("select 1;\n-----;'\nselect 2")]
    public void Dashes_before_a_statement_start_a_comment_whatever_follows(string script) => AssertSplits(script, "select 1", "select 2");

    [TestMethod]
    [DataRow("create procedure p() begin select 1; select 2; end")]
    [DataRow("CREATE OR REPLACE DEFINER=`root`@`localhost` PROCEDURE `p`(in a int) BEGIN SELECT 1; END")]
    [DataRow("create definer = root@localhost procedure if not exists p() sql security invoker begin select 1; end")]
    [DataRow("create procedure begin() begin select 1; end")]
    [DataRow("create procedure p() main: begin leave main; end main")]
    [DataRow("create procedure p() begin begin select 1; end; begin end; end")]
    [DataRow("create procedure p() begin if a then select 1; elseif b then select 2; else begin select 3; end; end if; end")]
    [DataRow("create procedure p() begin case a when 1 then select 1; else select 2; end case; end")]
    [DataRow("create procedure p() begin set a = case when b then 1 else 2 end; select case 1 when 1 then case 2 when 2 then 3 end end; end")]
    [DataRow("create procedure p() begin l: loop leave l; end loop l; while a do set a = 0; end while; repeat set a = 1; until a end repeat; end")]
    [DataRow("create procedure p() begin repeat set a = 1; until case when a then 1 end end repeat; select 1; end")]
    [DataRow("create procedure p() begin for i in 1..10 do select i; end for; end")]
    [DataRow("create procedure p() begin declare exit handler for sqlexception begin rollback; resignal; end; select 1; end")]
    [DataRow("create procedure p() begin declare continue handler for not found set done = 1; declare c cursor for select 1; end")]
    [DataRow("create procedure p() begin declare continue handler for sqlstate '42000' if a then select 1; end if; end")]
    [DataRow("create procedure p() begin select if(a, 1, 2); drop table if exists t; set b = repeat('a', 3); end")]
    [DataRow("create procedure p() begin select t.end, @end, `end`, end from t; insert into t (begin, end) values (1, 2); end")]
    [DataRow("create procedure p() begin -- end;\n /* end; */ # end;\n select 1; end")]
    [DataRow("create procedure p() begin start transaction; insert into t values (1); commit; end")]
    [DataRow("create procedure p() if a then select 1; end if")]
    [DataRow("create procedure p() if not exists (select 1) then select 1; end if")]
    [DataRow("create procedure `p`() while a do select 1; end while")]
    [DataRow("create function f() returns varchar(9) character set utf8mb4 deterministic begin return 1; end")]
    [DataRow("create function f() returns int return if(a, case b when 1 then 2 end, 3)")]
    [DataRow("create aggregate function f(x int) returns int begin declare continue handler for not found return 1; loop fetch group next row; end loop; end")]
    [DataRow("create function f returns string soname 'f.so'")]
    [DataRow("create trigger t before insert on a for each row begin set new.b = 1; end")]
    [DataRow("create trigger if not exists t after update on a for each row follows u begin set @b = 1; end")]
    [DataRow("create trigger t before insert on a for each row if new.a < 0 then set new.a = 0; end if")]
    [DataRow("create trigger t before insert on a for each row set new.a = if(new.b, 1, 2)")]
    [DataRow("/*!50003 CREATE*/ /*!50017 DEFINER=`root`@`localhost`*/ /*!50003 TRIGGER t BEFORE INSERT ON a FOR EACH ROW BEGIN SET NEW.b = 1; END */")]
    [DataRow("create event e on schedule every 1 day starts now() ends now() do begin delete from a; end")]
    [DataRow("create event if not exists e on schedule at now() do delete from a")]
    [DataRow("alter event e on schedule every 1 day do begin delete from a; delete from b; end")]
    [DataRow("begin not atomic declare a int; select 1; end")]
    [DataRow("if (select 1) then create table t (a int); end if")]
    public void Semicolons_inside_a_body_do_not_split(string statement)
    {
        AssertSplits($"{statement}; select 2", statement, "select 2");
        AssertSplits($"select 0;{statement}", "select 0", statement);
    }

    [TestMethod]
    [DataRow("CREATE PROCEDURE p(a INT) AS b INT; c VARCHAR2(9); BEGIN SELECT 1; EXCEPTION WHEN OTHERS THEN BEGIN NULL; END; END")]
    [DataRow("CREATE FUNCTION f(a INT) RETURN INT IS BEGIN IF a IS NULL THEN RETURN 1; ELSIF a THEN RETURN 2; END IF; RETURN 3; END f")]
    [DataRow("CREATE PROCEDURE p AS BEGIN FOR i IN 1..3 LOOP NULL; END LOOP; WHILE a LOOP a := 1; END LOOP; <<l>> LOOP EXIT l; END LOOP; END")]
    [DataRow("CREATE OR REPLACE PACKAGE p AS FUNCTION f(a INT) RETURN INT; PROCEDURE q; END")]
    [DataRow("CREATE PACKAGE BODY p AS x INT := 1; FUNCTION f(a INT) RETURN INT AS y INT; BEGIN RETURN 1; END; PROCEDURE q IS BEGIN NULL; END q; BEGIN x := 2; END")]
    [DataRow("CREATE PACKAGE p FUNCTION f(a INT) RETURNS INT; PROCEDURE q(); END")]
    [DataRow("CREATE PACKAGE BODY p FUNCTION f(a INT) RETURNS INT BEGIN RETURN 1; END; PROCEDURE q() BEGIN END; END")]
    public void Semicolons_inside_a_body_as_Oracle_writes_it_do_not_split(string statement) =>
        AssertSplits($"{statement}; select 2", statement, "select 2");

    [TestMethod]
    [DataRow("begin")]
    [DataRow("begin work")]
    [DataRow("xa begin 'a'")]
    [DataRow("xa end 'a'")]
    [DataRow("create table if not exists begin (a int)")]
    [DataRow("create definer = a sql security definer view begin as select case a when 1 then 2 end from b")]
    [DataRow("drop procedure if exists begin")]
    [DataRow("alter procedure p comment 'begin'")]
    [DataRow("create procedure p() select case a when 1 then 2 end")]
    [DataRow("create function f() returns int return a is null")]
    [DataRow("select if(a, 1, 2)")]
    [DataRow("use shop")]
    public void Other_statements_have_no_body(string statement) =>
        AssertSplits($"{statement}; select 2", statement, "select 2");

    [TestMethod]
    [DataRow("$$")]
    [DataRow("//")]
    [DataRow(";;")]
    [DataRow("|")]
    [DataRow("GO")]
    [DataRow("--")]
    [DataRow("#")]
    [DataRow("§")]
    [DataRow("1")]
    public void A_delimiter_ends_statements_until_the_next(string delimiter) => AssertSplits(
        $"select 0;\nDELIMITER {delimiter}\ncreate procedure p() begin select 'x{delimiter}'; /* {delimiter} */ end{delimiter}\nselect ';'{delimiter}\ndelimiter ;\nselect 2; select 3",
        "select 0",
        $"create procedure p() begin select 'x{delimiter}'; /* {delimiter} */ end",
        "select ';'",
        "select 2",
        "select 3");

    [TestMethod]
    [DataRow("DELIMITER '$$'\nselect 1; select 2$$")]
    [DataRow("DELIMITER \"$$\" -- dollars\nselect 1; select 2$$")]
    [DataRow("  delimiter\t$$ and more\r\nselect 1; select 2$$")]
    [DataRow("select 0; DELIMITER $$\nselect 1; select 2$$")]
    [DataRow("DELIMITER //\nselect 3//DELIMITER $$\nselect 1; select 2")]
    public void A_delimiter_may_be_quoted_and_stand_behind_a_statement(string script) =>
        Assert.AreEqual("select 1; select 2", ScriptText.Split(MySqlDialect.Instance, script)[^1]);

    [TestMethod]
    public void Places_behind_a_delimiter_are_right()
    {
        var statements = ScriptText.Read(MySqlDialect.Instance, "-- one\nDELIMITER //\n\n  select 1,\n  x//\nDELIMITER ;\nselect 2;").Where(statement => statement.Kind != StatementKind.Empty).ToList();
        Assert.AreEqual((4, 3), (statements[0].Line, statements[0].Column));
        Assert.AreEqual("/m/1.sql(5,3)", statements[0].LocationOfLine(ScriptText.File, 2).ToString());
        Assert.AreEqual((7, 1), (statements[1].Line, statements[1].Column));
    }

    [TestMethod]
    [DataRow("/*!40101 SET NAMES utf8 */;", "/*!40101 SET NAMES utf8 */")]
    [DataRow("/*M!100100 SET @a = 1 */;", "/*M!100100 SET @a = 1 */")]
    [DataRow("-- x\n/*! SET @a = 1 */ -- y\n;", "/*! SET @a = 1 */")]
    [DataRow("/*!50003 SELECT 'a*/b' */;", "/*!50003 SELECT 'a*/b' */")]
    [DataRow("/*!50003 SELECT 1 /* ; */ + 1 */;", "/*!50003 SELECT 1 /* ; */ + 1 */")]
    [DataRow("/*M!999999\\- enable the sandbox mode */\nSELECT 1;", "SELECT 1")]
    [DataRow("/*!999999\\- enable the sandbox mode */ \nSELECT 1;", "SELECT 1")]
    public void A_version_comment_is_code(string script, string expected) => AssertSplits(script, expected);

    private static void AssertSplits(string script, params string[] expected) =>
        CollectionAssert.AreEqual(expected, ScriptText.Split(MySqlDialect.Instance, script));
}

namespace MigrationTasks.Engine.Tests.Lint;

[TestClass]
public sealed class LintIgnoreTests
{
    [TestMethod]
    [DataRow("-- Lint: ignore MIG5030 nobody uses it\nDROP TABLE t;")]
    [DataRow("-- lint : IGNORE mig5030: nobody uses it\n\n-- and more\nDROP TABLE t;\n")]
    [DataRow("SELECT 1;\n-- Lint: ignore MIG5030 nobody uses it\n\nDROP TABLE t;")]
    [DataRow("DROP TABLE t; -- Lint: ignore MIG5030 nobody uses it\nSELECT 1;")]
    [DataRow("DROP TABLE t; -- Lint: ignore MIG5030 nobody uses it")]
    [DataRow("DROP TABLE t -- Lint: ignore MIG5030 nobody uses it\n;")]
    [DataRow("DROP TABLE -- Lint: ignore MIG5030 nobody uses it\nt;")]
    [DataRow("DROP TABLE t; DROP TABLE u; -- Lint: ignore MIG5030 nobody uses either")]
    [DataRow("-- Lint: ignore MIG5030, MIG5031 nobody uses it\nALTER TABLE t DROP COLUMN a;", "MIG5092(1,1)")]
    [DataRow("-- Lint: ignore MIG5031, MIG5033 nobody uses it\nALTER TABLE t DROP COLUMN a;\nALTER TABLE t RENAME b TO c; -- Lint: ignore MIG5033 at once", "MIG5092(1,1)")]
    [DataRow("/* -- Lint: ignore MIG5030 not a comment of its own */ DROP TABLE t;", "MIG5030(1,56)")]
    [DataRow("SELECT '\n-- Lint: ignore MIG5030 in a string\n'; DROP TABLE t;", "MIG5030(3,4)")]
    [DataRow("-- Lint: ignore MIG5030 one only\nDROP TABLE t;\nDROP TABLE u;", "MIG5030(3,1)")]
    public void A_comment_at_the_statement_silences_it(string script, string left = "") => Assert.AreEqual(left, LintText.PostgreSql(script));

    [TestMethod]
    [DataRow("-- Lint: ignore MIG5030 the old shop is closed\n\nDROP TABLE t;\nDROP TABLE u;", "")]
    [DataRow("-- Migration: away with it\r\n-- Lint: ignore MIG5030 the old shop is closed\r\n\r\nDROP TABLE t;\r\nDROP TABLE u;", "")]
    [DataRow("\n-- Lint: ignore MIG5030 the old shop is closed\nDROP TABLE t;\nDROP TABLE u;", "MIG5030(4,1)")]
    [DataRow("SELECT 1;\n-- Lint: ignore MIG5030 the old shop is closed\n\nDROP TABLE t;\nDROP TABLE u;", "MIG5030(5,1)")]
    public void At_the_top_and_before_an_empty_line_it_silences_the_whole_file(string script, string left) => Assert.AreEqual(left, LintText.PostgreSql(script));

    [TestMethod]
    [DataRow("-- Lint: ignore MIG5030\nDROP TABLE t;", "MIG5091(1,1)")]
    [DataRow("DROP TABLE t; -- Lint: ignore MIG5030 -\n", "MIG5091(1,15)")]
    [DataRow("-- Lint: ignore MIG5999 a typo\nDROP TABLE t;", "MIG5090(1,1), MIG5030(2,1)")]
    [DataRow("-- Lint: ignore MIG4008 no lint\nSELECT 1;", "MIG5090(1,1)")]
    [DataRow("-- Lint: ignore everything\nDROP TABLE t;", "MIG5090(1,1), MIG5030(2,1)")]
    [DataRow("-- Lint: off\nSELECT 1;", "MIG5090(1,1)")]
    [DataRow("-- Lint: ignore MIG5030 nothing here\nSELECT 1;", "MIG5092(1,1)")]
    [DataRow("SELECT 1;\n-- Lint: ignore MIG5030 no statement follows", "MIG5092(2,1)")]
    [DataRow("-- Lint: ignore MIG5001 not for SQLite\nSELECT 1;", "MIG5092(1,1)")]
    public void A_comment_that_is_not_right_is_a_warning_itself(string script, string warnings) => Assert.AreEqual(warnings, LintText.Sqlite(script));

    [TestMethod]
    [DataRow("-- Linting: ignore MIG5030 is prose\nSELECT 1;")]
    [DataRow("-- See Lint: ignore MIG5030\nSELECT 1;")]
    public void Other_comments_are_nobodys_business(string script) => Assert.AreEqual("", LintText.PostgreSql(script));

    [TestMethod]
    public void A_rollback_header_ends_before_it() => Assert.AreEqual(
        "", LintText.PostgreSqlAlone("-- Rollback: CREATE TABLE t (a int);\n-- Lint: ignore MIG5030 nobody uses it\n\nDROP TABLE t;"));
}

namespace MigrationTasks.Engine.Tests.Lint;

[TestClass]
public sealed class RowRulesTests
{
    [TestMethod]
    [DataRow("TRUNCATE t;", "MIG5040(1,1)")]
    [DataRow("truncate table only a, s.b restart identity cascade;", "MIG5040(1,1), MIG5040(1,1), MIG5051(1,1)")]
    [DataRow("DELETE FROM t;", "MIG5040(1,1)")]
    [DataRow("DELETE FROM ONLY t AS x USING u;", "MIG5040(1,1)")]
    [DataRow("WITH x AS (SELECT 1 WHERE true) DELETE FROM t;", "MIG5040(1,33)")]
    [DataRow("DELETE FROM t WHERE a = 1;", "")]
    [DataRow("CREATE TABLE t (a int); TRUNCATE t;", "")]
    [DataRow("CREATE FUNCTION f() RETURNS void LANGUAGE sql AS $$ DELETE FROM t; $$;", "")]
    public void All_rows_are_not_deleted_unseen(string script, string warnings) => Assert.AreEqual(warnings, LintText.PostgreSql(script));

    [TestMethod]
    [DataRow("UPDATE t SET a = 1;", "MIG5041(1,1)")]
    [DataRow("UPDATE t SET a = (SELECT 1 FROM u WHERE u.id = t.id);", "MIG5041(1,1)")]
    [DataRow("WITH x AS (SELECT 1) UPDATE t SET a = 1;", "MIG5041(1,22)")]
    [DataRow("UPDATE t SET a = 1 WHERE b;", "")]
    [DataRow("UPDATE t SET a = u.a FROM u WHERE u.id = t.id;", "")]
    [DataRow("INSERT INTO t VALUES (1) ON CONFLICT (a) DO UPDATE SET a = 1;", "")]
    [DataRow("WITH x AS (SELECT 1) INSERT INTO t SELECT * FROM x ON CONFLICT (a) DO UPDATE SET a = 1;", "")]
    [DataRow("CREATE TABLE t (a int); UPDATE t SET a = 1;", "")]
    public void All_rows_are_not_updated_at_once(string script, string warnings) => Assert.AreEqual(warnings, LintText.PostgreSql(script));

    [TestMethod]
    [DataRow("DELETE FROM t;", "MIG5040(1,1)")]
    [DataRow("UPDATE OR IGNORE t SET a = 1;", "")]
    public void SQLite_has_no_others_who_wait(string script, string warnings) => Assert.AreEqual(warnings, LintText.Sqlite(script));
}

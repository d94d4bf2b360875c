namespace MigrationTasks.Engine.Tests.Lint;

[TestClass]
public sealed class MySqlRulesTests
{
    [TestMethod]
    [DataRow("DROP TABLE t;", "MIG5030(1,1)")]
    [DataRow("DROP TABLE IF EXISTS `a`, s.b;", "MIG5030(1,1), MIG5030(1,1)")]
    [DataRow("DROP TEMPORARY TABLE t;", "")]
    [DataRow("CREATE TABLE t (a int) ENGINE = InnoDB; DROP TABLE T;", "")]
    [DataRow("DROP INDEX i ON t;", "")]
    public void A_table_is_not_dropped_unseen(string script, string warnings) => Assert.AreEqual(warnings, LintText.MySql(script));

    [TestMethod]
    [DataRow("ALTER TABLE t DROP COLUMN a;", "MIG5031(1,15)")]
    [DataRow("ALTER TABLE t ADD b int AFTER a, DROP a;", "MIG5031(1,34)")]
    [DataRow("ALTER ONLINE IGNORE TABLE t DROP COLUMN IF EXISTS a;", "MIG5031(1,29)")]
    [DataRow("ALTER TABLE t DROP `index`;", "MIG5031(1,15)")]
    [DataRow("ALTER TABLE t DROP INDEX a, DROP PRIMARY KEY, DROP FOREIGN KEY f, DROP CONSTRAINT c;", "")]
    [DataRow("ALTER TABLE t ADD COLUMN (n int, m decimal(1, 2)); ALTER TABLE t DROP n, DROP m;", "")]
    [DataRow("ALTER TABLE t ADD UNIQUE KEY k (a), ADD CONSTRAINT FOREIGN KEY (a) REFERENCES u (a);", "")]
    public void A_column_is_not_dropped_unseen(string script, string warnings) => Assert.AreEqual(warnings, LintText.MySql(script));

    [TestMethod]
    [DataRow("ALTER TABLE t RENAME TO u;", "MIG5032(1,15)")]
    [DataRow("ALTER TABLE t RENAME u;", "MIG5032(1,15)")]
    [DataRow("RENAME TABLE t TO u;", "MIG5032(1,14)")]
    [DataRow("RENAME TABLE t TO u; CREATE VIEW t AS SELECT * FROM u;", "")]
    [DataRow("CREATE TABLE n (a int); INSERT INTO n SELECT a FROM t; RENAME TABLE t TO o, n TO t;", "")]
    [DataRow("ALTER TABLE t RENAME INDEX a TO b;", "")]
    [DataRow("ALTER TABLE t RENAME COLUMN a TO b;", "MIG5033(1,15)")]
    [DataRow("ALTER TABLE t CHANGE COLUMN a b int NOT NULL;", "MIG5033(1,15)")]
    [DataRow("ALTER TABLE t CHANGE `a` A bigint;", "")]
    [DataRow("ALTER TABLE t MODIFY a bigint;", "")]
    public void A_name_that_is_in_use_stays(string script, string warnings) => Assert.AreEqual(warnings, LintText.MySql(script));

    [TestMethod]
    [DataRow("TRUNCATE t;", "MIG5040(1,1)")]
    [DataRow("DELETE FROM t;", "MIG5040(1,1)")]
    [DataRow("DELETE LOW_PRIORITY QUICK FROM t ORDER BY a;", "MIG5040(1,1)")]
    [DataRow("DELETE FROM t WHERE a = 1;", "")]
    [DataRow("DELETE FROM t LIMIT 1000;", "")]
    [DataRow("DELETE a FROM a JOIN b ON a.id = b.id;", "")]
    [DataRow("DELETE FROM a, b USING a JOIN b ON a.id = b.id;", "")]
    [DataRow("UPDATE t SET a = 1;", "MIG5041(1,1)")]
    [DataRow("UPDATE IGNORE t AS x SET a = 1, b = (SELECT 1 FROM u WHERE true);", "MIG5041(1,1)")]
    [DataRow("UPDATE t x SET a = 1 WHERE b;", "")]
    [DataRow("UPDATE t SET a = 1 ORDER BY id LIMIT 10;", "")]
    [DataRow("UPDATE a JOIN b ON a.id = b.id SET a.x = b.x;", "")]
    [DataRow("UPDATE a, b SET a.x = b.x;", "")]
    [DataRow("# all of them\nDELETE FROM t -- really\n;", "MIG5040(2,1)")]
    [DataRow("CREATE TRIGGER g AFTER INSERT ON t FOR EACH ROW BEGIN DELETE FROM u; END;", "")]
    public void All_rows_are_not_changed_unseen(string script, string warnings) => Assert.AreEqual(warnings, LintText.MySql(script));

    [TestMethod]
    [DataRow("-- Lint: ignore MIG5040 it is a cache\nDELETE FROM t;", "")]
    [DataRow("ALTER TABLE t ADD a int NOT NULL, MODIFY b bigint, ADD INDEX (b);", "")]
    public void What_is_about_other_databases_is_not_said(string script, string warnings) => Assert.AreEqual(warnings, LintText.MySql(script));
}

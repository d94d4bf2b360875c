using MigrationTasks.Engine.Lint;
using MigrationTasks.MySql.Lint;
using MigrationTasks.PostgreSql.Lint;
using MigrationTasks.Sqlite.Lint;

namespace MigrationTasks.Engine.Tests.Lint;

[TestClass]
public sealed class RemovalRulesTests
{
    [TestMethod]
    [DataRow("DROP TABLE t;", "MIG5030(1,1)")]
    [DataRow("DROP TABLE IF EXISTS s.t, \"U\" CASCADE;", "MIG5030(1,1), MIG5030(1,1)")]
    [DataRow("CREATE TEMP TABLE t (a int); DROP TABLE t;", "")]
    [DataRow("DROP TABLE t; CREATE TABLE t (a int);", "MIG5030(1,1)")]
    [DataRow("CREATE TABLE n (a int);\nINSERT INTO n SELECT a FROM t;\nDROP TABLE t;\nALTER TABLE n RENAME TO t;", "")]
    [DataRow("ALTER TABLE t RENAME TO o;\nCREATE TABLE t (a int);\nINSERT INTO t SELECT a FROM o;\nDROP TABLE o;", "")]
    [DataRow("DROP VIEW t;", "")]
    public void A_table_is_not_dropped_unseen(string script, string warnings)
    {
        Assert.AreEqual(warnings, LintText.PostgreSql(script));
        Assert.AreEqual(warnings, LintText.Sqlite(script));
    }

    [TestMethod]
    [DataRow("", "CREATE TABLE n (a int, b int)", "INSERT INTO n (a) SELECT a FROM t WHERE a > 0", "DROP TABLE t", "ALTER TABLE n RENAME TO t")]
    [DataRow("", "CREATE TABLE n AS SELECT * FROM t", "DROP TABLE t;ALTER TABLE n RENAME TO t")]
    [DataRow("", "ALTER TABLE t RENAME TO o", "CREATE TABLE t (a int)", "INSERT INTO t SELECT * FROM o", "DROP TABLE o")]
    [DataRow("MIG5030", "CREATE TABLE n (a int)", "INSERT INTO n SELECT a FROM t", "DROP TABLE t")]
    [DataRow("MIG5030, MIG5032", "CREATE TABLE n (a int)", "INSERT INTO n VALUES (1)", "DROP TABLE t", "ALTER TABLE n RENAME TO t")]
    [DataRow("MIG5032, MIG5030", "ALTER TABLE t RENAME TO o", "CREATE TABLE t (a int)", "DROP TABLE o")]
    public void A_table_may_be_rebuilt_over_several_files(string codes, params string[] files)
    {
        foreach (var profile in new[] { SqliteLint.Profile, PostgreSqlLint.PostgreSql, MySqlLint.Profile })
        {
            var warnings = LintText.Warnings(profile, new LintOptions(), "SELECT 1;", ["CREATE TABLE t (a int)", .. files]);
            Assert.AreEqual(codes, string.Join(", ", warnings.Select(warning => warning.Code).Where(code => code is "MIG5030" or "MIG5032")));
        }
    }

    [TestMethod]
    [DataRow("ALTER TABLE t DROP COLUMN a;", "MIG5031(1,15)")]
    [DataRow("ALTER TABLE t DROP a", "MIG5031(1,15)")]
    [DataRow("ALTER TABLE t ADD n int; UPDATE t SET n = a WHERE a > 0; ALTER TABLE t DROP COLUMN a; ALTER TABLE t RENAME COLUMN n TO a;", "")]
    [DataRow("ALTER TABLE t ADD n int; ALTER TABLE t DROP COLUMN n;", "")]
    [DataRow("CREATE TABLE t (a int); ALTER TABLE t DROP COLUMN a;", "")]
    public void A_column_is_not_dropped_unseen(string script, string warnings)
    {
        Assert.AreEqual(warnings, LintText.PostgreSql(script));
        Assert.AreEqual(warnings, LintText.Sqlite(script));
    }

    [TestMethod]
    public void Each_part_of_an_ALTER_TABLE_is_judged_where_it_stands() => Assert.AreEqual(
        "MIG5031(2,5), MIG5031(4,5)",
        LintText.PostgreSql("ALTER TABLE t\n    DROP COLUMN a,\n    ADD COLUMN b int DEFAULT least(1, 2),\n    DROP COLUMN IF EXISTS c CASCADE;"));

    [TestMethod]
    [DataRow("ALTER TABLE t RENAME TO u;", "MIG5032(1,15)")]
    [DataRow("ALTER TABLE t RENAME TO u; CREATE VIEW t AS SELECT * FROM u;", "")]
    [DataRow("CREATE TABLE t (a int); ALTER TABLE t RENAME TO u;", "")]
    [DataRow("ALTER TABLE t RENAME COLUMN a TO b;", "MIG5033(1,15)")]
    [DataRow("ALTER TABLE t RENAME a TO b;", "MIG5033(1,15)")]
    public void A_name_that_is_in_use_stays(string script, string warnings)
    {
        Assert.AreEqual(warnings, LintText.PostgreSql(script));
        Assert.AreEqual(warnings, LintText.Sqlite(script));
    }

    [TestMethod]
    [DataRow("ALTER TABLE t SET SCHEMA archive;", "MIG5032(1,15)")]
    [DataRow("ALTER TABLE t RENAME CONSTRAINT c TO d;", "")]
    [DataRow("ALTER INDEX i RENAME TO j;", "")]
    [DataRow("ALTER TYPE e RENAME VALUE 'a' TO 'b';", "MIG5034(1,1)")]
    [DataRow("ALTER TYPE e RENAME TO f;", "")]
    public void A_name_that_is_in_use_stays_in_PostgreSQL(string script, string warnings) => Assert.AreEqual(warnings, LintText.PostgreSql(script));
}

using MigrationTasks.MySql;

namespace MigrationTasks.Engine.Tests.Statements;

[TestClass]
public sealed class StatementEffectTests
{
    [TestMethod]
    [DataRow("CALL p()")]
    [DataRow("ALTER TABLE a ENGINE = InnoDB")]
    [DataRow("ALTER TABLE a DROP COLUMN old, ADD COLUMN old bigint", DisplayName = "a column that takes the place of another")]
    [DataRow("ALTER TABLE a DROP INDEX i, ADD INDEX i (id)")]
    [DataRow("ALTER TABLE a ADD INDEX (id)", DisplayName = "an index without a name")]
    [DataRow("ALTER TABLE a DROP PARTITION p0")]
    [DataRow("RENAME TABLE a TO x, b TO a, x TO b")]
    [DataRow("CREATE OR REPLACE TABLE a (id int)")]
    [DataRow("CREATE OR REPLACE DATABASE d")]
    [DataRow("CREATE OR REPLACE SEQUENCE r", DisplayName = "a sequence that begins anew")]
    [DataRow("DROP TABLE IF EXISTS a; CREATE TABLE a (id int)", DisplayName = "a table that takes the place of another")]
    [DataRow("CREATE TABLE n (id int); INSERT INTO n VALUES (1)", DisplayName = "several statements")]
    [DataRow("DROP PROCEDURE IF EXISTS q; CALL p()", DisplayName = "several statements, of which one is not known")]
    [DataRow("CREATE FUNCTION f RETURNS STRING SONAME 'f.so'")]
    [DataRow("CREATE USER 'me'@'%'")]
    [DataRow("BEGIN NOT ATOMIC DROP TABLE IF EXISTS a; END")]
    public void Of_what_leaves_no_trace_nothing_is_said(string statement)
    {
        Assert.IsNull(StatementEffect.Of(statement));
        Assert.IsFalse(StatementEffect.IsRepeatable(statement));
    }
}

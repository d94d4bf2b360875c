using MigrationTasks.Engine.Lint;
using MigrationTasks.PostgreSql.Lint;

namespace MigrationTasks.Engine.Tests.Lint;

[TestClass]
public sealed class LockRulesTests
{
    [TestMethod]
    [DataRow("ALTER TABLE t ADD a int;", "(1,15)")]
    [DataRow("ALTER TABLE t ADD a int;\nALTER TABLE t ADD b int;", "(1,15)")]
    [DataRow("CREATE TRIGGER x AFTER UPDATE OF a ON t EXECUTE FUNCTION f();", "(1,1)")]
    [DataRow("DROP POLICY IF EXISTS p ON t;", "(1,1)")]
    [DataRow("LOCK TABLE t;", "(1,1)")]
    [DataRow("-- Lock timeout: 5s\nALTER TABLE t ADD a int;", "")]
    [DataRow("SET LOCAL lock_timeout = '5s';\nALTER TABLE t ADD a int;", "")]
    [DataRow("set lock_timeout to 5000; ALTER TABLE t ADD a int;", "")]
    [DataRow("SELECT set_config('lock_timeout', '2s', true); ALTER TABLE t ADD a int;", "")]
    [DataRow("ALTER TABLE t VALIDATE CONSTRAINT c;", "")]
    [DataRow("ALTER TABLE t ALTER a SET STATISTICS 500, SET (fillfactor = 70);", "")]
    [DataRow("LOCK TABLE t IN ROW EXCLUSIVE MODE;", "")]
    [DataRow("CREATE TABLE t (a int); ALTER TABLE t ADD b int;", "")]
    [DataRow("INSERT INTO t VALUES (1);", "")]
    public void A_lock_is_not_waited_for_without_a_limit(string script, string place) =>
        Assert.AreEqual(place, Places("MIG5050", new LintOptions { LimitsLocks = false }, script));

    [TestMethod]
    [DataRow("ALTER TABLE t ADD a int;", "")]
    [DataRow("-- Lock timeout: none\nALTER TABLE t ADD a int;", "(2,15)")]
    [DataRow("SET lock_timeout = 0; ALTER TABLE t ADD a int;", "(1,37)")]
    public void The_limit_of_every_run_is_enough_unless_the_migration_lifts_it(string script, string place) =>
        Assert.AreEqual(place, Places("MIG5050", new LintOptions(), script));

    [TestMethod]
    [DataRow("ALTER TABLE a ADD x int;\nALTER TABLE b ADD x int;\nALTER TABLE c ADD x int;", "(2,15)")]
    [DataRow("ALTER TABLE a ADD x int;\nCREATE POLICY p ON b;", "(2,1)")]
    [DataRow("-- Transaction: none\nALTER TABLE a ADD x int;\nALTER TABLE b ADD x int;", "")]
    [DataRow("ALTER TABLE a ADD x int;\nALTER TABLE public.a ADD y int;", "")]
    [DataRow("ALTER TABLE a ADD x int;\nCREATE TABLE b (x int);\nALTER TABLE b ADD y int;", "")]
    [DataRow("ALTER TABLE a ADD x int;\nDROP INDEX of_a;", "")]
    [DataRow("DROP TABLE a; DROP TABLE b;", "")]
    public void A_transaction_does_not_block_several_tables(string script, string place) =>
        Assert.AreEqual(place, Places("MIG5051", new LintOptions(), script));

    private static string Places(string code, LintOptions options, string script) => string.Join(
        ", ",
        from warning in LintText.Warnings(PostgreSqlLint.PostgreSql, options, null, script)
        where warning.Code == code
        select $"({warning.Location.Line},{warning.Location.Column})");
}

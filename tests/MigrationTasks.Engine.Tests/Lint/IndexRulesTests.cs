namespace MigrationTasks.Engine.Tests.Lint;

[TestClass]
public sealed class IndexRulesTests
{
    [TestMethod]
    [DataRow("CREATE INDEX i ON t (a);", "MIG5001(1,1)")]
    [DataRow("\n  create unique index if not exists \"I\" on public.\"T\" using btree (a);", "MIG5001(2,3)")]
    [DataRow("CREATE INDEX ON t (a);", "MIG5001(1,1)")]
    [DataRow("CREATE INDEX /* CONCURRENTLY */ i ON t (a);", "MIG5001(1,1)")]
    [DataRow("CREATE INDEX concurrently_built ON t (a);", "MIG5001(1,1)")]
    [DataRow("CREATE INDEX CONCURRENTLY i ON t (a);", "")]
    [DataRow("CREATE INDEX i ON ONLY t (a);", "")]
    [DataRow("CREATE TABLE t (a int); CREATE INDEX i ON t (a);", "")]
    [DataRow("CREATE TABLE IF NOT EXISTS t (a int); CREATE INDEX i ON public.t (a);", "")]
    [DataRow("CREATE TABLE t AS SELECT 1 AS a; CREATE INDEX i ON t (a);", "")]
    [DataRow("CREATE TABLE t (LIKE other); CREATE INDEX i ON t (a);", "")]
    [DataRow("CREATE TABLE t PARTITION OF other FOR VALUES IN (1); CREATE INDEX i ON t (a);", "")]
    [DataRow("CREATE TEMP TABLE t (a int); CREATE INDEX i ON t (a);", "")]
    [DataRow("SELECT a INTO t FROM other; CREATE INDEX i ON t (a);", "")]
    [DataRow("CREATE MATERIALIZED VIEW t AS SELECT 1 AS a; CREATE INDEX i ON t (a);", "")]
    [DataRow("CREATE TABLE \"T\" (a int); CREATE INDEX i ON t (a);", "MIG5001(1,27)")]
    [DataRow("CREATE TABLE s.t (a int); CREATE INDEX i ON t (a);", "MIG5001(1,27)")]
    [DataRow("CREATE TABLE t (a int); ALTER TABLE t RENAME TO u; CREATE INDEX i ON u (a);", "")]
    [DataRow("TRUNCATE t; -- Lint: ignore MIG5040 a cache\nCREATE INDEX i ON t (a);", "")]
    [DataRow("DO $$ BEGIN CREATE INDEX i ON t (a); END $$;", "")]
    public void An_index_on_a_table_in_use_is_created_concurrently(string script, string warnings) => Assert.AreEqual(warnings, LintText.PostgreSql(script));

    [TestMethod]
    public void A_table_of_an_earlier_migration_is_in_use() =>
        Assert.AreEqual("MIG5001(1,1)", LintText.PostgreSql("CREATE INDEX i ON t (a);", "CREATE TABLE t (a int);"));

    [TestMethod]
    public void An_index_on_a_materialized_view_blocks_nobody_who_reads_it() =>
        Assert.AreEqual("", LintText.PostgreSql("CREATE INDEX i ON v (a);", "CREATE MATERIALIZED VIEW v AS SELECT 1 AS a;"));

    [TestMethod]
    [DataRow("DROP INDEX i;", "MIG5002(1,1)")]
    [DataRow("DROP INDEX IF EXISTS s.i, j CASCADE;", "MIG5002(1,1), MIG5002(1,1)")]
    [DataRow("DROP INDEX CONCURRENTLY IF EXISTS i;", "")]
    [DataRow("CREATE TABLE t (a int); CREATE INDEX i ON t (a); DROP INDEX i;", "")]
    public void An_index_is_dropped_concurrently(string script, string warnings) => Assert.AreEqual(warnings, LintText.PostgreSql(script));

    [TestMethod]
    [DataRow("REINDEX TABLE t;", "MIG5003(1,1)")]
    [DataRow("REINDEX (VERBOSE) INDEX i;", "MIG5003(1,1)")]
    [DataRow("-- Transaction: none\nREINDEX INDEX CONCURRENTLY i;", "")]
    [DataRow("-- Transaction: none\nREINDEX (CONCURRENTLY) TABLE t;", "")]
    public void An_index_is_rebuilt_concurrently(string script, string warnings) => Assert.AreEqual(warnings, LintText.PostgreSql(script));

    [TestMethod]
    [DataRow("CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a);", "MIG5004(1,1)")]
    [DataRow("DROP INDEX CONCURRENTLY IF EXISTS i;\nCREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a);", "")]
    [DataRow("CREATE INDEX CONCURRENTLY i ON t (a);", "")]
    public void An_invalid_index_is_not_taken_for_a_good_one(string script, string warnings) => Assert.AreEqual(warnings, LintText.PostgreSql(script));

    [TestMethod]
    public void The_index_of_a_partitioned_table_is_built_in_parts()
    {
        var warning = LintText.Message("CREATE INDEX i ON t (a);", "CREATE TABLE t (a int) PARTITION BY RANGE (a);");

        Assert.Contains("ON ONLY", warning);
    }
}

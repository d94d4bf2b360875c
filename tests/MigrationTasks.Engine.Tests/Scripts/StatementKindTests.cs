using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts;

[TestClass]
public sealed class StatementKindTests
{
    [TestMethod]
    [DataRow(StatementKind.TransactionStart, "begin", "BEGIN WORK", "begin transaction", "start transaction", "begin /* ; */ work")]
    [DataRow(StatementKind.TransactionEnd, "commit", "COMMIT WORK", "end", "END TRANSACTION")]
    [DataRow(
        StatementKind.TransactionControl,
        "rollback", "rollback work", "abort", "abort transaction", "commit and chain", "commit and no chain", "rollback and chain",
        "commit prepared 'x'", "rollback prepared 'x'", "prepare transaction 'x'", "begin isolation level serializable",
        "begin transaction read only", "start transaction read write")]
    [DataRow(
        StatementKind.Ordinary,
        "savepoint a", "release a", "release savepoint a", "rollback to a", "rollback to savepoint a", "rollback work to a",
        "abort_all()", "prepare p as select 1", "\"commit\"", "committed", "start", "set transaction read only", "(select 1)", "do $$begin commit; end$$")]
    public void PostgreSql_transaction_control(StatementKind kind, params string[] statements) =>
        AssertKind(SqlDialect.PostgreSql, kind, statements);

    [TestMethod]
    [DataRow(
        "create index concurrently i on t (a)", "CREATE UNIQUE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a)", "create index /* a */ concurrently on t (a)",
        "drop index concurrently i", "drop index concurrently if exists i")]
    [DataRow(
        "reindex index concurrently i", "reindex table concurrently t", "reindex (concurrently) table t", "reindex (verbose, concurrently true) index i",
        "reindex schema s", "reindex database", "reindex system d", "reindex (verbose) schema concurrently s")]
    [DataRow(
        "alter table t detach partition p concurrently", "alter table if exists only s.t * detach partition \"s\".\"p q\" concurrently",
        "alter table only (t) detach partition p concurrently")]
    [DataRow("vacuum", "vacuum (full) t", "VACUUM ANALYZE t", "cluster", "cluster verbose", "cluster (verbose)", "discard all")]
    [DataRow(
        "alter system set a = 1", "create database d", "drop database if exists d", "create tablespace t location '/x'", "drop tablespace t",
        "alter database d set tablespace t", "alter database \"d e\" set tablespace t")]
    [DataRow(
        "create subscription s connection 'c' publication p", "create subscription s connection 'c' publication p with (connect = true)",
        "create subscription s connection 'create_slot = false' publication p with (slot_name = x)", "drop subscription s")]
    [DataRow(
        "alter subscription s refresh publication", "alter subscription s set publication a, b", "alter subscription s add publication a",
        "alter subscription s drop publication a with (copy_data = false, refresh = true)")]
    public void PostgreSql_statements_refused_inside_a_transaction(params string[] statements) =>
        AssertKind(SqlDialect.PostgreSql, StatementKind.NeedsNoTransaction, statements);

    [TestMethod]
    [DataRow(
        "create index concurrently_idx on t (a)", "create index \"concurrently\" on t (a)", "create index i on t (concurrently)",
        "create index -- concurrently\n i on t (a)", "drop index i", "drop index \"concurrently\"", "refresh materialized view concurrently v")]
    [DataRow(
        "reindex index i", "reindex table \"concurrently\"", "reindex (verbose) table t", "reindex (concurrently false) table t", "reindex (concurrently off) table t")]
    [DataRow(
        "alter table t detach partition p", "alter table t detach partition p finalize", "alter table t detach partition \"concurrently\"",
        "alter table t add column detach int")]
    [DataRow("create table vacuum_log (a int)", "/* vacuum */ select 1", "\"vacuum\"", "vacuum_all()", "cluster t using i", "cluster (verbose) t", "discard plans")]
    [DataRow(
        "alter database d set work_mem = '1MB'", "alter database d set \"tablespace\" = 1", "create table database (a int)", "alter table system rename to s",
        "drop table database")]
    [DataRow(
        "create subscription s connection 'c' publication p with (connect = false)", "create subscription s connection 'c' publication p with (enabled, create_slot = 'off')",
        "create subscription s connection 'c' publication p with (CREATE_SLOT = 0)")]
    [DataRow("alter subscription s set publication a with (refresh = false)", "alter subscription s add publication a with (refresh=off)", "alter subscription s disable", "alter subscription s set (slot_name = x)")]
    public void PostgreSql_statements_that_only_look_refused(params string[] statements) =>
        AssertKind(SqlDialect.PostgreSql, StatementKind.Ordinary, statements);

    [TestMethod]
    public void PostgreSql_large_objects()
    {
        AssertKind(SqlDialect.PostgreSql, StatementKind.NeedsTransaction, "select lo_open(1, 131072)", "SELECT pg_catalog.lo_open('1', 131072)");
        AssertKind(SqlDialect.PostgreSql, StatementKind.Ordinary, "select pg_catalog.lo_create('1')", "select lo_get(1)", "select 'lo_open'", "select a.lo_open(1)");
    }

    [TestMethod]
    public void PostgreSql_copy()
    {
        AssertKind(
            SqlDialect.PostgreSql, StatementKind.CopyFromStdin,
            "copy t from stdin", "COPY s.t (a, \"b)\") FROM STDIN WITH (FORMAT csv)", "copy t from stdout", "copy \"from\" from stdin");
        AssertKind(
            SqlDialect.PostgreSql, StatementKind.CopyToStdout,
            "copy t to stdout", "COPY (SELECT 1 FROM stdin) TO STDOUT WITH (FORMAT csv)", "copy binary s.t (a) to stdout", "copy t to stdin");
        AssertKind(
            SqlDialect.PostgreSql, StatementKind.Ordinary,
            "copy t from '/x'", "copy t to 'stdout'", "copy t from program 'stdin'", "copy (select 1 from stdin) to '/x'", "copy t (stdin) from 'stdin'", "insert into t select * from stdin");
    }

    [TestMethod]
    [DataRow(StatementKind.TransactionStart, "begin", "begin transaction", "BEGIN IMMEDIATE", "begin deferred transaction", "begin exclusive")]
    [DataRow(StatementKind.TransactionEnd, "commit", "end", "commit transaction", "END TRANSACTION")]
    [DataRow(StatementKind.TransactionControl, "rollback", "rollback transaction", "rollback transaction t")]
    [DataRow(StatementKind.NeedsNoTransaction, "vacuum", "vacuum into 'x'", "detach a", "detach database a", "pragma journal_mode = wal", "PRAGMA main.journal_mode=wal", "pragma synchronous(off)")]
    [DataRow(
        StatementKind.Ordinary,
        "savepoint a", "release a", "rollback to a", "rollback transaction to savepoint a", "attach 'x' as a", "pragma journal_mode", "pragma foreign_keys = on",
        "pragma table_info(synchronous)", "create table vacuum (a)", "[vacuum]", "start transaction", "explain begin")]
    public void Sqlite_statements(StatementKind kind, params string[] statements) => AssertKind(SqlDialect.Sqlite, kind, statements);

    [TestMethod]
    [DataRow("create unique index concurrently idx on t (a)", "CREATE UNIQUE INDEX CONCURRENTLY")]
    [DataRow("commit", "COMMIT")]
    [DataRow("drop /* a */ database shop", "DROP DATABASE")]
    [DataRow("create or replace function f() returns int return 1", "CREATE OR REPLACE FUNCTION")]
    [DataRow("insert into t values (1)", "INSERT INTO")]
    [DataRow("reindex (concurrently) table t", "REINDEX")]
    [DataRow("begin isolation level serializable", "BEGIN ISOLATION LEVEL SERIALIZABLE")]
    [DataRow("(select 1)", "(")]
    public void The_summary_is_the_statements_first_keywords(string statement, string summary) =>
        Assert.AreEqual(summary, ScriptText.Only(SqlDialect.PostgreSql, statement).Summary);

    private static void AssertKind(SqlDialect dialect, StatementKind kind, params string[] statements)
    {
        var rows = kind == StatementKind.CopyFromStdin ? "\n\\.\n" : "";
        foreach (var statement in statements)
        {
            Assert.AreEqual(kind, ScriptText.Only(dialect, $"{statement};{rows}").Kind, statement);
        }
    }
}

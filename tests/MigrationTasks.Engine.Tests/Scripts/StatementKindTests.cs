using MigrationTasks.Engine.Scripts;
using MigrationTasks.MySql.Scripts;
using MigrationTasks.PostgreSql.Scripts;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts;

[TestClass]
public sealed class StatementKindTests
{
    [TestMethod]
    [DataRow(StatementKind.ChangesEncoding, "DO $$ BEGIN PERFORM set_config('client_encoding', 'LATIN1', false); END $$", "do 'begin set local client_encoding to latin1; end'", "UPDATE pg_catalog.pg_settings SET setting = 'LATIN1' WHERE name = 'client_encoding'")]
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
        AssertKind(PostgreSqlDialect.Instance, kind, statements);

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
        AssertKind(PostgreSqlDialect.Instance, StatementKind.NeedsNoTransaction, statements);

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
        AssertKind(PostgreSqlDialect.Instance, StatementKind.Ordinary, statements);

    [TestMethod]
    public void PostgreSql_large_objects()
    {
        AssertKind(PostgreSqlDialect.Instance, StatementKind.NeedsTransaction, "select lo_open(1, 131072)", "SELECT pg_catalog.lo_open('1', 131072)");
        AssertKind(PostgreSqlDialect.Instance, StatementKind.Ordinary, "select pg_catalog.lo_create('1')", "select lo_get(1)", "select 'lo_open'", "select a.lo_open(1)");
    }

    [TestMethod]
    public void PostgreSql_copy()
    {
        AssertKind(
            PostgreSqlDialect.Instance, StatementKind.CopyFromStdin,
            "copy t from stdin", "COPY s.t (a, \"b)\") FROM STDIN WITH (FORMAT csv)", "copy t from stdout", "copy \"from\" from stdin");
        AssertKind(
            PostgreSqlDialect.Instance, StatementKind.CopyToStdout,
            "copy t to stdout", "COPY (SELECT 1 FROM stdin) TO STDOUT WITH (FORMAT csv)", "copy binary s.t (a) to stdout", "copy t to stdin");
        AssertKind(
            PostgreSqlDialect.Instance, StatementKind.Ordinary,
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
    public void Sqlite_statements(StatementKind kind, params string[] statements) => AssertKind(SqliteDialect.Instance, kind, statements);

    [TestMethod]
    [DataRow(StatementKind.TransactionStart, "begin", "BEGIN WORK", "start transaction", "/*!40000 START TRANSACTION */")]
    [DataRow(StatementKind.TransactionEnd, "commit", "COMMIT WORK")]
    [DataRow(
        StatementKind.TransactionControl,
        "rollback", "rollback work", "rollback and chain", "commit and chain", "commit release", "start transaction read only", "start transaction with consistent snapshot",
        "xa start 'a'", "xa end 'a'", "xa commit 'a'", "set autocommit = 0", "SET @@SESSION.AUTOCOMMIT=OFF", "set @a = 1, session autocommit := false")]
    [DataRow(StatementKind.NeedsNoTransaction, "set transaction read only", "set transaction isolation level serializable", "set @@session.sql_log_bin = 0", "SET binlog_format = 'ROW'")]
    [DataRow(StatementKind.ChangesQuoting, "set sql_mode = 'STRICT_ALL_TABLES,no_backslash_escapes'", "SET @a = 1, @@SESSION.sql_mode := CONCAT(@@sql_mode, ',NO_BACKSLASH_ESCAPES')", "/*!50003 SET sql_mode = NO_BACKSLASH_ESCAPES */")]
    [DataRow(StatementKind.Ordinary, "set sql_mode = 'ANSI_QUOTES'", "set sql_mode = REPLACE(@@sql_mode, 'NO_BACKSLASH_ESCAPES', '')", "set @sql_mode = 'NO_BACKSLASH_ESCAPES'", "set global sql_mode = 'NO_BACKSLASH_ESCAPES'")]
    public void MySql_transaction_control(StatementKind kind, params string[] statements) => AssertKind(MySqlDialect.Instance, kind, statements);

    [TestMethod]
    [DataRow("create table t (a int)", "create or replace table t (a int)", "CREATE DATABASE d", "create unique index i on t (a)", "create definer = a view v as select 1", "create user a", "create procedure p() begin commit; end")]
    [DataRow("alter table t add b int", "alter user a identified by 'b'", "alter database character set utf8mb4", "drop table t", "drop index i on t", "drop user a", "rename table a to b", "rename user a to b", "truncate t", "truncate table t")]
    [DataRow("grant all on *.* to a", "revoke all on *.* from a", "set password = 'a'", "set default role a", "flush privileges", "reset master", "lock tables t write", "unlock tables", "set autocommit = 1", "set @@autocommit = @old", "SET SESSION autocommit=ON")]
    [DataRow("analyze table t", "analyze local table t", "optimize table t", "repair table t", "check table t", "cache index t in c", "load index into cache t", "install plugin p soname 'p'", "uninstall plugin p", "start slave", "stop slave", "change master to master_host = 'a'")]
    [DataRow("/*!40000 ALTER TABLE `t` DISABLE KEYS */", "/*!50003 CREATE*/ /*!50017 DEFINER=`a`@`b`*/ /*!50003 TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET NEW.b = 1 */", "CREATE /*M!100100 OR REPLACE */ TABLE t (a int)")]
    [DataRow("call p()", "execute s", "execute immediate 'drop table t'", "begin not atomic select 1; end", "if (select 1) then select 2; end if", "set statement max_statement_time = 1 for alter table t add b int")]
    public void MySql_statements_that_commit(params string[] statements) => AssertKind(MySqlDialect.Instance, StatementKind.CommitsImplicitly, statements);

    [TestMethod]
    [DataRow("insert into t values (1)", "update t set create_ = 1", "delete from t", "replace into t values ('drop table t')", "select 1", "with a as (select 1) select * from a", "(select 1)", "values (1)", "table t", "do sleep(0)")]
    [DataRow("create temporary table t (a int)", "create or replace temporary table t (a int)", "drop temporary table t", "drop prepare s", "deallocate prepare s", "prepare s from 'drop table t'")]
    [DataRow("set names utf8mb4", "set @autocommit = 1", "set global max_connections = 9", "set sql_mode = 'autocommit'", "set session transaction isolation level serializable", "set @a = 1, b = 2", "set statement max_statement_time = 1 for select 1")]
    [DataRow("savepoint a", "release savepoint a", "rollback to a", "rollback work to savepoint a", "use shop", "show tables", "analyze select 1", "explain select 1", "load data infile 'a' into table t", "load data local infile 'a' into table t", "handler t open", "kill 1")]
    [DataRow("/*!40101 SET NAMES utf8 */", "INSERT /*+ create */ INTO t VALUES (1)", "insert into t values (1) -- drop table t")]
    public void MySql_statements_that_a_transaction_can_hold(params string[] statements) => AssertKind(MySqlDialect.Instance, StatementKind.Ordinary, statements);

    [TestMethod]
    [DataRow("insert into t values (1); drop table t", StatementKind.CommitsImplicitly)]
    [DataRow("insert into t values (';'); -- drop table t\n", StatementKind.Ordinary)]
    [DataRow("commit;", StatementKind.TransactionEnd)]
    public void MySql_statements_that_stand_together_behind_a_delimiter(string statements, StatementKind kind) =>
        Assert.AreEqual(kind, ScriptText.Only(MySqlDialect.Instance, $"DELIMITER $$\n{statements}$$").Kind);

    [TestMethod]
    [DataRow("/*!50003 CREATE*/ /*!50017 DEFINER=`a`@`b`*/ /*!50003 TRIGGER t */", "CREATE")]
    [DataRow("/*!40000 ALTER TABLE `t` DISABLE KEYS */", "ALTER TABLE")]
    [DataRow("create or replace temporary table t (a int)", "CREATE OR REPLACE TEMPORARY")]
    [DataRow("lock tables t write", "LOCK TABLES")]
    [DataRow("set autocommit = 0", "SET AUTOCOMMIT")]
    public void The_summary_of_MySql_is_the_statements_first_keywords(string statement, string summary) =>
        Assert.AreEqual(summary, ScriptText.Only(MySqlDialect.Instance, statement).Summary);

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
        Assert.AreEqual(summary, ScriptText.Only(PostgreSqlDialect.Instance, statement).Summary);

    private static void AssertKind(SqlDialect dialect, StatementKind kind, params string[] statements)
    {
        var rows = kind == StatementKind.CopyFromStdin ? "\n\\.\n" : "";
        foreach (var statement in statements)
        {
            Assert.AreEqual(kind, ScriptText.Only(dialect, $"{statement};{rows}").Kind, statement);
        }
    }
}

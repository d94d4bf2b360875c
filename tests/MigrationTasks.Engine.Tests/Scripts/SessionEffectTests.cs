using MigrationTasks.Engine.Scripts;
using MigrationTasks.MySql.Scripts;
using MigrationTasks.PostgreSql.Scripts;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts;

/// <summary>What a statement outside a transaction does to its session, and whether it may be put into a transaction.</summary>
[TestClass]
public sealed class SessionEffectTests
{
    [TestMethod]
    [DataRow("SET search_path = shop", "Setting shared")]
    [DataRow("set session authorization admin", "Setting shared")]
    [DataRow("SET SESSION CHARACTERISTICS AS TRANSACTION READ ONLY", "Setting shared")]
    [DataRow("SET LOCAL search_path = shop", "None shared")]
    [DataRow("SET CONSTRAINTS ALL DEFERRED", "None shared")]
    [DataRow("SET TRANSACTION READ ONLY", "None shared")]
    [DataRow("RESET ALL", "Setting shared")]
    [DataRow("PREPARE find AS SELECT 1", "Setting shared")]
    [DataRow("PREPARE TRANSACTION 'a'", "None alone")]
    [DataRow("SELECT pg_catalog.set_config('search_path', '', false)", "Setting shared")]
    [DataRow("SELECT set_config('a.b', 'c', false) FROM generate_series(1, 2)", "None shared")]
    [DataRow("SELECT set_config", "None shared")]
    [DataRow("SELECT 1 INTO TEMP a", "Temporary shared")]
    [DataRow("WITH a AS (SELECT 1) SELECT * INTO TEMPORARY b FROM a", "Temporary shared")]
    [DataRow("SELECT 1 INTO a", "None shared")]
    [DataRow("CREATE TEMP TABLE a (id int)", "Temporary shared")]
    [DataRow("CREATE LOCAL TEMPORARY SEQUENCE a", "Temporary shared")]
    [DataRow("CREATE OR REPLACE TEMP VIEW a AS SELECT 1", "Temporary shared")]
    [DataRow("CREATE TABLE pg_temp.a (id int)", "Temporary shared")]
    [DataRow("CREATE TABLE temp (id int)", "None shared")]
    [DataRow("DECLARE a CURSOR WITH HOLD FOR SELECT 1", "Temporary shared")]
    [DataRow("DECLARE a CURSOR FOR SELECT 1", "None shared")]
    [DataRow("INSERT INTO a VALUES ('SET x')", "None shared")]
    [DataRow("CALL archive()", "None alone")]
    [DataRow("DO $$ BEGIN UPDATE a SET b = 1; COMMIT; END $$", "None alone")]
    [DataRow("DO LANGUAGE plpgsql $$ BEGIN call archive(); END $$", "None alone")]
    [DataRow("DO $$ BEGIN UPDATE a SET b = 1; END $$", "None shared")]
    [DataRow("SAVEPOINT a", "None alone")]
    [DataRow("ROLLBACK TO SAVEPOINT a", "None alone")]
    [DataRow("BEGIN", "None alone")]
    [DataRow("COMMIT", "None alone")]
    [DataRow("VACUUM", "None alone")]
    [DataRow("CREATE INDEX CONCURRENTLY ON a (id)", "None alone")]
    [DataRow("DISCARD ALL", "Setting alone")]
    public void PostgreSql(string sql, string expected) => Assert.AreEqual(expected, EffectOf(sql, PostgreSqlDialect.Instance));

    [TestMethod]
    [DataRow("PRAGMA foreign_keys = OFF", "Setting alone")]
    [DataRow("ATTACH 'b.db' AS b", "Setting alone")]
    [DataRow("DETACH b", "Setting alone")]
    [DataRow("CREATE TEMP TABLE a (id)", "Temporary shared")]
    [DataRow("CREATE TABLE temp.a (id)", "Temporary shared")]
    [DataRow("CREATE TABLE a (id)", "None shared")]
    [DataRow("SAVEPOINT a", "None alone")]
    [DataRow("RELEASE a", "None alone")]
    [DataRow("VACUUM", "None alone")]
    [DataRow("INSERT INTO a VALUES (1)", "None shared")]
    public void Sqlite(string sql, string expected) => Assert.AreEqual(expected, EffectOf(sql, SqliteDialect.Instance));

    [TestMethod]
    [DataRow("SET NAMES utf8mb4", "Setting shared")]
    [DataRow("/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='' */", "Setting shared")]
    [DataRow("SET @a = 1, sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES')", "Temporary shared")]
    [DataRow("SET sql_mode = CONCAT(@@sql_mode, ',ANSI_QUOTES')", "Setting shared")]
    [DataRow("SET @a = (SELECT max(id) FROM t)", "Temporary shared")]
    [DataRow("SET @a = LAST_INSERT_ID()", "Temporary shared")]
    [DataRow("SET GLOBAL max_connections = 9", "None shared")]
    [DataRow("SET SESSION TRANSACTION READ ONLY", "Setting shared")]
    [DataRow("SET TRANSACTION READ ONLY", "None alone")]
    [DataRow("SET PASSWORD = 'a'", "None alone")]
    [DataRow("SET autocommit = 0", "Setting alone")]
    [DataRow("USE shop", "Setting shared")]
    [DataRow("PREPARE s FROM 'SELECT 1'", "Setting shared")]
    [DataRow("DEALLOCATE PREPARE s", "Setting shared")]
    [DataRow("LOCK TABLES t WRITE", "Locks alone")]
    [DataRow("UNLOCK TABLES", "Unlocks alone")]
    [DataRow("UNLOCK INSTANCE", "None alone")]
    [DataRow("START TRANSACTION", "Unlocks alone")]
    [DataRow("BEGIN", "Unlocks alone")]
    [DataRow("BEGIN NOT ATOMIC SELECT 1; END", "None alone")]
    [DataRow("CREATE TEMPORARY TABLE a (id int)", "Temporary shared")]
    [DataRow("CREATE TABLE a (id int)", "None alone")]
    [DataRow("SELECT max(id) INTO @a FROM t", "Temporary shared")]
    [DataRow("SELECT @a := max(id) FROM t", "Temporary shared")]
    [DataRow("SELECT @a, id FROM t WHERE b = '@'", "None shared")]
    [DataRow("INSERT INTO t VALUES (@a)", "None shared")]
    [DataRow("SAVEPOINT a", "None alone")]
    [DataRow("ROLLBACK TO a", "None alone")]
    [DataRow("RELEASE SAVEPOINT a", "None alone")]
    public void MySql(string sql, string expected) => Assert.AreEqual(expected, EffectOf(sql, MySqlDialect.Instance));

    private static string EffectOf(string sql, SqlDialect dialect)
    {
        var statement = dialect.ReadStatements(new StringReader(sql), null).Single();
        return $"{statement.SessionEffect} {(statement.CanShareTransaction ? "shared" : "alone")}";
    }
}

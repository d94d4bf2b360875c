using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Scripts.OwnTables;
using MigrationTasks.MySql.Scripts;
using MigrationTasks.PostgreSql.Scripts;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts.OwnTables;

/// <summary>What hits the history, and what only looks like it. A hit is written as its line and what it would do.</summary>
[TestClass]
public sealed class OwnTableWatchTests
{
    private static readonly OwnTableSet PostgreSql = new("public", "schema_migrations") { Database = "app", User = "me" };
    private static readonly OwnTableSet MySql = new("app", "schema_migrations") { Database = "app", Lock = "migrationtasks_lock" };
    private static readonly OwnTableSet Unconnected = new(null, "schema_migrations");

    [TestMethod]
    [DataRow("DROP TABLE schema_migrations;", "1 Drop")]
    [DataRow("drop table if exists a, b, Schema_Migrations cascade;", "1 Drop")]
    [DataRow("DROP TABLE public.\"schema_migrations\";", "1 Drop")]
    [DataRow("DROP TABLE app.public.schema_migrations;", "1 Drop")]
    [DataRow("SELECT 1;\n/* x */ DROP SCHEMA public CASCADE; CREATE SCHEMA public;", "2 Drop schema public")]
    [DataRow("DROP SCHEMA IF EXISTS a, public CASCADE;", "1 Drop schema public")]
    [DataRow("DROP OWNED BY CURRENT_USER CASCADE;", "1 Drop all that me owns")]
    [DataRow("DROP OWNED BY other, me;", "1 Drop all that me owns")]
    [DataRow("DROP DATABASE app;", "1 Drop database app")]
    [DataRow("ALTER SCHEMA public RENAME TO old;", "1 Rename schema public")]
    [DataRow("TRUNCATE a, ONLY schema_migrations RESTART IDENTITY;", "1 Empty")]
    [DataRow("TRUNCATE TABLE schema_migrations;", "1 Empty")]
    [DataRow("DELETE FROM schema_migrations;", "1 Empty")]
    [DataRow("CREATE TABLE schema_migrations (version text);", "1 Create")]
    [DataRow("CREATE UNLOGGED TABLE public.schema_migrations AS SELECT 1;", "1 Create")]
    [DataRow("CREATE OR REPLACE VIEW schema_migrations AS SELECT 1;", "1 Drop")]
    [DataRow("ALTER TABLE old RENAME TO schema_migrations;", "1 Create")]
    [DataRow("ALTER TABLE IF EXISTS schema_migrations RENAME TO old;", "1 Rename")]
    [DataRow("ALTER TABLE schema_migrations RENAME COLUMN migration_name TO version;", "1 Rename")]
    [DataRow("ALTER TABLE ONLY public.schema_migrations\n  ADD CONSTRAINT schema_migrations_pkey PRIMARY KEY (migration_name);", "1 Create")]
    [DataRow("ALTER TABLE schema_migrations SET SCHEMA old;", "1 Rename")]
    [DataRow("INSERT INTO schema_migrations (migration_name) VALUES ('001_a.sql');", "1 Fill")]
    [DataRow("COPY public.schema_migrations (migration_name) FROM stdin;\n001_a.sql\n\\.\n", "1 Fill")]
    [DataRow("SET search_path = public;\nDROP TABLE schema_migrations;", "2 Drop")]
    [DataRow("SET search_path TO app, public;\nDROP TABLE IF EXISTS schema_migrations;", "2 Drop")]
    [DataRow("SET search_path = app; RESET search_path;\nDROP TABLE schema_migrations;", "2 Drop")]
    [DataRow("SELECT pg_catalog.set_config('search_path', 'app, public', false);\nDROP TABLE schema_migrations;", "2 Drop")]
    [DataRow("CREATE TEMP TABLE schema_migrations (i int); DROP TABLE schema_migrations;\nDROP TABLE schema_migrations;", "2 Drop")]
    [DataRow("DO $$ BEGIN\n  DROP TABLE schema_migrations;\nEND $$;", "1 Drop")]
    [DataRow("DO LANGUAGE plpgsql $$ DECLARE n int; BEGIN IF true THEN n := 1; END IF; EXECUTE 'DROP SCHEMA public CASCADE'; END $$;", "1 Drop schema public")]
    [DataRow("ALTER TABLE schema_migrations ADD a int, DROP migration_name;", "1 Rename")]
    [DataRow("ALTER TABLE old.schema_migrations SET SCHEMA public;", "1 Create")]
    [DataRow("ALTER INDEX schema_migrations RENAME TO old;", "1 Rename")]
    [DataRow("WITH x AS (SELECT 1) DELETE FROM schema_migrations;", "1 Empty")]
    [DataRow("SELECT 1 AS i INTO schema_migrations;", "1 Create")]
    public void PostgreSQL_finds(string script, string hits) => Assert.AreEqual(hits, HitsOf(PostgreSqlDialect.Instance, PostgreSql, script));

    [TestMethod]
    [DataRow("SELECT * FROM schema_migrations; SELECT 'DROP TABLE schema_migrations'; -- DROP TABLE schema_migrations")]
    [DataRow("DROP TABLE app.schema_migrations; DROP TABLE \"Schema_Migrations\"; DROP TABLE schema_migrations_old;")]
    [DataRow("CREATE TABLE IF NOT EXISTS schema_migrations (version text);")]
    [DataRow("CREATE SCHEMA app; SET search_path = app; CREATE TABLE schema_migrations (version text); DROP TABLE schema_migrations;")]
    [DataRow("SELECT pg_catalog.set_config('search_path', '', false); CREATE TABLE app.schema_migrations (i int);")]
    [DataRow("SET search_path = app, public; CREATE TABLE schema_migrations (version text);")]
    [DataRow("CREATE TEMPORARY TABLE schema_migrations (i int); INSERT INTO schema_migrations VALUES (1); DROP TABLE schema_migrations;")]
    [DataRow("ALTER TABLE schema_migrations ENABLE ROW LEVEL SECURITY; GRANT SELECT ON schema_migrations TO monitor; CREATE INDEX i ON schema_migrations (executed_at);")]
    [DataRow("ALTER TABLE schema_migrations OWNER TO me; ALTER TABLE schema_migrations RENAME CONSTRAINT a TO b;")]
    [DataRow("CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN DROP TABLE schema_migrations; END $$;")]
    [DataRow("DO $$ BEGIN IF EXISTS (SELECT FROM pg_tables) THEN DROP TABLE schema_migrations; ELSE TRUNCATE schema_migrations; END IF; END $$;")]
    [DataRow("DO $$ BEGIN FOR r IN SELECT 1 LOOP DROP TABLE schema_migrations; END LOOP; EXECUTE format('DROP TABLE %I', 'schema_migrations'); END $$;")]
    [DataRow("DROP SCHEMA old CASCADE; DROP OWNED BY other; DROP DATABASE other; DROP INDEX schema_migrations;")]
    [DataRow("DELETE FROM schema_migrations WHERE migration_name = 'x'; COPY schema_migrations TO stdout;")]
    [DataRow("INSERT INTO a SELECT migration_name FROM schema_migrations; DROP TABLE a;")]
    public void PostgreSQL_leaves_alone(string script) => Assert.AreEqual("", HitsOf(PostgreSqlDialect.Instance, PostgreSql, script));

    [TestMethod]
    [DataRow("DROP TABLE IF EXISTS `schema_migrations`;", "1 Drop")]
    [DataRow("DROP TABLES a, app.SCHEMA_MIGRATIONS;", "1 Drop")]
    [DataRow("/*!40000 DROP DATABASE IF EXISTS `app`*/;", "1 Drop database app")]
    [DataRow("DROP SCHEMA app;", "1 Drop database app")]
    [DataRow("USE other;\nUSE app;\nDROP TABLE schema_migrations;", "3 Drop")]
    [DataRow("CREATE TABLE `schema_migrations` (i int);\nINSERT INTO `schema_migrations` VALUES (1);", "1 Create, 2 Fill")]
    [DataRow("CREATE OR REPLACE TABLE schema_migrations (i int);", "1 Drop")]
    [DataRow("RENAME TABLE a TO b, schema_migrations TO old;", "1 Rename")]
    [DataRow("RENAME TABLE a TO schema_migrations;", "1 Create")]
    [DataRow("ALTER TABLE schema_migrations ADD COLUMN a int, RENAME AS old;", "1 Rename")]
    [DataRow("ALTER TABLE `schema_migrations` ADD PRIMARY KEY (`migration_name`);", "1 Create")]
    [DataRow("ALTER TABLE schema_migrations CHANGE migration_name version varchar(20);", "1 Rename")]
    [DataRow("TRUNCATE schema_migrations;", "1 Empty")]
    [DataRow("REPLACE schema_migrations VALUES (1);", "1 Fill")]
    [DataRow("INSERT LOW_PRIORITY IGNORE INTO schema_migrations VALUES (1);", "1 Fill")]
    [DataRow("LOAD DATA LOCAL INFILE 'a' INTO TABLE schema_migrations;", "1 Fill")]
    [DataRow("DROP TABLE migrationtasks_lock;", "1 Drop migrationtasks_lock")]
    [DataRow("DELIMITER //\nDROP TABLE a; DROP TABLE schema_migrations//", "2 Drop")]
    [DataRow("SET STATEMENT max_statement_time = 10 FOR DROP TABLE schema_migrations;", "1 Drop")]
    [DataRow("SET sql_mode = 'ANSI_QUOTES';\nDROP TABLE \"schema_migrations\";", "2 Drop")]
    [DataRow("DELETE QUICK FROM schema_migrations;", "1 Empty")]
    public void MySQL_finds(string script, string hits) => Assert.AreEqual(hits, HitsOf(MySqlDialect.Instance, MySql, script));

    [TestMethod]
    [DataRow("DROP TABLE other.schema_migrations; DROP DATABASE other; USE other; DROP TABLE schema_migrations;")]
    [DataRow("CREATE TABLE IF NOT EXISTS schema_migrations (i int); SELECT \"DROP TABLE schema_migrations\"; # DROP TABLE schema_migrations")]
    [DataRow("CREATE PROCEDURE p() BEGIN DROP TABLE schema_migrations; END;")]
    [DataRow("CREATE TEMPORARY TABLE schema_migrations (i int); DROP TEMPORARY TABLE schema_migrations;")]
    [DataRow("ALTER TABLE schema_migrations ADD INDEX i (executed_at), RENAME INDEX i TO j;")]
    public void MySQL_leaves_alone(string script) => Assert.AreEqual("", HitsOf(MySqlDialect.Instance, MySql, script));

    [TestMethod]
    [DataRow("DROP TABLE schema_migrations;", "1 Drop")]
    [DataRow("drop table if exists [Schema_Migrations];", "1 Drop")]
    [DataRow("DROP TABLE main.'schema_migrations';", "1 Drop")]
    [DataRow("CREATE TABLE IF NOT EXISTS \"schema_migrations\" (i);\nINSERT INTO schema_migrations VALUES(1);", "2 Fill")]
    [DataRow("INSERT OR REPLACE INTO schema_migrations VALUES (1);", "1 Fill")]
    [DataRow("ALTER TABLE schema_migrations RENAME TO old;", "1 Rename")]
    [DataRow("DELETE FROM schema_migrations;", "1 Empty")]
    public void SQLite_finds(string script, string hits) => Assert.AreEqual(hits, HitsOf(SqliteDialect.Instance, Unconnected, script));

    [TestMethod]
    [DataRow("ATTACH 'other.db' AS other; DROP TABLE other.schema_migrations; CREATE TABLE other.schema_migrations (i);")]
    [DataRow("CREATE TEMP TABLE schema_migrations (i); INSERT INTO schema_migrations VALUES (1); DROP TABLE schema_migrations;")]
    [DataRow("CREATE TRIGGER t AFTER INSERT ON a BEGIN DELETE FROM schema_migrations; END;")]
    public void SQLite_leaves_alone(string script) => Assert.AreEqual("", HitsOf(SqliteDialect.Instance, Unconnected, script));

    [TestMethod]
    public void Without_a_connection_the_usual_place_is_meant()
    {
        Assert.AreEqual("1 Drop", HitsOf(PostgreSqlDialect.Instance, Unconnected, "DROP TABLE public.schema_migrations;"));
        Assert.AreEqual("1 Drop", HitsOf(MySqlDialect.Instance, Unconnected, "DROP TABLE schema_migrations;"));
        Assert.AreEqual("", HitsOf(MySqlDialect.Instance, Unconnected, "USE other; DROP TABLE schema_migrations;"));
        Assert.AreEqual("", HitsOf(PostgreSqlDialect.Instance, Unconnected with { Schema = "ops" }, "DROP TABLE schema_migrations; DROP SCHEMA public CASCADE;"));
    }

    private static string HitsOf(SqlDialect dialect, OwnTableSet tables, string script)
    {
        var watch = dialect.WatchOwnTables(tables);
        using var text = new StringReader(script);
        return string.Join(", ", dialect.ReadStatements(text, null)
            .Where(statement => statement.Kind != StatementKind.Empty)
            .Select(statement => (statement.Line, Hit: watch!.Read(statement)))
            .Where(found => found.Hit is not null)
            .Select(found => $"{found.Line} {found.Hit!.Threat} {found.Hit.Holder ?? (found.Hit.Table.EndsWith("lock", StringComparison.Ordinal) ? "migrationtasks_lock" : "")}".TrimEnd()));
    }
}

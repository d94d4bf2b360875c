using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Statements;
using MigrationTasks.MySql.Scripts;
using MigrationTasks.PostgreSql;
using MigrationTasks.PostgreSql.Scripts;

namespace MigrationTasks.Engine.Tests.Statements;

/// <summary>What is read of statements beyond what lint warns of.</summary>
[TestClass]
public sealed class ActionReaderTests
{
    [TestMethod]
    [DataRow("CREATE INDEX CONCURRENTLY a_idx ON a (id)", "a a_idx")]
    [DataRow("create unique index concurrently if not exists a_idx on only shop.a using btree (id)", "shop.a a_idx conditional")]
    [DataRow("CREATE INDEX CONCURRENTLY \"A idx\" ON \"Shop\" . \"A\" (id)", "Shop.A A idx")]
    [DataRow("CREATE INDEX CONCURRENTLY/* why */a_idx -- here\nON a (id)", "a a_idx")]
    [DataRow("CREATE INDEX CONCURRENTLY ON public.a (id)", "public.a a_id_idx")]
    [DataRow("CREATE INDEX CONCURRENTLY ON Shop.Orders USING gin (Tags gin_trgm_ops (siglen = 32), \"Who\" COLLATE \"C\" DESC NULLS LAST) INCLUDE (b) WHERE id > 0", "shop.orders orders_tags_Who_b_idx")]
    [DataRow("CREATE INDEX CONCURRENTLY ON a (lower(email))", "a -")]
    [DataRow("CREATE INDEX CONCURRENTLY ON a ((x || y))", "a -")]
    [DataRow("CREATE INDEX CONCURRENTLY ON a (id, id)", "a -")]
    [DataRow("CREATE INDEX CONCURRENTLY ON a (id) INCLUDE (lower(b))", "a -")]
    [DataRow("CREATE INDEX CONCURRENTLY ON a_table_with_a_long_name_that_leaves_no_room (a_column_with_a_long_name)", "a_table_with_a_long_name_that_leaves_no_room -")]
    [DataRow("CREATE INDEX CONCURRENTLY", "")]
    [DataRow("CREATE TABLE a (id int)", "")]
    public void An_index_is_read_with_its_table_and_the_name_that_the_server_gives_it(string statement, string expected)
    {
        var indexes = PostgreSqlActionReader.AsWritten.Read(PostgreSqlDialect.Instance.ReadTokens(statement)).OfType<CreateIndex>();

        Assert.AreEqual(expected, string.Join(", ", indexes.Select(index => $"{index.Table} {IndexLeftovers.NameOf(index) ?? "-"} {(index.IsConditional ? "conditional" : "")}".TrimEnd())));
    }

    [TestMethod]
    [DataRow("DROP INDEX CONCURRENTLY shop.a_idx CASCADE", "DropIndex shop.a_idx concurrent")]
    [DataRow("DROP INDEX CONCURRENTLY IF EXISTS a_idx", "DropIndex a_idx concurrent conditional")]
    [DataRow("DROP INDEX a, b", "DropIndex a, DropIndex b")]
    [DataRow("REINDEX INDEX CONCURRENTLY a_idx", "Reindex Index a_idx concurrent")]
    [DataRow("REINDEX (VERBOSE, CONCURRENTLY) TABLE a", "Reindex Table a concurrent")]
    [DataRow("REINDEX (CONCURRENTLY false) TABLE a", "Reindex Table a")]
    [DataRow("REINDEX SCHEMA CONCURRENTLY public", "Reindex Schema public concurrent")]
    [DataRow("CREATE OR REPLACE FUNCTION public.f(int) RETURNS int LANGUAGE sql AS 'SELECT 1'", "Function public.f replaces")]
    [DataRow("CREATE SEQUENCE IF NOT EXISTS s", "Create Sequence s conditional")]
    [DataRow("CREATE EVENT TRIGGER e ON ddl_command_end EXECUTE FUNCTION f()", "Create EventTrigger e")]
    [DataRow("CREATE SCHEMA AUTHORIZATION joe", "Create Schema joe")]
    [DataRow("CREATE CONSTRAINT TRIGGER t AFTER INSERT ON a FOR EACH ROW EXECUTE FUNCTION f()", "Create Trigger t, LockTable")]
    [DataRow("DROP FUNCTION f(int, text), g()", "Drop Function f, Drop Function g")]
    [DataRow("DROP MATERIALIZED VIEW IF EXISTS v", "Drop View v conditional")]
    [DataRow("DROP OWNED BY a, CURRENT_USER", "Drop Owned a, Drop Owned current_user")]
    [DataRow("ALTER SEQUENCE public.s RENAME TO t", "Rename Sequence public.s public.t")]
    [DataRow("ALTER TABLE p DETACH PARTITION c CONCURRENTLY", "Detach c concurrent")]
    [DataRow("ALTER TABLE p DETACH PARTITION c", "Detach c")]
    [DataRow("SET LOCAL search_path TO App, \"Other\", 'x'", "search_path=app|Other|x")]
    [DataRow("SET SESSION TIME ZONE 'UTC'", "timezone=UTC")]
    [DataRow("SELECT pg_catalog.set_config('search_path', 'a, \"B\"', false)", "search_path=a|B")]
    [DataRow("RESET ALL", "*=")]
    [DataRow("DISCARD ALL", "*=")]
    [DataRow("DISCARD PLANS", "")]
    [DataRow("SET TRANSACTION ISOLATION LEVEL SERIALIZABLE", "")]
    public void PostgreSQL_is_read(string statement, string expected) => Assert.AreEqual(expected, Shown(PostgreSqlActionReader.AsWritten, PostgreSqlDialect.Instance, statement));

    [TestMethod]
    [DataRow("CREATE DEFINER = `me`@`%` PROCEDURE p() BEGIN DROP TABLE a; END", "Create Procedure p")]
    [DataRow("CREATE DEFINER=me@my.host.example SQL SECURITY INVOKER VIEW v AS SELECT 1", "CreateView")]
    [DataRow("CREATE OR REPLACE ALGORITHM=MERGE DEFINER=CURRENT_USER() SQL SECURITY DEFINER VIEW s.v AS SELECT 1", "CreateView replaces")]
    [DataRow("/*!50003 CREATE*/ /*!50017 DEFINER=`me`@`localhost`*/ /*!50003 TRIGGER t BEFORE INSERT ON a FOR EACH ROW SET @a = 1 */", "Create Trigger t, LockTable")]
    [DataRow("CREATE AGGREGATE FUNCTION f(x int) RETURNS int BEGIN RETURN 1; END", "Function f")]
    [DataRow("CREATE FUNCTION f RETURNS STRING SONAME 'f.so'", "Create LibraryFunction f")]
    [DataRow("CREATE PACKAGE BODY p AS PROCEDURE q AS BEGIN NULL; END; END", "Create PackageBody p")]
    [DataRow("CREATE USER IF NOT EXISTS 'me'@'%'", "Create User me conditional")]
    [DataRow("DROP TABLE a; DROP PROCEDURE IF EXISTS p;; CREATE PROCEDURE p() BEGIN DROP TABLE b; END; DROP TABLE c", "DropTable, Next, Drop Procedure p conditional, Next, Create Procedure p")]
    [DataRow("CALL p(); DROP TABLE a", "Next, DropTable")]
    [DataRow("SET STATEMENT max_statement_time = 10 FOR DROP TABLE a", "DropTable")]
    [DataRow("DROP EVENT e", "Drop Event e")]
    [DataRow("USE `Shop`", "database=shop")]
    public void MySQL_is_read(string statement, string expected) => Assert.AreEqual(expected, Shown(new MySqlActionReader(MySqlActionReader.Naming), MySqlDialect.Instance, statement));

    private static string Shown(ActionReader reader, SqlDialect dialect, string statement) => string.Join(", ", reader.Read(dialect.ReadTokens(statement)).Select(Shown));

    private static string Shown(SqlAction action)
    {
        var what = action switch
        {
            CreateObject create => $"Create {create.Kind} {create.Name}",
            CreateFunction create => $"Function {create.Function}",
            DropObject drop => $"Drop {drop.Kind} {drop.Name}",
            DropIndex drop => $"DropIndex {drop.Index}{(drop.IsConcurrent ? " concurrent" : "")}",
            RenameObject rename => $"Rename {rename.Kind} {rename.Name} {rename.To}",
            Reindex reindex => $"Reindex {reindex.Kind} {reindex.Name}{(reindex.IsConcurrent ? " concurrent" : "")}",
            DetachPartition detach => $"Detach {detach.Partition}{(detach.IsConcurrent ? " concurrent" : "")}",
            ChangeSetting setting => $"{setting.Name ?? "*"}={string.Join('|', setting.Values)}",
            NextStatement => "Next",
            _ => action.GetType().Name,
        };
        return what + (action.IsConditional ? " conditional" : "") + (action.Replaces ? " replaces" : "");
    }
}

using MigrationTasks.Engine.Scripts;
using MigrationTasks.PostgreSql.Scripts;
using MigrationTasks.Sqlite.Scripts;

namespace MigrationTasks.Engine.Tests.Scripts;

[TestClass]
public sealed class TransactionShapeTests
{
    [TestMethod]
    [DataRow("a; b")]
    [DataRow("set x = 1; begin; a; commit; analyze a")]
    [DataRow("start transaction; a; commit; start transaction; do $$ begin if true then call_me; end if; end $$; commit;")]
    [DataRow("begin; alter type e add value 'x'; commit;")]
    [DataRow("begin; alter type e add value 'x'; commit; set x = 1;")]
    [DataRow("alter type e add value 'x'; insert into a values ('x')")]
    [DataRow("select pg_catalog.set_config('search_path', '', false); begin; a; commit; b")]
    [DataRow("begin; create temp table t (i int); commit; a")]
    [DataRow("vacuum")]
    [DataRow("begin; vacuum; commit")]
    [DataRow("begin; set local x = 1; a; commit")]
    [DataRow("begin isolation level serializable; a; commit; b")]
    [DataRow("a; begin; rollback; vacuum")]
    public void One_transaction_takes_the_place_of_a_scripts_own_where_it_does_not_matter_where_they_end(string script) =>
        Assert.IsFalse(Shape(script).KeepsOwn);

    [TestMethod]
    [DataRow("alter type e add value 'x'; commit; insert into a values ('x')")]
    [DataRow("begin; alter type public.e add value if not exists 'x'; commit; begin; insert into a values ('x'); commit")]
    [DataRow("begin; a; commit; alter type e add value 'x'; insert into a values ('x')")]
    [DataRow("begin; set local role r; a; commit; b")]
    [DataRow("begin; select set_config('role', 'r', true); commit; b")]
    [DataRow("begin; set constraints all deferred; a; commit; b")]
    [DataRow("begin; create temporary table t (i int) on commit drop; commit; b")]
    [DataRow("begin; a; commit; vacuum")]
    [DataRow("create index concurrently i on a (i); begin; a; commit")]
    [DataRow("begin; a; commit; call p()")]
    [DataRow("begin; a; commit; do $$ begin commit; end $$")]
    [DataRow("begin; a; commit; begin isolation level serializable; b; commit")]
    [DataRow("begin; a; commit; begin; set transaction isolation level serializable; b; commit")]
    public void Where_it_matters_they_stay_what_they_are(string script) => Assert.IsTrue(Shape(script).KeepsOwn);

    [TestMethod]
    [DataRow("PRAGMA foreign_keys=OFF; BEGIN TRANSACTION; CREATE TABLE a (i); DELETE FROM sqlite_sequence; COMMIT;", false)]
    [DataRow("BEGIN TRANSACTION; a; COMMIT; PRAGMA foreign_keys = 0; BEGIN TRANSACTION; DROP TABLE a; COMMIT; PRAGMA foreign_keys = 1; BEGIN TRANSACTION; INSERT INTO b VALUES (1); COMMIT;", false)]
    [DataRow("BEGIN; a; COMMIT; PRAGMA foreign_keys = 1; BEGIN; DROP TABLE a; COMMIT;", true)]
    [DataRow("PRAGMA foreign_keys(yes); BEGIN; DELETE FROM a; COMMIT;", true)]
    [DataRow("PRAGMA foreign_keys; BEGIN; DELETE FROM a; COMMIT;", false)]
    [DataRow("BEGIN; PRAGMA foreign_keys = 1; DELETE FROM a; COMMIT;", false)]
    [DataRow("PRAGMA journal_mode = OFF; BEGIN; a; COMMIT;", true)]
    [DataRow("BEGIN; a; COMMIT; VACUUM;", true)]
    public void SQLite_can_switch_foreign_keys_between_transactions_only(string script, bool keeps) =>
        Assert.AreEqual(keeps, Shape(script, SqliteDialect.Instance).KeepsOwn);

    [TestMethod]
    [DataRow("begin isolation level serializable; a; commit", "ISOLATION LEVEL SERIALIZABLE")]
    [DataRow("start transaction isolation level repeatable read, read write; a; commit", "ISOLATION LEVEL REPEATABLE READ, READ WRITE")]
    [DataRow("begin work not deferrable isolation level read uncommitted; a; commit", "NOT DEFERRABLE, ISOLATION LEVEL READ UNCOMMITTED")]
    [DataRow("set x = 1; set transaction isolation level read committed; a", "ISOLATION LEVEL READ COMMITTED")]
    [DataRow("begin; set local transaction_isolation = 'serializable'; a; commit", "ISOLATION LEVEL SERIALIZABLE")]
    [DataRow("begin; set transaction_isolation to 'repeatable read'; a; commit", "ISOLATION LEVEL REPEATABLE READ")]
    [DataRow("a; set transaction isolation level read committed", null)]
    [DataRow("set transaction snapshot '1'; a", null)]
    [DataRow("begin; a; commit", null)]
    public void A_scripts_first_words_say_how_its_transaction_begins(string script, string? modes) => Assert.AreEqual(modes, Shape(script).Modes);

    [TestMethod]
    public void What_cannot_be_read_keeps_nothing() => Assert.IsFalse(Shape("begin; a; commit; vacuum; select 'oops").KeepsOwn);

    private static TransactionShape Shape(string script, SqlDialect? dialect = null) => TransactionShape.Of(
        dialect ?? PostgreSqlDialect.Instance, () => (dialect ?? PostgreSqlDialect.Instance).ReadStatements(new StringReader(script), ScriptText.File));
}

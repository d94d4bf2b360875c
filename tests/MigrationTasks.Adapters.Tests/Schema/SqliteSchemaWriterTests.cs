using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Schema;

namespace MigrationTasks.Adapters.Tests.Schema;

/// <summary>What is written to lead from one SQLite schema to another does lead there, loses no row that it does not say, and leads back.</summary>
[TestClass]
public sealed class SqliteSchemaWriterTests
{
    // What fits every form of the tables, at least in the columns that all of them have.
    private const string Rows = """
        INSERT INTO loose (a, b) VALUES (1, 2), (3, 4);
        INSERT INTO users (id, email) VALUES (7, 'a@b');
        INSERT INTO users (id, email) VALUES (9, 'c@d');
        DELETE FROM users WHERE id = 9;
        """;

    public static IEnumerable<(string From, string To, string Told)> Changes => SqliteDrift.Changes;

    public static IEnumerable<(string From, string To)> Same => SqliteDrift.Same;

    [TestMethod]
    [DynamicData(nameof(Changes))]
    public void A_change_and_its_rollback_lead_there_and_keep_the_rows(string from, string to, string told)
    {
        using var before = new SqliteDatabase(SqliteDrift.Schema);
        using var after = new SqliteDatabase(SqliteDrift.Replace(from, to));
        using var changed = new SqliteDatabase(SqliteDrift.Schema + Rows);

        foreach (var target in new[] { after, before })
        {
            var isSame = changed.Schema.DifferencesTo(target.Schema).All(difference => difference.Change == SchemaChange.Reordered);
            Assert.AreEqual(isSame, changed.ChangeTo(target.Schema).Count == 0, told);
            AreSame(target, changed);
            Assert.AreSequenceEqual(["1", "3"], changed.Rows("SELECT a FROM loose ORDER BY a"));
            Assert.AreSequenceEqual(["7|a@b"], changed.Rows("SELECT id, email FROM users"));
        }
    }

    [TestMethod]
    public void Any_schema_leads_to_any_other()
    {
        // Each has three of the changes at once, as far as they do not meet.
        var schemas = Enumerable.Range(0, SqliteDrift.Changes.Count).Select(number => new[] { 0, 7, 31 }
            .Select(step => SqliteDrift.Changes[(number + step) % SqliteDrift.Changes.Count])
            .Aggregate(SqliteDrift.Schema, (schema, change) => SqliteDrift.Replace(schema, change.From, change.To))).ToList();
        foreach (var (number, schema) in schemas.Index())
        {
            using var target = new SqliteDatabase(schemas[(number + 13) % schemas.Count]);
            using var changed = new SqliteDatabase(schema + Rows);

            changed.ChangeTo(target.Schema);

            AreSame(target, changed);
            Assert.AreSequenceEqual(["7|a@b"], changed.Rows("SELECT id, email FROM users"));
        }
    }

    [TestMethod]
    [DynamicData(nameof(Same))]
    public void Nothing_is_written_for_another_spelling(string from, string to)
    {
        using var before = new SqliteDatabase(SqliteDrift.Schema);
        using var after = new SqliteDatabase(SqliteDrift.Replace(from, to));
        Assert.AreEqual("", string.Join('\n', before.ChangeTo(after.Schema)));
    }

    [TestMethod]
    public void All_is_created_and_all_is_dropped()
    {
        using var empty = new SqliteDatabase("");
        using var whole = new SqliteDatabase(SqliteDrift.Schema);
        using var changed = new SqliteDatabase("");

        Assert.IsTrue(changed.ChangeTo(whole.Schema).All(statement => statement.Loses is null));
        AreSame(whole, changed);
        var losses = changed.ChangeTo(empty.Schema).Select(statement => statement.Loses).OfType<string>();
        AreSame(empty, changed);
        Assert.AreSequenceEqual(["the table loose", "the table orders", "the table places", "the table readings", "the table search", "the table users"], losses);
    }

    [TestMethod]
    [DataRow("CREATE TABLE t (a, b DEFAULT 1)", "ALTER TABLE t ADD COLUMN b DEFAULT 1")]
    [DataRow("CREATE TABLE t (a, b INT REFERENCES u (id))", "ALTER TABLE t ADD COLUMN b INT REFERENCES u (id)")]
    [DataRow("CREATE TABLE t (a, b AS (a + 1), c TEXT)", "ALTER TABLE t ADD COLUMN b GENERATED ALWAYS AS (a + 1) VIRTUAL;ALTER TABLE t ADD COLUMN c TEXT")]
    [DataRow("CREATE TABLE t (a); CREATE INDEX i ON t (a)", "CREATE INDEX i ON t (a)")]
    [DataRow("CREATE TABLE t (a, b UNIQUE)", "CREATE TABLE t_new (\n  a,\n  b,\n  UNIQUE (b)\n);INSERT INTO t_new (a)\nSELECT a FROM t;DROP TABLE t;ALTER TABLE t_new RENAME TO t")]
    public void What_can_be_added_is_and_else_the_table_is_built_anew(string after, string statements)
    {
        using var target = new SqliteDatabase(after);
        using var changed = new SqliteDatabase("CREATE TABLE t (a)");
        Assert.AreEqual(statements, string.Join(';', changed.ChangeTo(target.Schema).Select(statement => statement.Sql)));
    }

    [TestMethod]
    public void What_is_lost_is_told()
    {
        using var target = new SqliteDatabase("CREATE TABLE t (a, c, d AS (a) STORED)");
        using var changed = new SqliteDatabase("CREATE TABLE t (a, b, c AS (a) STORED, d, e AS (a))");
        Assert.AreEqual("the columns b, d of t", string.Join(';', changed.ChangeTo(target.Schema).Select(statement => statement.Loses).OfType<string>()));
    }

    [TestMethod]
    public void A_number_that_was_given_once_is_never_given_again()
    {
        using var target = new SqliteDatabase("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT NOT NULL)");
        using var changed = new SqliteDatabase("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a TEXT); INSERT INTO t (a) VALUES ('x'), ('y'); DELETE FROM t");

        changed.ChangeTo(target.Schema);

        changed.Execute("INSERT INTO t (a) VALUES ('z')");
        Assert.AreSequenceEqual(["3|z"], changed.Rows("SELECT id, a FROM t"));
    }

    [TestMethod]
    public void Views_and_triggers_that_look_at_a_table_step_aside()
    {
        const string Rest = "CREATE TABLE log (x); CREATE VIEW v AS SELECT a FROM t; CREATE VIEW w AS SELECT a FROM v; CREATE VIEW apart AS SELECT x FROM log; CREATE TRIGGER g AFTER INSERT ON log BEGIN INSERT INTO t (a) VALUES (1); END; CREATE TRIGGER h INSTEAD OF INSERT ON w BEGIN SELECT 1; END;";
        using var target = new SqliteDatabase($"CREATE TABLE t (a INT CHECK (a > 0)); {Rest}");
        using var changed = new SqliteDatabase($"CREATE TABLE t (a INT); INSERT INTO t VALUES (5); {Rest}");

        var statements = changed.ChangeTo(target.Schema).Select(statement => statement.Sql).ToList();

        AreSame(target, changed);
        Assert.AreSequenceEqual(["5"], changed.Rows("SELECT a FROM w"));
        Assert.IsFalse(statements.Exists(statement => statement.Contains("apart", StringComparison.Ordinal)));
    }

    [TestMethod]
    public void A_rename_that_is_asked_for_keeps_what_is_in_it()
    {
        using var target = new SqliteDatabase("CREATE TABLE people (id INTEGER PRIMARY KEY, full_name TEXT NOT NULL, age INT); CREATE INDEX i ON people (full_name); CREATE VIEW v AS SELECT full_name FROM people");
        using var changed = new SqliteDatabase("CREATE TABLE users (id INTEGER PRIMARY KEY, name TEXT NOT NULL); CREATE INDEX i ON users (name); CREATE VIEW v AS SELECT name FROM users; INSERT INTO users VALUES (1, 'x')");

        var statements = changed.ChangeTo(target.Schema, new SchemaRename("users", null, "people"), new SchemaRename("users", "name", "full_name"));

        AreSame(target, changed);
        Assert.IsTrue(statements.All(statement => statement.Loses is null));
        Assert.AreSequenceEqual(["x"], changed.Rows("SELECT full_name FROM v"));
    }

    [TestMethod]
    [DataRow("users", "nome", "full_name")]
    [DataRow("user", "name", "full_name")]
    [DataRow("users", "name", "other")]
    [DataRow("users", null, "people")]
    public void A_rename_that_does_not_fit_is_refused(string table, string? column, string name)
    {
        using var target = new SqliteDatabase("CREATE TABLE users (full_name TEXT)");
        using var changed = new SqliteDatabase("CREATE TABLE users (name TEXT)");
        Assert.AreEqual("MIG6004", Assert.ThrowsExactly<MigrationException>(() => changed.ChangeTo(target.Schema, new SchemaRename(table, column, name))).Code);
    }

    [TestMethod]
    public void What_is_not_understood_is_not_written()
    {
        using var changed = new SqliteDatabase("CREATE TABLE t (a)");
        var target = new SchemaBuilder().AddUncovered("table", "t").Add("table", "t", new SchemaFact("definition", "", "CREATE TABLE t (b)")).Build("SQLite 3");
        Assert.AreEqual("MIG6003", Assert.ThrowsExactly<MigrationException>(() => changed.ChangeTo(target)).Code);
    }

    // By our reader but for the order of columns, and by SQLite's own.
    private static void AreSame(SqliteDatabase target, SqliteDatabase changed)
    {
        Assert.AreEqual("", string.Join('\n', target.Schema.DifferencesTo(changed.Schema).Where(difference => difference.Change != SchemaChange.Reordered)));
        Assert.AreSequenceEqual(target.Catalogue, changed.Catalogue);
    }
}

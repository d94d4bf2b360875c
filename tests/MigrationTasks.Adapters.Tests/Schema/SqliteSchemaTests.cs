using MigrationTasks.Adapters.Tests.Sqlite;
using MigrationTasks.ContractTests;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Sqlite;

namespace MigrationTasks.Adapters.Tests.Schema;

/// <summary>What is read of a SQLite schema: every change of it is seen and named, and nothing else is.</summary>
[TestClass]
public sealed class SqliteSchemaTests
{
    private static readonly SchemaSnapshot Base = Read(SqliteDrift.Schema);

    public static IEnumerable<(string From, string To, string Told)> Changes => SqliteDrift.Changes;

    public static IEnumerable<(string From, string To)> Same => SqliteDrift.Same;

    [TestMethod]
    [DynamicData(nameof(Changes))]
    public void A_change_is_found_and_named(string from, string to, string told) =>
        Assert.AreSequenceEqual(told.Split("; ").Order(StringComparer.Ordinal), Base.DifferencesTo(Read(SqliteDrift.Replace(from, to))).Select(difference => difference.ToString()).Order(StringComparer.Ordinal));

    [TestMethod]
    [DynamicData(nameof(Same))]
    public void Another_spelling_of_the_same_is_no_change(string from, string to) =>
        Assert.AreEqual("", string.Join('\n', Base.DifferencesTo(Read(SqliteDrift.Replace(from, to)))));

    [TestMethod]
    public void Nothing_of_a_usual_schema_is_beyond_the_reader() => Assert.AreEqual("", string.Join('\n', Base.Uncovered));

    [TestMethod]
    public void A_lock_file_gives_the_schema_back() => SchemaScript.IsLocked(Base, "sqlite.schema.lock");

    [TestMethod]
    public void What_SQLite_keeps_for_itself_is_left_out() =>
        Assert.AreSequenceEqual(["t"], Read("CREATE TABLE t (id INTEGER PRIMARY KEY AUTOINCREMENT, a UNIQUE); INSERT INTO t (a) VALUES (1); ANALYZE;").Objects.Select(item => item.Name));

    [TestMethod]
    public void A_renamed_column_and_an_added_one_are_as_if_they_had_always_been_there() => Assert.AreEqual("", string.Join('\n',
        Read("CREATE TABLE t (a, b DEFAULT 1); CREATE INDEX i ON t (a) WHERE a > 1; ALTER TABLE t RENAME a TO \"c d\"; ALTER TABLE t ADD COLUMN e INT NOT NULL DEFAULT 0 REFERENCES t (b);")
            .DifferencesTo(Read("CREATE TABLE t (\"c d\", b DEFAULT 1, e INT NOT NULL DEFAULT 0, FOREIGN KEY (e) REFERENCES t (b)); CREATE INDEX i ON t (\"c d\") WHERE \"c d\" > 1;"))));

    [TestMethod]
    public void A_view_that_is_broken_and_a_name_that_is_odd_are_read() => Assert.AreEqual(
        "table \"a b: \"\"c\"\"\"\nview broken", string.Join('\n', Read("CREATE TABLE \"a b: \"\"c\"\"\" (\"x: y\" TEXT); CREATE VIEW broken AS SELECT * FROM nowhere;").Objects));

    [TestMethod]
    public async Task The_history_is_left_out_and_a_file_that_is_missing_has_no_schema()
    {
        await using var database = new SqliteContractDatabase();
        using var project = new MigrationProject(new SqliteDefinition(), database.Connection);
        Assert.IsEmpty((await ReadAsync(database.File)).Objects);

        (await project.Write("001_a.sql", "CREATE TABLE a (id INTEGER);").MigrateAsync()).Succeeded();

        Assert.AreEqual("table a", string.Join('\n', (await ReadAsync(database.File)).Objects));
    }

    private static SchemaSnapshot Read(string script)
    {
        using var database = new SqliteDatabase(script);
        return database.Schema;
    }

    private static async Task<SchemaSnapshot> ReadAsync(string file)
    {
        await using var adapter = new SqliteAdapter(SqliteDatabase.Config(file));
        await adapter.ConnectAsync(CancellationToken.None);
        return await ((ISchemaReader)adapter).ReadSchemaAsync(CancellationToken.None);
    }
}

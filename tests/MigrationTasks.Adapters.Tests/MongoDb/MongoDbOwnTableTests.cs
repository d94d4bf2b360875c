using MigrationTasks.Adapters.Tests.Golden;
using MigrationTasks.ContractTests;
using MigrationTasks.Engine.Scripts.OwnTables;
using MigrationTasks.MongoDb;

namespace MigrationTasks.Adapters.Tests.MongoDb;

/// <summary>Which commands would hit the history, and which only look like it.</summary>
[TestClass]
public sealed class MongoDbOwnTableTests
{
    private static readonly OwnTableSet Tables = new(null, "schema_migrations") { Lock = "schema_migrations_lock", Database = "app" };

    [TestMethod]
    public async Task A_run_sends_nothing_when_a_command_would_hit_the_history()
    {
        var server = new MongoDbScenario();
        using var project = new MigrationProject(new RecordedMongoDb(server, TimeProvider.System), "mongodb://localhost/app");
        project.Write("001_a.json", """{ "create": "a" }""").Write("002_b.json", """[ { "create": "b" }, { "dropDatabase": 1 } ]""");

        (await project.MigrateAsync()).HasApplied().FailedWith("MIG2036").At(project.PathOf("002_b.json"), 1, 22).Says("database app, and schema_migrations with it").Says("one by one");

        Assert.IsFalse(server.Lines.Any(line => line.Contains("create", StringComparison.Ordinal)), string.Join('\n', server.Lines));
    }

    [TestMethod]
    [DataRow("""{ "drop": "schema_migrations" }""", "Drop")]
    [DataRow("""{ "drop": "schema_migrations_lock" }""", "Drop")]
    [DataRow("""{ "dropDatabase": 1 }""", "Drop database app")]
    [DataRow("""{ "create": "schema_migrations" }""", "Create")]
    [DataRow("""{ "insert": "schema_migrations", "documents": [ { "version": 3 } ] }""", "Fill")]
    [DataRow("""{ "delete": "schema_migrations", "deletes": [ { "q": {}, "limit": 0 } ] }""", "Empty")]
    [DataRow("""{ "renameCollection": "app.schema_migrations", "to": "app.old", "$db": "admin" }""", "Rename")]
    [DataRow("""{ "renameCollection": "app.old", "to": "app.schema_migrations", "$db": "admin" }""", "Create")]
    [DataRow("""{ "renameCollection": "app.old", "to": "app.schema_migrations", "dropTarget": true, "$db": "admin" }""", "Drop")]
    [DataRow("""{ "aggregate": "a", "pipeline": [ { "$out": "schema_migrations" } ], "cursor": {} }""", "Drop")]
    [DataRow("""{ "aggregate": "a", "pipeline": [ { "$merge": { "into": "schema_migrations" } } ], "cursor": {} }""", "Fill")]
    [DataRow("""{ "find": "schema_migrations" }""", "")]
    [DataRow("""{ "drop": "Schema_Migrations" }""", "")]
    [DataRow("""{ "drop": "schema_migrations", "$db": "other" }""", "")]
    [DataRow("""{ "dropDatabase": 1, "$db": "other" }""", "")]
    [DataRow("""{ "renameCollection": "other.schema_migrations", "to": "other.old", "$db": "admin" }""", "")]
    [DataRow("""{ "delete": "schema_migrations", "deletes": [ { "q": { "migration_name": "x" }, "limit": 1 } ] }""", "")]
    [DataRow("""{ "insert": "notes", "documents": [ { "text": "drop schema_migrations" } ] }""", "")]
    [DataRow("""{ "createIndexes": "schema_migrations", "indexes": [] }""", "")]
    public void A_command_that_hits_the_history_is_known(string command, string hit)
    {
        using var text = new StringReader(command);
        var found = new MongoDbOwnTableWatch(Tables).Read(MongoDbLanguage.Instance.ReadStatements(text, null).Single());

        Assert.AreEqual(hit, found is null ? "" : $"{found.Threat} {found.Holder}".TrimEnd());
    }
}

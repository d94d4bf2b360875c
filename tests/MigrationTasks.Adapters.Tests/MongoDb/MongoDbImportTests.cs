using MigrationTasks.ContractTests;
using MigrationTasks.Engine.Commands.Import;
using MongoDB.Bson;
using MongoDB.Driver;

namespace MigrationTasks.Adapters.Tests.MongoDb;

/// <summary>Databases that another tool migrated, on a server.</summary>
[TestClass]
public sealed class MongoDbImportTests : MongoDbServerTest
{
    [TestMethod]
    [DynamicData(nameof(Tools))]
    public async Task The_history_of_every_other_tool_is_imported(string tool)
    {
        var foreign = MongoDbForeignHistory.All.Single(one => one.Tool == tool);
        await WriteAsync(foreign.Collection, foreign.Read());
        var third = $"{new string('9', foreign.First.IndexOf('_', StringComparison.Ordinal))}_third.json";
        Project.Write($"{foreign.First}.json", Nope).Write($"{foreign.Second}.json", Nope).Write(third, Create("third"));
        (await Project.MigrateAsync()).HasApplied().FailedWith(foreign.Collection == "schema_migrations" ? "MIG3001" : "MIG3024").Says("dotnet build -t:MigrateImport");
        var report = (await Project.ImportAsync()).Succeeded();

        Assert.AreEqual(
            $"{foreign.First}.json:Imported {foreign.Second}.json:Imported",
            string.Join(' ', report.Lines.Where(line => line.Outcome != ImportOutcome.NeedsNoFile).Select(line => $"{line.Migration}:{line.Outcome}")));
        Assert.AreEqual(string.Join('\n', foreign.Read()), string.Join('\n', await ReadAsync(foreign.Collection)), "It should not have been touched.");
        (await Project.MigrateAsync()).Applied(third).WithoutWarnings();
        var first = (await Project.GetStatusAsync()).Entries[0].Row!;
        Assert.AreEqual(foreign.HasTimes ? new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) : null, first.ExecutedAt);
    }

    [TestMethod]
    public async Task Nothing_is_imported_where_one_entry_is_not_certain()
    {
        await MigrateMongoAsync("changelog");
        Project.Write("20260102030405_create_users.json", Create("a")).Write("20260103030405_something_else.json", Create("b"));

        (await Project.ImportAsync()).FailedWith("MIG3027").Says("20260103030405-add_orders.js (20260103030405_something_else.json has its version, but another name)");

        Assert.IsFalse(await ExistsAsync("schema_migrations"));
    }

    [TestMethod]
    public async Task A_history_under_another_name_is_imported_when_it_is_named()
    {
        await MigrateMongoAsync("our_migrations");
        Project.Write("20260102030405_create_users.json", Create("a")).Write("20260103030405_add_orders.json", Create("b"));

        (await Project.ImportAsync()).FailedWith("MIG3025").Says("MigrateImportTable");
        (await Project.ImportAsync(null, "their_migrations")).FailedWith("MIG3029").Says("no such collection");
        (await Project.ImportAsync("mongock", "our_migrations")).FailedWith("MIG3029").Says("not a history of Mongock");
        Assert.AreEqual("migrate-mongo", (await Project.ImportAsync(null, "OUR_migrations")).Succeeded().Tool);
    }

    [TestMethod]
    public async Task A_run_may_ignore_the_history_of_another_tool()
    {
        await MigrateMongoAsync("changelog");
        Project.Write("001_a.json", Create("a"));
        Project.Plan = Project.Plan with { IgnoreForeignHistory = true };

        (await Project.MigrateAsync()).Applied("001_a.json").WithoutWarnings();
    }

    [TestMethod]
    public async Task What_only_has_the_name_of_a_history_is_no_obstacle()
    {
        await WriteAsync("changelog", [BsonDocument.Parse("""{ "_id": 1, "what": "a new colour" }""")]);
        await Database.CreateCollectionAsync("migrations");

        (await Project.Write("001_a.json", Create("a")).MigrateAsync()).Applied("001_a.json").WithoutWarnings();
    }

    public static IEnumerable<object[]> Tools => MongoDbForeignHistory.All.Select(foreign => new object[] { foreign.Tool });

    private Task MigrateMongoAsync(string collection) => WriteAsync(collection, MongoDbForeignHistory.All.Single(foreign => foreign.Tool == "migrate-mongo").Read());

    private Task WriteAsync(string collection, IEnumerable<BsonDocument> documents) => Database.GetCollection<BsonDocument>(collection).InsertManyAsync(documents);

    private async Task<IReadOnlyList<BsonDocument>> ReadAsync(string collection) =>
        await Database.GetCollection<BsonDocument>(collection).Find(FilterDefinition<BsonDocument>.Empty).Sort(new BsonDocument("_id", 1)).ToListAsync();
}

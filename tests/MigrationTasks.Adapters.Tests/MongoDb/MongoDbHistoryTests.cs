using MigrationTasks.ContractTests;
using MigrationTasks.Engine.Maintenance;
using MongoDB.Bson;

namespace MigrationTasks.Adapters.Tests.MongoDb;

/// <summary>The history and the way back, on a server.</summary>
[TestClass]
public sealed class MongoDbHistoryTests : MongoDbServerTest
{
    [TestMethod]
    public async Task A_bare_history_is_honoured()
    {
        await History.InsertManyAsync([new BsonDocument("migration_name", "001_a.json"), new BsonDocument("migration_name", "002_b")]);
        Project.Write("001_a.json", Nope).Write("002_b.json", Nope).Write("003_c.json", Create("c"));

        (await Project.MigrateAsync()).Applied("003_c.json").WithoutWarnings();

        (await Project.MigrateAsync()).Applied().WithoutWarnings();
    }

    [TestMethod]
    public async Task A_history_of_another_tool_is_refused_and_not_touched()
    {
        await History.InsertOneAsync(new BsonDocument { { "_id", 1 }, { "version", 3L }, { "dirty", false } });

        (await Project.Write("001_a.json", Create("a")).MigrateAsync()).HasApplied().FailedWith("MIG3001").Says("golang-migrate").Says("HistoryTable");

        Assert.AreEqual(1, await History.CountDocumentsAsync(new BsonDocument()));
        Assert.IsFalse(await ExistsAsync("a"));
    }

    [TestMethod]
    public async Task An_edited_file_is_refused_and_nothing_runs()
    {
        (await Project.Write("001_a.json", Create("a")).MigrateAsync()).Succeeded();

        (await Project.Write("001_a.json", Create("other")).Write("002_b.json", Create("b")).MigrateAsync()).HasApplied().FailedWith("MIG3002");

        Assert.IsFalse(await ExistsAsync("b"));
        (await Project.RepairAsync(Repairs.Checksums)).Succeeded();
        (await Project.MigrateAsync()).Applied("002_b.json");
    }

    [TestMethod]
    public async Task The_script_of_the_history_runs_once()
    {
        Project.Write("000_migrations_table.json", """{ "create": "schema_migrations" }""").Write("001_a.json", Create("a"));

        (await Project.MigrateAsync()).Applied("000_migrations_table.json", "001_a.json").WithoutWarnings();
        (await Project.MigrateAsync()).Applied().WithoutWarnings();
    }

    [TestMethod]
    public async Task Repeatable_migrations_run_again_when_they_are_changed()
    {
        Project.Write("001_a.json", Create("a")).Write("R__data.json", """{ "update": "a", "updates": [ { "q": { "_id": 1 }, "u": { "$set": { "n": 1 } }, "upsert": true } ] }""");
        (await Project.MigrateAsync()).Applied("001_a.json", "R__data.json");
        (await Project.MigrateAsync()).Applied();

        (await Project.Write("R__data.json", """{ "update": "a", "updates": [ { "q": { "_id": 2 }, "u": { "$set": { "n": 1 } }, "upsert": true } ] }""").MigrateAsync()).Applied("R__data.json");

        await NumbersAreAsync("a", 1, 2);
    }

    [TestMethod]
    public async Task A_repeatable_migration_that_needs_a_later_one_runs_after_it()
    {
        (await Project.Write("001_a.json", Create("a")).MigrateAsync()).Succeeded();
        Project.Write("R__a_first.json", """{ "collMod": "b", "validator": {} }""").Write("R__b_second.json", Create("b"));

        (await Project.MigrateAsync()).Applied("R__b_second.json", "R__a_first.json");
    }

    [TestMethod]
    public async Task A_baseline_marks_what_is_there_and_a_run_applies_the_rest()
    {
        Project.Write("001_a.json", Nope).Write("002_b.json", Create("b"));

        (await Project.BaselineAsync("1")).Succeeded();

        (await Project.MigrateAsync()).Applied("002_b.json");
        await HistoryIsAsync("001_a.json|baseline", "002_b.json|applied|1");
    }

    [TestMethod]
    public async Task A_renamed_migration_is_recorded_under_its_new_name()
    {
        (await Project.Write("001_a.json", Create("a")).MigrateAsync()).Succeeded();
        Project.Delete("001_a.json").Write("001_better.json", Create("a"));
        (await Project.MigrateAsync()).FailedWith("MIG3010");

        (await Project.RepairAsync(Repairs.Renamed)).Succeeded();

        (await Project.MigrateAsync()).Applied().WithoutWarnings();
        await HistoryIsAsync("001_better.json|applied|1");
    }

    [TestMethod]
    public async Task A_rollback_comes_from_the_header_a_file_or_the_history()
    {
        Project.Write("001_a.json", Undoable("""{ "drop": "a" }""", Create("a")))
            .Write("002_b.json", Create("b")).Write("002_b.down.json", """{ "drop": "b" }""")
            .Write("003_c.json", Undoable("""[ { "drop": "c" } ]""", Create("c")));
        (await Project.MigrateAsync()).Succeeded();
        Project.Delete("003_c.json");

        var report = (await Project.RollBackAsync(3)).RolledBack("003_c.json", "002_b.json", "001_a.json");

        Assert.AreEqual("History, File, Header", string.Join(", ", report.RolledBack.Select(undone => undone.Source)));
        await HistoryIsAsync();
        Assert.IsFalse(await ExistsAsync("a"));
    }

    [TestMethod]
    public async Task A_failing_rollback_in_a_transaction_leaves_its_migration_applied()
    {
        RequireTransactions();
        Project.Write("001_a.json", Script(Insert("a", 1))).Write("001_a.down.json", Script("""{ "delete": "a", "deletes": [ { "q": {}, "limit": 0 } ] }""", """{ "find": "a", "filter": { "$nope": 1 } }"""));
        (await Project.MigrateAsync()).Succeeded();

        (await Project.RollBackAsync()).HasRolledBack().FailedWith("MIG4005").At(Project.PathOf("001_a.down.json"), 3, 1).Says("applied as before");

        await HistoryIsAsync("001_a.json|applied");
        await NumbersAreAsync("a", 1);
    }

    [TestMethod]
    public async Task A_rollback_that_fails_outside_a_transaction_says_what_stands_and_stops_the_next_run()
    {
        Project.Write("001_a.json", Script(Create("a"), Create("b"))).Write("001_a.down.json", Script("""{ "drop": "a" }""", Nope, """{ "drop": "b" }"""));
        (await Project.MigrateAsync()).Succeeded();

        (await Project.RollBackAsync()).HasRolledBack().FailedWith("MIG4005").At(Project.PathOf("001_a.down.json"), 3, 1).Says("first command stands");

        await HistoryIsAsync("001_a.json|undoing|1");
        (await Project.RollBackAsync()).FailedWith("MIG3020");
        (await Project.MigrateAsync()).FailedWith("MIG3020");
    }

    [TestMethod]
    public async Task Eight_rollbacks_of_everything_undo_each_migration_once()
    {
        for (var i = 1; i <= 6; i++)
        {
            Project.Write($"{i:D3}_more.json", Undoable($$"""{ "delete": "a", "deletes": [ { "q": { "_id": {{i}} }, "limit": 1 } ] }""", Insert("a", i)));
        }

        (await Project.MigrateAsync()).Succeeded();

        var reports = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => Project.RollBackToAsync("1"))));

        var undone = reports.SelectMany(report => report.Succeeded().RolledBack).Select(migration => migration.Name).ToList();
        Assert.HasCount(5, undone);
        CollectionAssert.AllItemsAreUnique(undone);
        await NumbersAreAsync("a", 1);
    }
}

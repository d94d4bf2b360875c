using System.Diagnostics;
using MigrationTasks.ContractTests;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MongoDB.Bson;
using MongoDB.Driver;

namespace MigrationTasks.Adapters.Tests.MongoDb;

/// <summary>Runs and their history on a server.</summary>
[TestClass]
public sealed class MongoDbRunTests : MongoDbServerTest
{
    [TestMethod]
    public async Task A_run_that_is_over_leaves_no_lock_and_a_row_whose_key_is_its_name()
    {
        (await Project.Write("001_a.json", Insert("a", 1)).MigrateAsync()).Applied("001_a.json");

        Assert.AreEqual(0, await Locks.CountDocumentsAsync(FilterDefinition<BsonDocument>.Empty));
        Assert.AreEqual("001_a.json", (await History.Find(FilterDefinition<BsonDocument>.Empty).SingleAsync())["_id"].AsString);
    }

    [TestMethod]
    public async Task A_failure_in_a_transaction_leaves_no_trace()
    {
        RequireTransactions();
        (await Project.Write("001_a.json", Create("a")).MigrateAsync()).Succeeded();
        Project.Write("002_b.json", Script(Insert("a", 1), "  " + Insert("a", 1))).Write("003_c.json", Create("c"));

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG4005").At(Project.PathOf("002_b.json"), 3, 3).Says("duplicate key").Says("rolled back");

        await HistoryIsAsync("001_a.json|applied|1");
        await NumbersAreAsync("a");
        (await Project.Write("002_b.json", Insert("a", 2)).MigrateAsync()).Applied("002_b.json", "003_c.json");
    }

    [TestMethod]
    public async Task A_failure_outside_a_transaction_says_what_stands_and_the_next_run_goes_on()
    {
        Project.Write("001_a.json", Script(Create("a"), Insert("a", 1), Nope, Insert("a", 3))).Write("002_b.json", Create("b"));
        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG4005").At(Project.PathOf("001_a.json"), 4, 1).Says("nope").Says("2 commands were applied").Says("run again");
        await HistoryIsAsync("001_a.json|failed|2");
        await NumbersAreAsync("a", 1);

        Project.Write("001_a.json", Script(Create("a"), Insert("a", 1), Insert("a", 2), Insert("a", 3)));
        var report = (await Project.MigrateAsync()).Applied("001_a.json", "002_b.json");

        Assert.AreEqual(3, report.Applied[0].ResumedAt);
        await NumbersAreAsync("a", 1, 2, 3);
        await HistoryIsAsync("001_a.json|applied|4", "002_b.json|applied|1");
    }

    [TestMethod]
    public async Task A_run_goes_on_only_when_what_stands_is_what_the_file_says()
    {
        (await Project.Write("001_a.json", Script(Create("a"), Nope)).MigrateAsync()).FailedWith("MIG4005");

        (await Project.Write("001_a.json", Script(Create("b"), Insert("a", 1))).MigrateAsync()).HasApplied().FailedWith("MIG3005").Says("changed");

        (await Project.Write("001_a.json", Script(Create("a").Replace(" ", "\n", StringComparison.Ordinal), Insert("a", 1))).MigrateAsync()).Applied("001_a.json");
    }

    [TestMethod]
    public async Task A_command_that_was_interrupted_and_may_not_run_twice_is_asked_about()
    {
        (await Project.Write("001_a.json", Script(Create("a"), Nope)).MigrateAsync()).FailedWith("MIG4005");
        await History.UpdateOneAsync(new BsonDocument("_id", "001_a.json"), new BsonDocument("$set", new BsonDocument("status", "running")));
        Project.Write("001_a.json", Script(Create("a"), Create("b")));

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG3011").At(Project.PathOf("001_a.json"), 3, 1).Says("create b").Says("updateOne");

        Assert.IsFalse(await ExistsAsync("b"));
        await History.UpdateOneAsync(new BsonDocument("_id", "001_a.json"), new BsonDocument("$set", new BsonDocument("status", "failed")));
        (await Project.MigrateAsync()).Applied("001_a.json");
    }

    [TestMethod]
    public async Task A_command_that_was_interrupted_and_may_run_twice_does()
    {
        (await Project.Write("001_a.json", Script(Create("a"), Nope)).MigrateAsync()).FailedWith("MIG4005");
        await History.UpdateOneAsync(new BsonDocument("_id", "001_a.json"), new BsonDocument("$set", new BsonDocument("status", "running")));

        Project.Write("001_a.json", Script(Create("a"), """{ "createIndexes": "a", "indexes": [ { "key": { "n": 1 }, "name": "n" } ] }"""));

        (await Project.MigrateAsync()).Applied("001_a.json");
    }

    [TestMethod]
    public async Task Cancelling_stops_a_slow_command_on_the_server()
    {
        (await Project.Write("001_a.json", Insert("a", 1)).MigrateAsync()).Succeeded();
        Project.Write("002_slow.json", Script(Insert("a", 2), Slow("a", 60)));
        using var cancellation = new CancellationTokenSource();
        var observer = new RecordingObserver();

        var run = Project.MigrateAsync(observer, cancellation.Token);
        await Task.WhenAny(observer.WhenStarted("002_slow.json"), run);
        await Task.Delay(500);
        var cancelledAt = Stopwatch.GetTimestamp();
        await cancellation.CancelAsync();

        (await run).HasApplied().FailedWith("MIG4007");
        Assert.IsLessThan(TimeSpan.FromSeconds(10), Stopwatch.GetElapsedTime(cancelledAt));
        var running = await Database.Client.GetDatabase("admin").Aggregate<BsonDocument>(new[]
        {
            new BsonDocument("$currentOp", new BsonDocument()), new BsonDocument("$match", new BsonDocument("command.$db", Database.DatabaseNamespace.DatabaseName)),
        }).ToListAsync();
        Assert.IsEmpty(running, string.Join('\n', running));
        (await Project.Write("002_slow.json", Script(Insert("a", 2), Insert("a", 3))).MigrateAsync()).Applied("002_slow.json");
        await NumbersAreAsync("a", 1, 2, 3);
    }

    [TestMethod]
    public async Task What_somebody_else_is_writing_is_waited_for()
    {
        RequireTransactions();
        (await Project.Write("001_a.json", Insert("a", 1)).MigrateAsync()).Succeeded();
        using var session = await Database.Client.StartSessionAsync();
        session.StartTransaction();
        await Database.GetCollection<BsonDocument>("a").UpdateOneAsync(session, new BsonDocument("_id", 1), new BsonDocument("$set", new BsonDocument("n", 1)));
        Project.Write("002_b.json", """{ "update": "a", "updates": [ { "q": { "_id": 1 }, "u": { "$set": { "n": 2 } } } ] }""");
        var observer = new RecordingObserver();

        var run = Project.MigrateAsync(observer);
        await observer.WhenWaiting(run);
        await session.CommitTransactionAsync();

        (await run).Applied("002_b.json");
        Assert.AreEqual("started 002_b.json, applied 002_b.json", string.Join(", ", observer.Events));
        Assert.AreEqual(2, (await Database.GetCollection<BsonDocument>("a").Find(new BsonDocument("_id", 1)).SingleAsync())["n"].ToInt32());
    }

    [TestMethod]
    public async Task The_lock_of_a_run_that_died_expires_by_the_servers_clock()
    {
        var server = (await Database.RunCommandAsync<BsonDocument>(new BsonDocument("hello", 1)))["localTime"].ToUniversalTime();
        await Locks.InsertOneAsync(new BsonDocument { { "_id", "run" }, { "owner", "dead" }, { "holder", "build-7, process 12" }, { "expires_at", server.AddSeconds(3) } });

        var report = (await Project.Write("001_a.json", Create("a")).MigrateAsync()).Applied("001_a.json");

        Assert.IsGreaterThan(TimeSpan.FromSeconds(2), report.Duration);
    }

    [TestMethod]
    public async Task A_run_whose_lock_is_taken_from_it_stops()
    {
        (await Project.Write("001_a.json", Insert("a", 1)).MigrateAsync()).Succeeded();
        Project.Write("002_slow.json", Untransacted(Insert("a", 2), Slow("a", 40), Insert("a", 3)));
        var observer = new RecordingObserver();
        var run = Project.MigrateAsync(observer);
        await Task.WhenAny(observer.WhenStarted("002_slow.json"), run);

        await Locks.UpdateOneAsync(new BsonDocument("_id", "run"), new BsonDocument("$set", new BsonDocument("owner", "somebody")));

        (await run).HasApplied().FailedWith("MIG4021").Says("another run has taken it");
        await NumbersAreAsync("a", 1, 2);
    }

    [TestMethod]
    public async Task A_placeholder_is_a_value_whatever_it_holds()
    {
        Project.Placeholders["name"] = "a\"b\\c";
        Project.Placeholders["n"] = "17";

        (await Project.Write("001_a.json", """{ "insert": "a", "documents": [ { "_id": ${n}, "name": "${name}" } ] }""").MigrateAsync()).Applied("001_a.json");

        Assert.AreEqual("a\"b\\c", (await Database.GetCollection<BsonDocument>("a").Find(FilterDefinition<BsonDocument>.Empty).SingleAsync())["name"].AsString);
    }

    [TestMethod]
    public async Task A_command_may_run_on_another_database()
    {
        var name = Database.DatabaseNamespace.DatabaseName;

        (await Project.Write("001_a.json", Script(Create("a"), $$"""{ "renameCollection": "{{name}}.a", "to": "{{name}}.b", "$db": "admin" }""")).MigrateAsync()).Applied("001_a.json");

        Assert.IsTrue(await ExistsAsync("b"));
    }

    [TestMethod]
    public async Task The_adapter_runs_commands_and_queries_with_values()
    {
        var adapter = Project.CreateAdapter();
        await using var disposal = adapter;
        await adapter.ConnectAsync(default);
        await adapter.ExecuteAsync("""{ "insert": "a", "documents": [ { "_id": 1, "name": "it's" }, { "_id": 2, "name": null } ] }""", default);
        var name = "it's";

        var rows = await adapter.QueryAsync($$"""{ "find": "a", "filter": { "name": {{name}} } }""", default);

        Assert.AreEqual("1|it's", string.Join('\n', rows.Select(row => string.Join('|', row))));
        Assert.HasCount(2, await adapter.QueryAsync($$"""{ "find": "a", "batchSize": 1 }""", default));
        Assert.StartsWith("MongoDB ", await adapter.TestConnectionAsync(default));
        Assert.IsTrue(await adapter.TableExistsAsync(HistoryTableName.Parse("a"), default));
        Assert.IsFalse(await adapter.TableExistsAsync(HistoryTableName.Parse("b"), default));
        await AssertTransactionAsync(() => adapter.InTransactionAsync(async stop =>
        {
            await adapter.ExecuteAsync(Insert("a", 3), stop);
            throw new InvalidOperationException("No.");
        }, default));
        await NumbersAreAsync("a", 1, 2);
    }

    [TestMethod]
    public async Task A_bare_history_is_honoured()
    {
        await History.InsertManyAsync([new BsonDocument("migration_name", "001_a.json"), new BsonDocument("migration_name", "002_b")]);
        Project.Write("001_a.json", Nope).Write("002_b.json", Nope).Write("003_c.json", Create("c"));

        (await Project.MigrateAsync()).Applied("003_c.json").WithoutWarnings();

        (await Project.MigrateAsync()).Applied().WithoutWarnings();
    }

    [TestMethod]
    public async Task A_failing_rollback_in_a_transaction_leaves_its_migration_applied()
    {
        RequireTransactions();
        Project.Write("001_a.json", Script(Insert("a", 1))).Write("001_a.down.json", Script("""{ "delete": "a", "deletes": [ { "q": {}, "limit": 0 } ] }""", """{ "find": "a", "filter": { "$nope": 1 } }"""));
        (await Project.MigrateAsync()).Succeeded();

        (await Project.RollBackAsync()).HasRolledBack().FailedWith("MIG4005").At(Project.PathOf("001_a.down.json"), 3, 1).Says("still applied");

        await HistoryIsAsync("001_a.json|applied");
        await NumbersAreAsync("a", 1);
    }

    private async Task AssertTransactionAsync(Func<Task> work)
    {
        if (HasTransactions)
        {
            await Assert.ThrowsExactlyAsync<InvalidOperationException>(work);
        }
        else
        {
            Assert.AreEqual("MIG4023", (await Assert.ThrowsExactlyAsync<MigrationException>(work)).Code);
        }
    }
}

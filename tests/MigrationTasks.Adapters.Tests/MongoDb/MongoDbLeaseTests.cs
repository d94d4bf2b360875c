using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.MongoDb;
using MongoDB.Bson;
using MongoDB.Driver;

namespace MigrationTasks.Adapters.Tests.MongoDb;

/// <summary>The run lock as the driver sees it: what is asked of the server, and what a run makes of the answers.</summary>
[TestClass]
public sealed class MongoDbLeaseTests
{
    private readonly ManualTime _time = new();
    private readonly List<BsonDocument> _ended = [];
    private StandInLocks _server = null!;

    [TestMethod]
    public async Task It_is_taken_in_one_step_by_the_servers_clock()
    {
        var lease = await TakeAsync(_ => Mine());
        await lease.DisposeAsync();

        var update = _server.Questions[0]["update"].AsBsonArray.Single();
        Assert.AreEqual(BsonDocument.Parse("""{ "_id": "run" }"""), _server.Questions[0]["filter"]);
        Assert.AreEqual(
            BsonDocument.Parse($$"""
                { "$replaceWith": { "$cond": [
                  { "$lte": [ { "$ifNull": [ "$expires_at", null ] }, "$$NOW" ] },
                  { "_id": "run", "owner": "{{lease.Owner}}", "holder": { "$literal": "{{Environment.MachineName}}, process {{Environment.ProcessId}}" }, "since": "$$NOW",
                    "expires_at": { "$add": [ "$$NOW", { "$numberLong": "30000" } ] },
                    "session": { "$literal": { "id": 7 } }, "expired_session": "$session" },
                  "$$ROOT" ] } }
                """),
            update);
        Assert.AreEqual(new BsonDocument { { "_id", "run" }, { "owner", lease.Owner } }, _server.Questions[^1]["delete"]);
    }

    [TestMethod]
    public async Task With_the_lock_of_a_run_that_died_its_session_ends()
    {
        await (await TakeAsync(_ => Mine())).DisposeAsync();
        Assert.IsEmpty(_ended);

        await (await TakeAsync(_ => Mine().Add("expired_session", new BsonDocument("id", 6)))).DisposeAsync();

        Assert.AreEqual(new BsonDocument("id", 6), _ended.Single());
    }

    [TestMethod]
    public async Task It_is_waited_for_and_taken_when_it_is_free()
    {
        var taking = TakeAsync(question => question < 2 ? Others() : Mine());
        await _time.PassAsync(TimeSpan.FromSeconds(1));
        await _time.PassAsync(TimeSpan.FromSeconds(1));

        await (await taking).DisposeAsync();

        Assert.HasCount(4, _server.Questions);
    }

    [TestMethod]
    public async Task Whoever_holds_it_for_too_long_is_named()
    {
        var taking = TakeAsync(_ => Others());
        await _time.PassAsync(TimeSpan.FromSeconds(61));

        var problem = (await Assert.ThrowsExactlyAsync<MigrationException>(() => taking)).Diagnostics.Single();

        Assert.AreEqual("MIG3008", problem.Code);
        Assert.Contains("build-7, process 12, since 03:04:05 UTC", problem.Message);
    }

    [TestMethod]
    public async Task It_is_renewed_as_long_as_it_is_held()
    {
        var lease = await TakeAsync(_ => Mine());
        for (var renewals = 0; renewals < 8; renewals++)
        {
            await _time.PassAsync(TimeSpan.FromSeconds(5));
        }

        Assert.IsFalse(lease.Lost.IsCancellationRequested);
        await lease.DisposeAsync();
        var renewal = _server.Questions[1];
        Assert.AreEqual(new BsonDocument { { "_id", "run" }, { "owner", lease.Owner } }, renewal["filter"]);
        Assert.AreEqual(BsonDocument.Parse("""[ { "$set": { "expires_at": { "$add": [ "$$NOW", { "$numberLong": "30000" } ] } } } ]""".Insert(0, "{ \"x\": ") + " }")["x"], renewal["update"]);
    }

    [TestMethod]
    public async Task It_is_lost_when_another_run_has_it()
    {
        var lease = await TakeAsync(question => question == 0 ? Mine() : null);
        await _time.PassAsync(TimeSpan.FromSeconds(5));

        await WhenLostAsync(lease);

        Assert.Contains("another run has taken it", lease.Problem);
        await lease.DisposeAsync();
    }

    [TestMethod]
    public async Task A_renewal_that_fails_is_tried_again_until_the_lock_would_expire()
    {
        var lease = await TakeAsync(question => question == 0 ? Mine() : throw new MongoException("no primary"));
        for (var renewals = 0; renewals < 5; renewals++)
        {
            await _time.PassAsync(TimeSpan.FromSeconds(5));
        }

        Assert.IsFalse(lease.Lost.IsCancellationRequested);

        await _time.PassAsync(TimeSpan.FromSeconds(5));

        await WhenLostAsync(lease);
        Assert.Contains("could not be renewed for 30 s", lease.Problem);
        await lease.DisposeAsync();
    }

    [TestMethod]
    public async Task A_renewal_that_works_again_keeps_it()
    {
        var lease = await TakeAsync(question => question % 4 != 0 ? throw new TimeoutException() : Mine());
        for (var renewals = 0; renewals < 12; renewals++)
        {
            await _time.PassAsync(TimeSpan.FromSeconds(5));
        }

        await lease.DisposeAsync();

        Assert.AreEqual("", lease.Problem);
    }

    [TestMethod]
    public async Task It_is_lost_when_the_run_stood_still_for_as_long_as_it_lasts()
    {
        var lease = await TakeAsync(_ => Mine());

        await _time.PassAsync(TimeSpan.FromSeconds(30));

        await WhenLostAsync(lease);
        Assert.Contains("could not be renewed for 30 s", lease.Problem);
        await lease.DisposeAsync();
    }

    private Task<MongoDbLease> TakeAsync(Func<int, BsonDocument?> answer)
    {
        (var collection, _server) = StandInLocks.Create(answer);
        var config = (MongoDbConfig)new MongoDbDefinition().Configure("mongodb://localhost/app", new DatabaseSettings { ProjectDirectory = Path.GetTempPath(), Variable = "MONGODB_URL" });
        return MongoDbLease.TakeAsync(collection, config, new BsonDocument("id", 7), EndAsync, _time, default);

        Task EndAsync(BsonDocument session)
        {
            _ended.Add(session);
            return Task.CompletedTask;
        }
    }

    // What a server answers to the run that has just taken it: the owner that it was sent.
    private BsonDocument Mine()
    {
        var take = _server.Questions[0]["update"][0]["$replaceWith"]["$cond"][1].AsBsonDocument;
        return new BsonDocument { { "_id", "run" }, { "owner", take["owner"] } };
    }

    private static BsonDocument Others() => new()
    {
        { "_id", "run" }, { "owner", "somebody" }, { "holder", "build-7, process 12" }, { "since", new BsonDateTime(new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)) },
    };

    private static async Task WhenLostAsync(MongoDbLease lease)
    {
        var lost = new TaskCompletionSource();
        await using var registration = lease.Lost.Register(lost.SetResult);
        await lost.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }
}

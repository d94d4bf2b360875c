using System.Net;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;
using MigrationTasks.MongoDb;
using MongoDB.Bson;
using MongoDB.Driver;
using MongoDB.Driver.Core.Clusters;
using MongoDB.Driver.Core.Connections;
using MongoDB.Driver.Core.Servers;

namespace MigrationTasks.Adapters.Tests.MongoDb;

/// <summary>How collections of other tools are looked for and read: what is asked of a server, and what becomes of its answers.</summary>
[TestClass]
public sealed class MongoDbCatalogTests
{
    private static readonly IReadOnlyList<HistoryTableName> Names = [new(null, "changelog"), new("grate", "ScriptsRun")];

    [TestMethod]
    public async Task One_command_tells_that_there_is_nothing()
    {
        var (session, server) = await StandInCommands.StartAsync(_ => Cursor([]));

        Assert.IsEmpty(await new MongoDbCatalog(session).FindAsync(Names, default));

        Assert.AreEqual(
            BsonDocument.Parse("""
                {
                  "listCollections": 1,
                  "filter": { "name": { "$in": [ { "$regularExpression": { "pattern": "^changelog$", "options": "i" } }, { "$regularExpression": { "pattern": "^grate\\.ScriptsRun$", "options": "i" } } ] } },
                  "nameOnly": true,
                  "authorizedCollections": true
                }
                """),
            server.Commands.Single());
    }

    [TestMethod]
    public async Task The_fields_of_a_few_documents_are_the_columns_of_their_collection()
    {
        var (session, server) = await StandInCommands.StartAsync(command => command.GetElement(0).Name == "listCollections"
            ? Cursor([new BsonDocument("name", "Changelog"), new BsonDocument("name", "changelog")])
            : Cursor(command["find"] == "Changelog" ? [new BsonDocument("a", 1), new BsonDocument { { "a", 1 }, { "b", 2 } }]
                : command["sort"]["_id"] == 1 ? [.. Enumerable.Range(0, 5).Select(number => new BsonDocument { { "_id", number }, { "fileName", "x" } })]
                : [new BsonDocument { { "_id", 9 }, { "fileName", "y" }, { "fileHash", "z" } }]));

        var shapes = await new MongoDbCatalog(session).FindAsync(Names, default);

        Assert.AreEqual("changelog: _id fileName fileHash, Changelog: a b", string.Join(", ", shapes.Select(shape => $"{shape.Name}: {string.Join(' ', shape.Columns)}")));
        Assert.AreEqual(
            """
            { "find" : "changelog", "sort" : { "_id" : 1 }, "limit" : 5, "singleBatch" : true }
            { "find" : "changelog", "sort" : { "_id" : -1 }, "limit" : 5, "singleBatch" : true }
            { "find" : "Changelog", "sort" : { "_id" : 1 }, "limit" : 5, "singleBatch" : true }
            """.ReplaceLineEndings("\n"),
            string.Join('\n', server.Commands.Skip(1)));
    }

    [TestMethod]
    public async Task Documents_become_rows_of_the_fields_that_are_asked_for()
    {
        var (session, server) = await StandInCommands.StartAsync(_ => Cursor([
            BsonDocument.Parse("""{ "at": { "$date": "2026-01-02T03:04:05Z" }, "n": 3, "d": true }"""),
            BsonDocument.Parse("""{ "at": null, "n": 1.5, "d": { "x": 1 } }"""),
        ]));

        var rows = await new MongoDbCatalog(session).ReadAsync(new HistoryTableName(null, "changelog"), ["n", "at", "d", "none"], default);

        CollectionAssert.AreEqual(new object?[] { 3L, new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), true, null }, rows[0].ToArray());
        CollectionAssert.AreEqual(new object?[] { 1.5, null, """{ "x" : 1 }""", null }, rows[1].ToArray());
        Assert.AreEqual("""{ "find" : "changelog", "projection" : { "_id" : 0, "n" : 1, "at" : 1, "d" : 1, "none" : 1 } }""", server.Commands.Single().ToJson());
    }

    [TestMethod]
    public async Task All_documents_of_a_large_history_are_read()
    {
        var (session, server) = await StandInCommands.StartAsync(command => command.Contains("getMore")
            ? new BsonDocument("cursor", new BsonDocument { { "id", 0L }, { "ns", "app.changelog" }, { "nextBatch", new BsonArray { new BsonDocument("n", 2) } } })
            : Cursor([new BsonDocument("n", 1)], id: 7));

        var rows = await new MongoDbCatalog(session).ReadAsync(new HistoryTableName(null, "changelog"), ["n"], default);

        Assert.AreEqual("1, 2", string.Join(", ", rows.Select(row => row.Single())));
        Assert.AreEqual("""{ "getMore" : 7, "collection" : "changelog" }""", server.Commands[1].ToJson(new() { OutputMode = MongoDB.Bson.IO.JsonOutputMode.RelaxedExtendedJson }));
    }

    [TestMethod]
    public async Task The_documents_of_every_tool_are_recognised_and_understood()
    {
        foreach (var foreign in MongoDbForeignHistory.All)
        {
            var (session, _) = await StandInCommands.StartAsync(command => command.GetElement(0).Name == "listCollections"
                ? Cursor([new BsonDocument("name", foreign.Collection)])
                : Cursor(foreign.Read()));
            var catalog = new MongoDbCatalog(session);

            var shape = (await catalog.FindAsync(KnownTools.ForName(foreign.Tool).Tables, default)).Single();
            var tool = KnownTools.Recognise([.. shape.Columns]);
            var entries = tool!.Read([.. (await catalog.ReadAsync(shape.Name, shape.Columns, default)).Select(row => new ForeignRow(shape.Columns, row))]).ToList();

            Assert.AreEqual(foreign.Tool, tool.Name);
            entries.RemoveAll(entry => entry.Kind == ForeignEntryKind.WithoutFile);
            Assert.HasCount(foreign.Tool == "golang-migrate" ? 1 : 2, entries, foreign.Tool);
            Assert.AreEqual(foreign.HasTimes ? new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero) : null, entries[0].AppliedAt, $"The time of {foreign.Tool}.");
        }
    }

    [TestMethod]
    public async Task What_the_user_may_not_read_is_refused_as_such()
    {
        var (client, _) = StandInCommands.Create(command => command.GetElement(0).Name switch
        {
            "find" => throw new MongoCommandException(
                new ConnectionId(new ServerId(new ClusterId(), new DnsEndPoint("h", 1))), "Command find failed", command, BsonDocument.Parse("""{ "ok": 0, "code": 13, "codeName": "Unauthorized", "errmsg": "not authorized on app" }""")),
            "listCollections" => Cursor([new BsonDocument("name", "changelog")]),
            _ => [],
        });
        var config = new MongoDbDefinition().Configure("mongodb://localhost/app", new DatabaseSettings { ProjectDirectory = Path.GetTempPath(), Variable = "MONGODB_URL" });
        await using var adapter = new MongoDbAdapter((MongoDbConfig)config, _ => client);
        await adapter.ConnectAsync(default);

        foreach (var read in new Func<Task>[] { () => adapter.FindTablesAsync(Names, default), () => adapter.ReadTableAsync(Names[0], ["fileName"], default) })
        {
            var problem = (await Assert.ThrowsExactlyAsync<MigrationException>(read)).Diagnostics.Single();
            Assert.AreEqual("MIG4013", problem.Code);
            Assert.Contains("not authorized on app (Unauthorized 13)", problem.Message);
        }
    }

    private static BsonDocument Cursor(IEnumerable<BsonDocument> documents, long id = 0) =>
        new("cursor", new BsonDocument { { "id", id }, { "ns", "app.changelog" }, { "firstBatch", new BsonArray(documents) } });
}

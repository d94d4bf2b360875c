using System.Text;
using MigrationTasks.Adapters.Tests.MongoDb;
using MigrationTasks.ContractTests;
using MigrationTasks.Engine.Commands;
using MigrationTasks.Engine.Commands.Repair;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.MongoDb;
using MongoDB.Bson;
using MongoDB.Driver;

namespace MigrationTasks.Adapters.Tests.Golden;

/// <summary>
/// Operations as the driver is asked for them, in the order of <see cref="OperationsContract"/>. No server is needed: each scenario tells
/// what one answers. What it makes of the operations is not shown here.
/// </summary>
[TestClass]
public sealed class MongoDbOperations
{
    private const string Insert1 = """{ "insert": "a", "documents": [ { "_id": 1 } ] }""";
    private const string Insert2 = """{ "insert": "a", "documents": [ { "_id": 2 } ] }""";
    private const string Insert3 = """{ "insert": "a", "documents": [ { "_id": 3 } ] }""";
    private const string CreateB = """{ "create": "b" }""";
    private const string None = """{ "$migration": { "transaction": "none" } }""";
    private const string IndexA = """{ "createIndexes": "a", "indexes": [ { "key": { "n": 1 }, "name": "n" } ] }""";

    private readonly StringBuilder _text = new();
    private readonly ManualTime _time = new();

    [TestMethod]
    public async Task Operations_come_in_the_approved_order()
    {
        await RecordAsync("first run: no history yet", (project, _) => project.Write("001_a.json", Insert1));
        await RecordAsync("nothing pending", (project, server) => server.Finds(Row(project.Write("001_a.json", Insert1), "001_a.json")));
        await RecordAsync("two pending", TwoPending);
        await RecordAsync("a limit for each command, and the lock of a run that died", (project, server) =>
        {
            project.Write("001_a.json", Insert1).CommandTimeout = TimeSpan.FromSeconds(7);
            server.Finds();
            server.Answers("findAndModify", new BsonDocument("expired_session", new BsonDocument("id", "<that of the run that died>")));
        });
        await RecordAsync("a failure in the middle", (project, server) =>
        {
            server.Finds(Row(project.Write("001_a.json", Insert1), "001_a.json"));
            project.Write("002_b.json", Insert2).Write("003_fails.json", Script(Insert3, Insert3, Insert1)).Write("004_d.json", CreateB);
            server.Answers("\"_id\" : 3", []);
            server.Answers("\"_id\" : 3", BsonDocument.Parse("""{ "n": 0, "writeErrors": [ { "index": 0, "code": 11000, "errmsg": "E11000 duplicate key" } ] }"""));
        });
        await RecordAsync("somebody else changes the same document: the transaction is tried again", (project, server) =>
        {
            server.Finds(Row(project.Write("001_a.json", Insert1), "001_a.json"));
            project.Write("002_b.json", Script(Insert2, Insert3));
            server.Refuses("\"_id\" : 3", 112, "WriteConflict", "TransientTransactionError");
        });
        await RecordAsync("whether a commit came through is not known: it is sent again", (project, server) =>
        {
            server.Finds(Row(project.Write("001_a.json", Insert1), "001_a.json"));
            project.Write("002_b.json", Insert2);
            server.Refuses("commit", 91, "shutting down", "UnknownTransactionCommitResult");
        });
        using var cancellation = new CancellationTokenSource();
        await RecordAsync("cancelled while it commits: that is waited for", (project, server) =>
        {
            server.Finds(Row(project.Write("001_a.json", Insert1), "001_a.json"));
            project.Write("002_b.json", Insert2).Write("003_c.json", Insert3);
            server.Meanwhile("commit", cancellation.Cancel);
        }, async (project, _) => (await project.MigrateAsync(cancellation: cancellation.Token)).HasApplied("002_b.json"));
        await RecordAsync("superseded: another runner applies 002 after the plan is made", (project, server) =>
        {
            project.Write("001_a.json", Insert1).Write("002_b.json", Insert2).Write("003_c.json", Insert3);
            server.Finds(Row(project, "001_a.json"));
            server.Finds(Row(project, "001_a.json"), Row(project, "002_b.json"));
            server.Refuses("schema_migrations.insert", 11000, "E11000 duplicate key");
        });
        await RecordAsync("outside a transaction, on a server that has them", (project, server) =>
        {
            server.Finds(Row(project.Write("001_a.json", Insert1), "001_a.json"));
            project.Write("002_outside.json", Script(Insert2, CreateB, IndexA)).Write("003_c.json", Insert3);
        });
        await RecordAsync("the header keeps it out of transactions: a document command too", (project, server) =>
        {
            server.Finds(Row(project.Write("001_a.json", Insert1), "001_a.json"));
            project.Write("002_none.json", Script(None, Insert2, Insert3)).Write("003_c.json", Insert3);
        });
        await RecordAsync("on a single server, without transactions", SingleServer, hasTransactions: false);
        await RecordAsync("a failure outside a transaction", (project, server) =>
        {
            server.Finds(Row(project.Write("001_a.json", Insert1), "001_a.json"));
            project.Write("002_fails.json", Script(Insert2, CreateB, Insert3)).Write("003_c.json", Insert3);
            server.Refuses("\"create\"", 48, "Collection app.b already exists.");
        });
        await RecordAsync("the connection breaks outside a transaction: whether the command stands is not known", (project, server) =>
        {
            server.Finds(Row(project.Write("001_a.json", Insert1), "001_a.json"));
            project.Write("002_b.json", Script(Insert2, Insert3));
            server.Fails("\"_id\" : 3", new MongoConnectionException(MongoDbScenario.Connection, "An exception occurred while receiving a message from the server."));
        }, hasTransactions: false);
        await RecordAsync("too few members confirm a command outside a transaction: it may stand", (project, server) =>
        {
            server.Finds(Row(project.Write("001_a.json", Insert1), "001_a.json"));
            project.Write("002_b.json", Script(Insert2, CreateB));
            server.Fails("\"create\"", MongoDbErrorTests.Unconfirmed("waiting for replication timed out", 64));
        });
        await RecordAsync("a command on a single server fails after a part of it is done", (project, server) =>
        {
            server.Finds(Row(project.Write("001_a.json", Insert1), "001_a.json"));
            project.Write("002_b.json", Script(Insert2, Insert3));
            server.Answers("\"_id\" : 3", BsonDocument.Parse("""{ "n": 2, "writeErrors": [ { "index": 2, "code": 11000, "errmsg": "E11000 duplicate key" } ] }"""));
        }, hasTransactions: false);
        using var stopping = new CancellationTokenSource();
        await RecordAsync("cancelled in a command outside a transaction: it may stand, or a part of it", (project, server) =>
        {
            server.Finds(Row(project.Write("001_a.json", Insert1), "001_a.json"));
            project.Write("002_b.json", Script(Insert2, Insert3));
            _ = server.Hangs("\"_id\" : 3");
            server.Meanwhile("\"_id\" : 2", () => stopping.CancelAfter(TimeSpan.FromMilliseconds(300)));
        }, async (project, _) => await project.MigrateAsync(cancellation: stopping.Token), hasTransactions: false);
        using var leaving = new CancellationTokenSource();
        await RecordAsync("cancelled in a command that shares a transaction with its entry: neither stands", (project, server) =>
        {
            server.Finds(Row(project.Write("001_a.json", Insert1), "001_a.json"));
            project.Write("002_b.json", Script(CreateB, Insert3));
            _ = server.Hangs("\"_id\" : 3");
            server.Meanwhile("\"create\"", () => leaving.CancelAfter(TimeSpan.FromMilliseconds(300)));
        }, async (project, _) => await project.MigrateAsync(cancellation: leaving.Token));
        await RecordAsync("a commit that shares a transaction with its entry is not answered: it may stand", (project, server) =>
        {
            server.Finds(Row(project.Write("001_a.json", Insert1), "001_a.json"));
            project.Write("002_b.json", Script(CreateB, Insert2));
            server.Refuses("commit", 91, "shutting down", "UnknownTransactionCommitResult");
            server.Fails("commit", new TimeoutException("A timeout occurred after 10000ms selecting a server"));
        });
        await RecordAsync("a rollback outside a transaction runs into the time limit in its first command: a part of it may stand", (project, server) =>
        {
            server.Finds(Row(project.Write("001_a.json", Undone(Insert1, Delete(1))), "001_a.json"));
            server.Fails("\"delete\" : \"a\"", new MongoExecutionTimeoutException(MongoDbScenario.Connection, "operation exceeded time limit"));
        }, RollBackAsync, hasTransactions: false);
        await RecordAsync("going on behind the commands that stand", (project, server) =>
        {
            project.Write("001_a.json", Script(Insert1, CreateB, Insert2));
            server.Finds(Row(project, "001_a.json", HistoryStatus.Failed, done: 1));
        });
        await RecordAsync("going on where a run was interrupted", (project, server) =>
        {
            project.Write("001_a.json", Script(Insert1, IndexA));
            server.Finds(Row(project, "001_a.json", HistoryStatus.Running, done: 1));
        });
        await RecordAsync("another run has taken over what this one has in work", (project, server) =>
        {
            server.Finds(Row(project.Write("001_a.json", Insert1), "001_a.json"));
            project.Write("002_b.json", Script(CreateB, Insert2));
            server.Answers("\"statements_done\" : NumberLong(1)", new BsonDocument("n", 0));
        });
        await RecordAsync("the lock is lost in the middle of a transaction", (project, server) =>
        {
            server.Finds(Row(project.Write("001_a.json", Insert1), "001_a.json"));
            project.Write("002_b.json", Script(Insert2, Insert3, Insert1));
        }, LoseLockAsync);
        await RecordAsync("the lock is lost in the middle, on a single server", (project, server) =>
        {
            server.Finds(Row(project.Write("001_a.json", Insert1), "001_a.json"));
            project.Write("002_b.json", Script(Insert2, Insert3, Insert1));
        }, LoseLockAsync, hasTransactions: false);
        await RecordAsync("the history is created by its migration", (project, server) =>
        {
            project.Write("000_migrations_table.json", """{ "create": "schema_migrations" }""").Write("001_a.json", Insert1);
            server.Refuses(".createCollection", 48, "Collection app.schema_migrations already exists.");
        });
        await RecordAsync("a baseline", (project, server) =>
        {
            project.Write("001_a.json", Insert1).Write("002_b.json", Insert2);
            server.Finds(Row(project, "001_a.json"));
        }, async (project, _) => await project.BaselineAsync("2"));
        await RecordAsync("a repair: a row is changed, another removed", Repairable, async (project, _) => await project.RepairAsync(Repairs.Checksums | Repairs.Missing));
        await RecordAsync("a repair on a single server: a row gets another name", (project, server) =>
        {
            server.Finds(Row(project.Write("001_a.json", Insert1), "001_a.json"));
            project.Delete("001_a.json").Write("001_better.json", Insert1);
        }, async (project, _) => await project.RepairAsync(Repairs.Renamed), hasTransactions: false);
        await RecordAsync("repeatable: a new one, and one that was changed", (project, server) =>
        {
            server.Finds(Row(project.Write("R__b.json", Insert1), "R__b.json"));
            project.Write("R__a.json", Insert2).Write("R__b.json", Insert3);
        });
        await RecordAsync("superseded: another runner repeats R__a after the plan is made", (project, server) =>
        {
            project.Write("R__a.json", Insert1);
            var before = Row(project, "R__a.json");
            project.Write("R__a.json", Insert2);
            server.Finds(before);
            server.Finds(Row(project, "R__a.json"));
            server.Answers("schema_migrations.update", new BsonDocument("n", 0));
        });
        await RecordAsync("rollback of two migrations", (project, server) =>
        {
            project.Write("001_a.json", Insert1).Write("002_b.json", Undone(Insert2, Delete(2))).Write("003_c.json", Undone(Insert3, Delete(3), Delete(4)));
            server.Finds(Row(project, "001_a.json"), Row(project, "002_b.json"), Row(project, "003_c.json"));
            server.Finds(Row(project, "001_a.json"), Row(project, "002_b.json"), Row(project, "003_c.json"));
            server.Finds(Row(project, "001_a.json"), Row(project, "002_b.json"));
        }, async (project, _) => await project.RollBackAsync(2));
        await RecordAsync("a rollback that fails", (project, server) =>
        {
            server.Finds(Row(project.Write("001_a.json", Undone(Insert1, Delete(1), Delete(2))), "001_a.json"));
            server.Refuses("\"_id\" : 2", 2, "unknown operator: $nope");
        }, RollBackAsync);
        await RecordAsync("a rollback outside a transaction", (project, server) =>
            server.Finds(Row(project.Write("001_a.json", Undone(Insert1, Delete(1), """{ "drop": "a" }""")), "001_a.json")), RollBackAsync);
        await RecordAsync("a rollback in a header, whose own header keeps it out of transactions", (project, server) =>
            server.Finds(Row(project.Write("001_a.json", Undone(Insert1, None, Delete(1), Delete(2))), "001_a.json")), RollBackAsync);
        await RecordAsync("a rollback in a file, whose own header keeps it out of transactions", (project, server) =>
            server.Finds(Row(project.Write("001_a.json", Insert1).Write("001_a.down.json", Script(None, Delete(1), Delete(2))), "001_a.json")), RollBackAsync);
        await RecordAsync("a rollback that fails outside a transaction", (project, server) =>
        {
            server.Finds(Row(project.Write("001_a.json", Undone(Insert1, Delete(1), """{ "drop": "a" }""")), "001_a.json"));
            server.Refuses("\"drop\"", 26, "ns not found");
        }, RollBackAsync);
        await RecordAsync("a rollback that fails outside a transaction before anything is undone", (project, server) =>
        {
            server.Finds(Row(project.Write("001_a.json", Undone(Insert1, """{ "drop": "a" }""")), "001_a.json"));
            server.Refuses("\"drop\"", 26, "ns not found");
        }, RollBackAsync);

        GoldenFile.IsApproved("mongodb.txt", _text.ToString());
    }

    private static void TwoPending(MigrationProject project, MongoDbScenario server)
    {
        server.Finds(Row(project.Write("001_a.json", Insert1), "001_a.json"));
        project.Write("002_b.json", Script(Insert2, Insert3)).Write("003_c.json", Undone("""{ "update": "a", "updates": [ { "q": {}, "u": { "$set": { "n": { "$numberLong": "1" } } } } ] }""", Delete(3)));
    }

    private static void SingleServer(MigrationProject project, MongoDbScenario server)
    {
        server.Finds(Row(project.Write("001_a.json", Insert1), "001_a.json"));
        project.Write("002_b.json", Script(Insert2, """{ "renameCollection": "app.a", "to": "app.b", "$db": "admin" }"""));
    }

    private static void Repairable(MigrationProject project, MongoDbScenario server)
    {
        project.Write("001_a.json", Insert1).Write("002_b.json", Insert2);
        server.Finds(Row(project, "001_a.json"), Row(project, "002_b.json"));
        project.Write("001_a.json", Insert3).Delete("002_b.json");
    }

    private async Task<DatabaseReport> LoseLockAsync(MigrationProject project, MongoDbScenario server)
    {
        var asked = server.Hangs("\"_id\" : 3");
        server.Answers("$set\" : { \"expires_at\"", []);
        var run = project.MigrateAsync();
        await Task.WhenAny(asked, run);
        await _time.PassAsync(TimeSpan.FromSeconds(5));
        return await run;
    }

    private async Task RecordAsync(
        string title, Action<MigrationProject, MongoDbScenario> script, Func<MigrationProject, MongoDbScenario, Task<DatabaseReport>>? run = null, bool hasTransactions = true)
    {
        var server = new MongoDbScenario { HasTransactions = hasTransactions };
        using var project = new MigrationProject(new RecordedMongoDb(server, _time), "mongodb://localhost/app");
        script(project, server);
        var report = await (run is null ? MigrateAsync(project, server) : run(project, server));
        _text.Append("== ").Append(title).Append('\n').AppendJoin('\n', server.Lines).Append('\n');
        _text.Append("=> ").Append(report.Succeeded ? "success" : string.Join(", ", report.Errors.Select(error => error.Code))).Append("\n\n");
        Assert.IsEmpty(server.Untold, title);
    }

    private static async Task<DatabaseReport> MigrateAsync(MigrationProject project, MongoDbScenario server) => await project.MigrateAsync();

    private static async Task<DatabaseReport> RollBackAsync(MigrationProject project, MongoDbScenario server) => await project.RollBackAsync();

    // The row of a migration as its file is now, whole or up to so many commands.
    internal static BsonDocument Row(MigrationProject project, string name, HistoryStatus status = HistoryStatus.Applied, int done = 0)
    {
        var migration = MigrationFolder.Read(Path.GetDirectoryName(project.PathOf(name))!, MongoDbLanguage.Instance, Placeholders.None).Migrations.Single(migration => migration.Name == name);
        var row = HistoryRow.Of(migration, status, DateTimeOffset.UnixEpoch) with { Folder = "Contract/migrations" };
        if (done > 0)
        {
            row = row with { StatementsDone = done, TokenChecksum = migration.ReadWithChecksums().ElementAt(done - 1).Checksum };
        }

        return new BsonDocument("_id", name).AddRange(HistorySchema.ValuesOf(row).ToDictionary(value => value.Key, value => BsonValues.Of(value.Value)));
    }

    private static string Script(params string[] commands) => $"[\n{string.Join(",\n", commands)}\n]";

    private static string Undone(string command, params string[] rollback) => Script($$"""{ "$migration": { "rollback": [ {{string.Join(", ", rollback)}} ] } }""", command);

    private static string Delete(int id) => $$"""{ "delete": "a", "deletes": [ { "q": { "_id": {{id}} }, "limit": 0 } ] }""";
}

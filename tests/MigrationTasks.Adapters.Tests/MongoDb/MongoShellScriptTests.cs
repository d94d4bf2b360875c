using System.Text;
using System.Text.RegularExpressions;
using MigrationTasks.Adapters.Tests.Golden;
using MigrationTasks.ContractTests;
using MigrationTasks.MongoDb;
using MongoDB.Bson;

namespace MigrationTasks.Adapters.Tests.MongoDb;

/// <summary>The script of a dry run, and that it asks a server for what a run asks for.</summary>
[TestClass]
public sealed partial class MongoShellScriptTests
{
    private const string Insert1 = """{ "insert": "a", "documents": [ { "_id": 1 } ] }""";
    private const string Insert2 = """{ "insert": "a", "documents": [ { "_id": 2 } ] }""";
    private const string CreateB = """{ "create": "b" }""";
    private const string Types =
        """{ "insert": "a", "documents": [ { "i": 1, "l": { "$numberLong": "2" }, "big": 3000000000, "d": 1.0, "e": 1e300, "inf": { "$numberDouble": "-Infinity" }, "m": { "$numberDecimal": "1.10" }, "o": { "$oid": "5f43a1b2c3d4e5f6a7b8c9d0" }, "t": { "$date": "2026-01-02T03:04:05.678Z" }, "old": { "$date": { "$numberLong": "-62135596800000" } }, "r": { "$regularExpression": { "pattern": "^a`\\d", "options": "i" } }, "b": { "$binary": { "base64": "AQI=", "subType": "05" } }, "u": { "$binary": { "base64": "AAECAwQFBgcICQoLDA0ODw==", "subType": "04" } }, "ts": { "$timestamp": { "t": 1, "i": 2 } }, "min": { "$minKey": 1 }, "n": null, "text": "`${x}\\ \"é😀\u2028\r\n//" }, { "b": 1, "10": 2, "9": 3, "01": 4, "__proto__": { "2": 1, "1": 2 }, "$inOrder": 1, "empty": {}, "none": [] } ] }""";

    private static readonly Dictionary<string, (bool HasTransactions, Action<MigrationProject, MongoDbScenario> Write)> Scenarios = new()
    {
        ["first run: no history yet"] = (true, (project, _) => project.Write("001_a.json", Insert1)),
        ["in transactions, with values that need care"] = (true, InTransactions),
        ["outside a transaction, on a server that has them"] = (true, OutsideTransactions),
        ["the header keeps it out of transactions"] = (true, RefusingTransactions),
        ["on a single server, without transactions"] = (false, OnSingleServer),
        ["the history is created by its migration"] = (true, (project, _) => project.Write("000_migrations_table.json", """{ "create": "schema_migrations" }""").Write("001_a.json", Insert1)),
        ["repeatable: a new one, one that was changed, and one whose row has another name"] = (true, Repeatable),
    };

    public static IEnumerable<object[]> Titles => Scenarios.Keys.Select(title => new object[] { title });

    [TestMethod]
    public async Task Scripts_are_the_approved_ones()
    {
        var text = new StringBuilder();
        foreach (var (title, (hasTransactions, write)) in Scenarios)
        {
            var script = Checksum().Replace(await ScriptAsync(hasTransactions, write), "sha256:<checksum>");

            // What stands around the migrations is the same each time.
            var migrations = script.IndexOf("\ntry {\n", script.IndexOf("\ntake();\n", StringComparison.Ordinal), StringComparison.Ordinal);
            var shown = text.Length == 0 ? script : $"[…]{script[migrations..]}";
            text.Append("== ").Append(title).Append('\n').Append(shown).Append('\n');
        }

        GoldenFile.IsApproved("mongosh.txt", text.ToString());
    }

    [TestMethod]
    [DynamicData(nameof(Titles))]
    public async Task A_script_asks_for_what_a_run_asks_for(string title)
    {
        var (hasTransactions, write) = Scenarios[title];
        var server = new MongoDbScenario { HasTransactions = hasTransactions };
        using var project = Project(server);
        write(project, server);
        (await project.MigrateAsync()).Succeeded();

        var (lines, _, output, succeeded) = await RecordedShell.RunAsync(await ScriptAsync(hasTransactions, write), HelloOf(hasTransactions));

        Assert.IsTrue(succeeded, output);
        Assert.AreEqual(string.Join('\n', Changes(server.Lines)), string.Join('\n', Changes(lines)));
        Assert.Contains("schema_migrations_lock.findAndModify { \"_id\" : \"run\" }, <take", lines[1]);
        Assert.Contains("schema_migrations_lock.delete { \"_id\" : \"run\", \"owner\" : \"<owner>\" }", lines[^1]);
    }

    [TestMethod]
    public async Task Values_get_to_the_server_byte_by_byte_as_a_run_sends_them()
    {
        var (_, sent, output, succeeded) = await RecordedShell.RunAsync(await ScriptAsync(true, (project, _) => project.Write("001_a.json", Types)), HelloOf(true));

        Assert.IsTrue(succeeded, output);
        Assert.AreEqual(
            Convert.ToHexString(MongoDbCommand.Read(Types, default).Document.ToBson()),
            Convert.ToHexString(sent.OfType<BsonDocument>().Single(document => document.Contains("insert")).ToBson()));
    }

    [TestMethod]
    [DataRow("""{ "name": { "$ne": "abc", "$regex": "^a" } }""")]
    [DataRow("""{ "name": { "$in": [ "a", "b" ], "$regex": "^a", "$options": "i" } }""")]
    [DataRow("""{ "name": { "x": 1, "$oid": "5f43a1b2c3d4e5f6a7b8c9d0" } }""")]
    [DataRow("""{ "name": { "x": 1, "$numberInt": "1" }, "n": { "x": 1, "$numberLong": "1" }, "d": { "x": 1, "$numberDouble": "1" }, "m": { "x": 1, "$numberDecimal": "1" } }""")]
    [DataRow("""{ "name": { "x": 1, "$date": "2026-01-02T03:04:05Z" }, "n": { "x": 1, "$code": "a" }, "d": { "x": 1, "$undefined": true }, "m": { "x": 1, "$symbol": "a" } }""")]
    [DataRow("""{ "name": { "x": 1, "$ref": "a", "$id": 1 }, "n": { "$ref": "a", "$id": 1 }, "d": { "x": 1, "$dbPointer": { "y": 1, "$ref": "a", "$id": 1 } } }""")]
    [DataRow("""{ "name": { "x": 1, "$binary": "AQI=", "$type": "00" }, "n": { "x": 1, "$uuid": "00112233-4455-6677-8899-aabbccddeeff" } }""")]
    [DataRow("""{ "name": { "x": 1, "$timestamp": 1 }, "n": { "x": 1, "$minKey": 1 }, "d": { "x": 1, "$maxKey": 1 }, "m": { "x": 1, "$regularExpression": 1 } }""")]
    [DataRow("""{ "name": { "_bsontype": "ObjectId", "$inOrder": 1 }, "n": { "_bsontype": 1 } }""")]
    public async Task A_field_whose_name_Extended_JSON_knows_stays_a_field(string filter)
    {
        var command = $$"""{ "delete": "a", "deletes": [ { "q": {{filter}}, "limit": 0 } ] }""";

        var (_, sent, output, succeeded) = await RecordedShell.RunAsync(await ScriptAsync(true, (project, _) => project.Write("001_a.json", command)), HelloOf(true));

        Assert.IsTrue(succeeded, output);
        Assert.AreEqual(
            Convert.ToHexString(MongoDbCommand.Read(command, default).Document.ToBson()),
            Convert.ToHexString(sent.OfType<BsonDocument>().Single(document => document.Contains("delete")).ToBson()));
    }

    [TestMethod]
    [DataRow("""["\"_id\":2", { "ok": 1, "n": 0, "writeErrors": [ { "index": 0, "code": 11000, "errmsg": "E11000 duplicate key" } ] }]""", "E11000 duplicate key (code 11000)", DisplayName = "in a reply")]
    [DataRow("""["\"_id\":2", { "ok": 1, "writeConcernError": { "code": 64, "errmsg": "waiting for replication timed out" } }]""", "waiting for replication timed out (code 64)", DisplayName = "of replication")]
    [DataRow("""["\"_id\":2", { "errmsg": "not authorized", "code": 13 }]""", "not authorized", DisplayName = "as an error")]
    public async Task A_failure_stops_a_script_and_gives_the_lock_back(string answer, string says)
    {
        var script = await ScriptAsync(true, (project, _) => project.Write("001_a.json", Insert1).Write("002_b.json", Insert2).Write("003_c.json", Insert1));

        var (lines, _, output, succeeded) = await RecordedShell.RunAsync(script, Answers(true, answer));

        Assert.IsFalse(succeeded, output);
        Assert.Contains(says, output);
        Assert.AreEqual("t> run on app: { \"insert\" : \"a\", \"documents\" : [{ \"_id\" : 2 }] }, s> abort", string.Join(", ", Changes(lines).TakeLast(2)));
        Assert.Contains("schema_migrations_lock.delete", lines[^1]);
    }

    [TestMethod]
    [DataRow(true, """{ "errmsg": "not authorized", "code": 13 }""", "not authorized", DisplayName = "refused")]
    [DataRow(true, """{ "ok": 1, "n": 1, "writeErrors": [ { "index": 1, "code": 11000, "errmsg": "E11000 duplicate key" } ] }""", "E11000", DisplayName = "a part of it was done, in its transaction")]
    [DataRow(false, """{ "ok": 1, "n": 0, "writeErrors": [ { "index": 0, "code": 11000, "errmsg": "E11000 duplicate key" } ] }""", "E11000", DisplayName = "nothing of it was done")]
    public async Task What_stops_outside_a_transaction_is_recorded_as_failed(bool hasTransactions, string answer, string says)
    {
        var script = await ScriptAsync(hasTransactions, (project, _) => project.Write("001_a.json", $"[ {CreateB}, {Insert2} ]").Write("002_b.json", Insert1));

        var (lines, _, output, _) = await RecordedShell.RunAsync(script, Answers(hasTransactions, $"""["\"_id\":2", {answer}]"""));

        Assert.Contains(says, output);
        Assert.AreEqual("s> schema_migrations.update { \"migration_name\" : \"001_a.json\", \"owner\" : \"<owner>\" }, { \"$set\" : { \"status\" : \"failed\", \"owner\" : null } }", Changes(lines)[^1]);
        Assert.Contains("schema_migrations_lock.delete", lines[^1]);
    }

    [TestMethod]
    [DataRow("""{ "errmsg": "read ECONNRESET" }""", DisplayName = "the connection broke")]
    [DataRow("""{ "errmsg": "interrupted at shutdown", "code": 11600 }""", DisplayName = "the server stopped")]
    [DataRow("""{ "ok": 1, "n": 1, "writeConcernError": { "code": 64, "errmsg": "waiting for replication timed out" } }""", DisplayName = "too few members confirmed it")]
    [DataRow("""{ "errmsg": "waiting for replication timed out", "code": 64, "name": "MongoWriteConcernError" }""", DisplayName = "too few members confirmed it, as an error of the shell's driver")]
    [DataRow("""{ "ok": 1, "n": 1, "writeErrors": [ { "index": 1, "code": 11000, "errmsg": "E11000 duplicate key" } ] }""", DisplayName = "a part of an insert was done")]
    [DataRow("""{ "ok": 1, "n": 0, "nModified": 1, "writeErrors": [ { "index": 1, "code": 121, "errmsg": "Document failed validation" } ] }""", DisplayName = "a part of an update was done")]
    [DataRow("""{ "ok": 1, "n": 0, "upserted": [ { "index": 0, "_id": 1 } ], "writeErrors": [ { "index": 1, "code": 121, "errmsg": "Document failed validation" } ] }""", DisplayName = "a part of an update inserted")]
    public async Task What_may_stand_or_not_or_in_part_goes_on_being_said_to_run(string answer)
    {
        var script = await ScriptAsync(false, (project, _) => project.Write("001_a.json", $"[ {CreateB}, {Insert2} ]"));

        var (lines, _, output, succeeded) = await RecordedShell.RunAsync(script, Answers(false, $$"""["\"_id\":2", {{answer}}]"""));

        Assert.IsFalse(succeeded, output);
        Assert.AreEqual("s> run on app: { \"insert\" : \"a\", \"documents\" : [{ \"_id\" : 2 }] }", Changes(lines)[^1]);
    }

    [TestMethod]
    [DataRow("""["schema_migrations.insert", { "errmsg": "E11000 duplicate key", "code": 11000 }]""", "E11000", DisplayName = "a row that is there already")]
    [DataRow("""["createCollection", { "errmsg": "Collection app.schema_migrations already exists.", "code": 48 }]""", "already exists", DisplayName = "a history that was created since")]
    [DataRow("""["schema_migrations_lock.findAndModify", { "owner": "another", "holder": "build-7, process 12" }]""", "Another run is migrating this database: build-7, process 12", DisplayName = "another run")]
    [DataRow("""["[{\"$set\":{\"expires_at\"", null]""", "Another run", DisplayName = "a lock that is lost")]
    [DataRow("""["hello", { "ok": 1 }]""", "a server with transactions", DisplayName = "another kind of server")]
    public async Task A_script_does_not_run_where_something_is_in_its_way(string answer, string says)
    {
        var script = await ScriptAsync(true, (project, _) => project.Write("001_a.json", Insert1).LockTimeout = TimeSpan.Zero);

        var (lines, _, output, succeeded) = await RecordedShell.RunAsync(script, $"[{answer}, {HelloOf(true)[1..]}");

        Assert.IsFalse(succeeded, output);
        Assert.Contains(says, output);
        Assert.DoesNotContain("\"_id\" : 1 ", string.Join('\n', lines));
    }

    [TestMethod]
    public async Task A_script_refuses_a_shell_that_would_outlive_it()
    {
        var script = await ScriptAsync(true, (project, _) => project.Write("001_a.json", Insert1));

        var (lines, _, output, succeeded) = await RecordedShell.RunAsync($"isInteractive = () => true;\n{script}", HelloOf(true));

        Assert.IsFalse(succeeded, output);
        Assert.Contains("--file", output);
        Assert.IsEmpty(lines);
    }

    [TestMethod]
    public async Task A_script_says_how_to_run_it_by_the_variable_that_the_project_has()
    {
        var script = await ScriptAsync(true, (project, _) => project.Write("001_a.json", Insert1));

        Assert.Contains("mongosh \"$CONTRACT_CONNECTION\" --file", script);
    }

    [TestMethod]
    public async Task A_dry_run_writes_nothing_of_a_migration_without_a_statement()
    {
        using var project = Project(new MongoDbScenario());

        var script = (await project.Write("001_later.json", new MongoDbDefinition().Language.StartFile("nothing yet", new DateOnly(2026, 1, 2))).DryRunAsync()).Succeeded();

        Assert.AreEqual((0, 1), (script.Scripted.Count, script.Empty));
        Assert.DoesNotContain("001_later", File.ReadAllText(script.ScriptFile!));
    }

    [TestMethod]
    public async Task A_dry_run_only_reads_and_takes_no_lock()
    {
        var server = new MongoDbScenario();
        using var project = Project(server);

        (await project.Write("001_a.json", Insert1).DryRunAsync()).Succeeded().WithoutWarnings();

        Assert.HasCount(4, server.Lines);
        Assert.IsEmpty(Changes(server.Lines));
        Assert.DoesNotContain("_lock", string.Join('\n', server.Lines));
    }

    [TestMethod]
    public async Task A_script_ends_in_js_and_overwrites_nothing_but_a_script()
    {
        var server = new MongoDbScenario();
        using var project = Project(server);
        project.Write("001_a.json", Insert1);

        Assert.AreEqual("migrations.js", Path.GetFileName((await project.DryRunAsync()).Succeeded().ScriptFile));
        (await project.DryRunAsync()).Succeeded();
        var mine = Path.Combine(project.Path, "mine.js");
        File.WriteAllText(mine, "-- Written by MigrationTasks");
        (await project.DryRunAsync(mine)).FailedWith("MIG1024");
    }

    [TestMethod]
    public async Task A_script_with_nothing_pending_asks_for_nothing()
    {
        var script = await ScriptAsync(true, (project, server) => server.Finds(MongoDbOperations.Row(project.Write("001_a.json", Insert1), "001_a.json")));

        Assert.AreEqual("", string.Join('\n', script.Split('\n').Where(line => line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal))));
    }

    private static void InTransactions(MigrationProject project, MongoDbScenario server)
    {
        server.Finds(MongoDbOperations.Row(project.Write("001_a.json", Insert1), "001_a.json"));
        project.Write("002_`${it's}.json", $$"""[ { "$migration": { "rollback": [ {{CreateB}} ] } }, {{Insert2}}, {{Types}} ]""").Write("003_c.json", Insert1).CommandTimeout = TimeSpan.FromSeconds(7);
    }

    private static void OutsideTransactions(MigrationProject project, MongoDbScenario server)
    {
        server.Finds(MongoDbOperations.Row(project.Write("001_a.json", Insert1), "001_a.json"));
        project.Write("002_b.json", $"[ {Insert2}, {CreateB} ]").Write("003_c.json", Insert1);
    }

    private static void RefusingTransactions(MigrationProject project, MongoDbScenario server)
    {
        server.Finds(MongoDbOperations.Row(project.Write("001_a.json", Insert1), "001_a.json"));
        project.Write("002_b.json", $$"""[ { "$migration": { "transaction": "none" } }, {{Insert2}}, {{Insert1}} ]""");
    }

    private static void OnSingleServer(MigrationProject project, MongoDbScenario server)
    {
        server.Finds(MongoDbOperations.Row(project.Write("001_a.json", Insert1), "001_a.json"));
        project.Write("002_b.json", $$"""[ {{Insert2}}, { "renameCollection": "app.a", "to": "app.b", "$db": "admin" } ]""");
    }

    private static void Repeatable(MigrationProject project, MongoDbScenario server)
    {
        var named = MongoDbOperations.Row(project.Write("R__b.json", Insert1).Write("R__c.json", Insert1), "R__c.json");
        named["migration_name"] = "R__c";
        server.Finds(MongoDbOperations.Row(project, "R__b.json"), named);
        project.Write("R__a.json", Insert2).Write("R__b.json", Insert2).Write("R__c.json", Insert2);
    }

    private static async Task<string> ScriptAsync(bool hasTransactions, Action<MigrationProject, MongoDbScenario> write)
    {
        var server = new MongoDbScenario { HasTransactions = hasTransactions };
        using var project = Project(server);
        write(project, server);
        return await File.ReadAllTextAsync((await project.DryRunAsync()).Succeeded().ScriptFile!);
    }

    private static MigrationProject Project(MongoDbScenario server) => new(new RecordedMongoDb(server, TimeProvider.System), "mongodb://user:s3cr3t@localhost/app");

    private static string HelloOf(bool hasTransactions) => Answers(hasTransactions);

    private static string Answers(bool hasTransactions, params string[] answers) =>
        $"[{string.Join(", ", answers.Prepend(hasTransactions ? """["\"hello\"", { "ok": 1, "setName": "rs0" }]""" : """["\"hello\"", { "ok": 1 }]"""))}]";

    // Without what is only read, and without the lock: a run takes it anew for each of its parts.
    private static IReadOnlyList<string> Changes(IEnumerable<string> lines) =>
    [
        .. lines.Where(line => !line.Contains("_lock.", StringComparison.Ordinal) && !line.Contains("\"hello\"", StringComparison.Ordinal) && !line.Contains(".find ", StringComparison.Ordinal) && !line.Contains("listCollections", StringComparison.Ordinal))
            .Select(line => line.Replace(".bulk ", ".", StringComparison.Ordinal)),
    ];

    [GeneratedRegex("sha256:[0-9a-f]{64}")]
    private static partial Regex Checksum();
}

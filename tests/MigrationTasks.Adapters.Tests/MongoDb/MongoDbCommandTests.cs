using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.MongoDb;
using MongoDB.Bson;

namespace MigrationTasks.Adapters.Tests.MongoDb;

/// <summary>What a command is, and which of them a transaction takes.</summary>
[TestClass]
public sealed class MongoDbCommandTests
{
    private static readonly SourceLocation Place = new("/p/001_a.json", 3, 5);

    [TestMethod]
    [DataRow("""{ "insert": "a", "documents": [ { "n": 1 } ] }""", true)]
    [DataRow("""{ "update": "a", "updates": [] }""", true)]
    [DataRow("""{ "delete": "a", "deletes": [] }""", true)]
    [DataRow("""{ "findAndModify": "a" }""", true)]
    [DataRow("""{ "find": "a" }""", true)]
    [DataRow("""{ "distinct": "a", "key": "n" }""", true)]
    [DataRow("""{ "aggregate": "a", "pipeline": [ { "$match": {} } ], "cursor": {} }""", true)]
    [DataRow("""{ "aggregate": "a", "pipeline": [ { "$match": {} }, { "$out": "b" } ], "cursor": {} }""", false)]
    [DataRow("""{ "aggregate": "a", "pipeline": [ { "$merge": { "into": "b" } } ], "cursor": {} }""", false)]
    [DataRow("""{ "insert": "a", "documents": [], "writeConcern": { "w": 1 } }""", false)]
    [DataRow("""{ "find": "a", "readConcern": { "level": "majority" } }""", false)]
    [DataRow("""{ "create": "a" }""", false)]
    [DataRow("""{ "createIndexes": "a", "indexes": [] }""", false)]
    [DataRow("""{ "collMod": "a" }""", false)]
    [DataRow("""{ "drop": "a" }""", false)]
    [DataRow("""{ "dropIndexes": "a", "index": "n" }""", false)]
    [DataRow("""{ "renameCollection": "app.a", "to": "app.b", "$db": "admin" }""", false)]
    [DataRow("""{ "insert": "a", "documents": [ { "n": 1 } ], "$db": "other" }""", true)]
    [DataRow("""{ "delete": "system.users", "deletes": [], "$db": "admin" }""", false)]
    [DataRow("""{ "update": "settings", "updates": [], "$db": "config" }""", false)]
    [DataRow("""{ "find": "a", "$db": "local" }""", false)]
    [DataRow("""{ "count": "a" }""", false)]
    [DataRow("""{ "createUser": "a" }""", false)]
    [DataRow("""{ "whatComesNext": 1 }""", false)]
    public void A_transaction_takes_what_reads_and_writes_documents(string text, bool fits) => Assert.AreEqual(fits, MongoDbCommand.Read(text, Place).FitsTransaction);

    [TestMethod]
    [DataRow("""{ "createIndexes": "a", "indexes": [] }""", true)]
    [DataRow("""{ "collMod": "a" }""", true)]
    [DataRow("""{ "aggregate": "a", "pipeline": [], "cursor": {} }""", true)]
    [DataRow("""{ "aggregate": "a", "pipeline": [ { "$merge": "b" } ], "cursor": {} }""", false)]
    [DataRow("""{ "create": "a" }""", false)]
    [DataRow("""{ "insert": "a", "documents": [] }""", false)]
    [DataRow("""{ "renameCollection": "app.a", "to": "app.b" }""", false)]
    public void What_does_no_harm_when_it_runs_twice_is_known(string text, bool isRepeatable) => Assert.AreEqual(isRepeatable, MongoDbCommand.Read(text, Place).IsRepeatable);

    [TestMethod]
    [DataRow("""{ "insert": "a", "documents": [ { "_id": { "$oid": "nope" } } ] }""", "MIG2034", "$oid")]
    [DataRow("""{ "insert": "a", "documents": [ { "at": { "$date": "hunter2" } } ] }""", "MIG2034", "$date")]
    [DataRow("""{ "insert": "a", "documents": [ { "n": { "$numberLong": "9999999999999999999999" } } ] }""", "MIG2034", "$numberLong")]
    [DataRow("""{ "find": "a", "filter": { "name": { "$regex": "hunter2", "$ne": "abc" } } }""", "MIG2034", "Put $regex after the other operator, or use $and")]
    [DataRow("""{ "find": "a", "filter": { "$or": [ { "name": { "$regex": "hunter2", "$options": "i", "$ne": "abc" } } ] } }""", "MIG2034", "Put $regex after")]
    [DataRow("""{ "find": "a", "filter": { "name": { "$regex": "hunter2", "$options": "i" }, "_id": { "$oid": "hunter2" } } }""", "MIG2034", "$oid")]
    [DataRow("""{ "drop": "a", "$db": 7 }""", "MIG2034", "$db")]
    [DataRow("""{ "$db": "admin", "drop": "a" }""", "MIG2034", "$db")]
    [DataRow("""{ "commitTransaction": 1 }""", "MIG2035", "commitTransaction")]
    [DataRow("""{ "abortTransaction": 1 }""", "MIG2035", "abortTransaction")]
    [DataRow("""{ "insert": "a", "documents": [], "lsid": {} }""", "MIG2035", "lsid")]
    [DataRow("""{ "insert": "a", "documents": [], "startTransaction": true }""", "MIG2035", "startTransaction")]
    [DataRow("""{ "killSessions": [] }""", "MIG2035", "killSessions")]
    public void What_may_not_run_is_told_at_its_place_and_quotes_no_value(string text, string code, string says)
    {
        var problem = Assert.ThrowsExactly<MigrationException>(() => MongoDbCommand.Read(text, Place)).Diagnostics.Single();

        Assert.AreEqual((code, Place), (problem.Code, problem.Location));
        Assert.Contains(says, problem.Message);
        Assert.DoesNotContain("hunter2", problem.Message);
    }

    [TestMethod]
    public void Documents_as_deep_as_the_server_takes_are_read_and_deeper_ones_refused()
    {
        Assert.AreEqual("a", MongoDbCommand.Read(Nested(90), Place).Name);
        Assert.AreEqual("MIG2034", Assert.ThrowsExactly<MigrationException>(() => MongoDbCommand.Read(Nested(200), Place)).Code);

        static string Nested(int depth) => string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
    }

    [TestMethod]
    public void Extended_JSON_becomes_the_types_that_it_names()
    {
        var document = MongoDbCommand.Read(
            """{ "insert": "a", "documents": [ { "i": 1, "l": { "$numberLong": "2" }, "d": 1.5, "m": { "$numberDecimal": "1.10" }, "o": { "$oid": "5f43a1b2c3d4e5f6a7b8c9d0" }, "t": { "$date": "2026-01-02T03:04:05Z" }, "r": { "$regularExpression": { "pattern": "^a", "options": "i" } }, "b": { "$binary": { "base64": "AQI=", "subType": "00" } }, "n": null } ] }""",
            Place).Document["documents"][0].AsBsonDocument;

        Assert.AreEqual(
            "Int32, Int64, Double, Decimal128, ObjectId, DateTime, RegularExpression, Binary, Null",
            string.Join(", ", document.Values.Select(value => value.BsonType)));
    }

    [TestMethod]
    public void The_database_of_a_command_is_no_part_of_it()
    {
        var command = MongoDbCommand.Read("""{ "renameCollection": "app.a", "to": "app.b", "$db": "admin" }""", Place);

        Assert.AreEqual("admin", command.Database);
        Assert.AreEqual(BsonDocument.Parse("""{ "renameCollection": "app.a", "to": "app.b" }"""), command.Document);
    }

    [TestMethod]
    public void What_is_interpolated_is_a_value_whatever_it_holds()
    {
        var name = "\" }, { \"$where\": \"sleep(1)";
        object? nothing = null;
        var at = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

        var command = QueryText.Read($$"""{ "find": "a", "filter": { "name": {{name}}, "n": { "$in": [ {{17}}, {{nothing}} ] }, "at": {{at}} } }""").Document;

        Assert.AreEqual(
            new BsonDocument { { "find", "a" }, { "filter", new BsonDocument { { "name", name }, { "n", new BsonDocument("$in", new BsonArray { 17, BsonNull.Value }) }, { "at", new BsonDateTime(at.UtcDateTime) } } } },
            command);
    }

    [TestMethod]
    public void What_is_interpolated_into_a_string_is_refused()
    {
        var name = "a";

        Assert.AreEqual("MIG2034", Assert.ThrowsExactly<MigrationException>(() => QueryText.Read($$"""{ "find": "{{name}}" }""")).Code);
    }

    [TestMethod]
    [DataRow("""{ "ok": 1, "n": 1, "writeErrors": [ { "index": 1, "code": 11000, "errmsg": "E11000 duplicate key" } ] }""", "E11000 duplicate key (document 2 of the command) (code 11000)", true)]
    [DataRow("""{ "ok": 1, "n": 0, "nModified": 0, "writeErrors": [ { "index": 0, "code": 121, "errmsg": "Document failed validation" }, { "index": 2, "code": 121 } ] }""", "Document failed validation (document 1 of the command; 1 more) (code 121)", false)]
    [DataRow("""{ "ok": 1, "n": 0, "upserted": [ { "index": 0, "_id": 1 } ], "writeErrors": [ { "index": 1, "code": 121, "errmsg": "Document failed validation" } ] }""", "Document failed validation (document 2 of the command) (code 121)", true)]
    public void A_reply_that_is_a_success_may_hold_an_error(string reply, string says, bool isPartlyDone)
    {
        var failure = Assert.ThrowsExactly<CommandFailure>(() => CommandFailure.Check(BsonDocument.Parse(reply)));

        Assert.AreEqual((says, isPartlyDone), (failure.Message, failure.IsPartlyDone));
    }

    [TestMethod]
    public void A_reply_without_one_is_a_success() => CommandFailure.Check(BsonDocument.Parse("""{ "ok": 1, "n": 1, "writeErrors": [] }"""));
}

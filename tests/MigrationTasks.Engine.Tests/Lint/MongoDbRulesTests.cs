using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Tests.Scripts.Json;
using MigrationTasks.MongoDb.Lint;

namespace MigrationTasks.Engine.Tests.Lint;

[TestClass]
public sealed class MongoDbRulesTests
{
    private const string Create = """{ "create": "a" }""";
    private const string UniqueIndex = """{ "createIndexes": "a", "indexes": [ { "key": { "n": 1 }, "unique": true } ] }""";
    private const string Fill = """{ "aggregate": "a", "pipeline": [ { "$match": {} }, { "$out": "b" } ], "cursor": {} }""";

    [TestMethod]
    [DataRow("""{ "drop": "a" }""", "MIG5030(1,1)")]
    [DataRow("[\n  { \"ping\": 1 },\n  { \"drop\": \"a\" }, { \"drop\": \"b\" }\n]", "MIG5030(3,3), MIG5030(3,20)")]
    [DataRow("""{ "drop": "a", "$db": "other" }""", "MIG5030(1,1)")]
    [DataRow("""{ "dropDatabase": 1 }""", "MIG5035(1,1)")]
    [DataRow($$"""[{{Create}}, { "drop": "a" }]""", "")]
    [DataRow($$"""[{{Create}}, { "drop": "a", "$db": "other" }]""", "MIG5030(1,21)")]
    [DataRow("""{ "renameCollection": "app.b", "to": "app.a", "dropTarget": true, "$db": "admin" }""", "MIG5030(1,1), MIG5032(1,1)")]
    [DataRow($$"""[{{Fill}}, { "createIndexes": "b", "indexes": [ { "key": { "n": 1 }, "unique": true } ] }, { "renameCollection": "app.b", "to": "app.a", "dropTarget": true }]""", "", DisplayName = "A new one with the documents of the old takes its name")]
    public void A_collection_is_not_dropped_unseen(string script, string warnings) => Assert.AreEqual(warnings, LintText.MongoDb(script));

    [TestMethod]
    public void A_view_has_nothing_to_lose() =>
        Assert.AreEqual("", LintText.MongoDb("""{ "drop": "v" }""", """{ "create": "v", "viewOn": "a", "pipeline": [] }"""));

    [TestMethod]
    [DataRow("""{ "renameCollection": "app.a", "to": "app.b" }""", "MIG5032(1,1)")]
    [DataRow("""[{ "renameCollection": "app.a", "to": "app.b" }, { "create": "a", "viewOn": "b", "pipeline": [] }]""", "")]
    [DataRow($$"""[{{Create}}, { "renameCollection": "app.a", "to": "app.b" }]""", "")]
    [DataRow("""{ "renameCollection": "a", "to": "app.b" }""", "", DisplayName = "The server refuses a name without its database")]
    public void A_collection_is_not_renamed_unseen(string script, string warnings) => Assert.AreEqual(warnings, LintText.MongoDb(script));

    [TestMethod]
    [DataRow("""{ "q": {}, "u": { "$unset": { "n": "", "m": "" } }, "multi": true }""", "MIG5041(1,1), MIG5031(1,1), MIG5031(1,1)")]
    [DataRow("""{ "q": { "n": { "$exists": true } }, "u": { "$unset": { "n": "" } }, "multi": true }""", "MIG5031(1,1)")]
    [DataRow("""{ "q": { "n": { "$exists": true } }, "u": [ { "$unset": [ "n", "m" ] } ], "multi": true }""", "MIG5031(1,1)")]
    [DataRow("""{ "q": { "n": { "$exists": true } }, "u": { "$rename": { "n": "m" } }, "multi": true }""", "MIG5033(1,1)")]
    [DataRow("""{ "q": { "n": 7 }, "u": { "$unset": { "n": "" }, "$rename": { "m": "o" } }, "multi": true }""", "")]
    [DataRow("""{ "q": {}, "u": { "$unset": { "n": "" } } }""", "", DisplayName = "One document")]
    public void A_field_is_not_removed_or_renamed_unseen(string update, string warnings)
    {
        Assert.AreEqual(Sorted(warnings), Sorted(LintText.MongoDb($$"""{ "update": "a", "updates": [ {{update}} ] }""")));
        Assert.AreEqual("", LintText.MongoDb($$"""[{{Create}}, { "update": "a", "updates": [ {{update}} ] }]"""));

        static string Sorted(string warnings) => string.Join(' ', warnings.Split(", ").Order(StringComparer.Ordinal));
    }

    [TestMethod]
    [DataRow("""{ "update": "a", "updates": [ { "q": {}, "u": { "$set": { "n": 1 } }, "multi": true } ] }""", "MIG5041(1,1)")]
    [DataRow("""{ "update": "a", "updates": [ { "q": { "n": { "$exists": false } }, "u": { "$set": { "n": 1 } }, "multi": true } ] }""", "")]
    [DataRow("""{ "update": "a", "updates": [ { "q": {}, "u": { "$set": { "n": 1 } }, "multi": false } ] }""", "")]
    [DataRow("""{ "delete": "a", "deletes": [ { "q": {}, "limit": 0 } ] }""", "MIG5040(1,1)")]
    [DataRow("""{ "delete": "a", "deletes": [ { "q": {}, "limit": { "$numberInt": "0" } } ] }""", "MIG5040(1,1)")]
    [DataRow("""{ "delete": "a", "deletes": [ { "q": {}, "limit": 1 }, { "q": { "n": 1 }, "limit": 0 } ] }""", "")]
    [DataRow("""{ "findAndModify": "a", "query": {}, "remove": true }""", "")]
    [DataRow("""[{ "delete": "a", "deletes": [ { "q": {}, "limit": 0 } ] }, { "update": "a", "updates": [ { "q": {}, "u": { "$set": { "n": 1 } }, "multi": true } ] }]""", "MIG5040(1,2)", DisplayName = "None are left to update")]
    public void All_documents_are_not_changed_unseen(string script, string warnings) => Assert.AreEqual(warnings, LintText.MongoDb(script));

    [TestMethod]
    public void What_a_result_takes_the_place_of_is_lost()
    {
        Assert.AreEqual("MIG5040(1,1)", LintText.MongoDb(Fill, """{ "create": "b" }"""));
        Assert.AreEqual("MIG5040(1,1)", LintText.MongoDb(Fill, Fill));
        Assert.AreEqual("", LintText.MongoDb(Fill));
        Assert.AreEqual("", LintText.MongoDb(Fill.Replace("\"b\"", """{ "db": "other", "coll": "b" }""", StringComparison.Ordinal), """{ "create": "b" }"""));
        Assert.AreEqual("", LintText.MongoDb("""{ "aggregate": "a", "pipeline": [ { "$merge": "b" } ], "cursor": {} }""", """{ "create": "b" }"""));
    }

    [TestMethod]
    [DataRow(UniqueIndex, "MIG5005(1,1)")]
    [DataRow($"[{Create}, {UniqueIndex}]", "")]
    [DataRow($$"""[{ "delete": "a", "deletes": [ { "q": {}, "limit": 0 } ] }, {{UniqueIndex}}]""", "MIG5040(1,2)")]
    [DataRow("""{ "createIndexes": "a", "indexes": [ { "key": { "n": 1 }, "name": "n" }, { "key": { "m": 1 }, "name": "m", "unique": false } ] }""", "")]
    public void A_unique_index_is_not_built_over_documents_that_may_not_be(string script, string warnings) => Assert.AreEqual(warnings, LintText.MongoDb(script));

    [TestMethod]
    [DataRow("\"n_1\"", "MIG5006(1,1)")]
    [DataRow("[ \"n_1\", \"m_1\" ]", "MIG5006(1,1), MIG5006(1,1)")]
    [DataRow("{ \"n\": 1 }", "MIG5006(1,1)")]
    [DataRow("\"*\"", "MIG5006(1,1)")]
    public void An_index_is_not_dropped_before_it_was_hidden(string index, string warnings)
    {
        var drop = $$"""{ "dropIndexes": "a", "index": {{index}} }""";

        Assert.AreEqual(warnings, LintText.MongoDb(drop));
        Assert.AreEqual("", LintText.MongoDb($"[{Create}, {drop}]"));
    }

    [TestMethod]
    public void An_index_that_an_earlier_migration_hid_may_go()
    {
        const string Hide = """{ "collMod": "a", "index": { "keyPattern": { "n": 1, "m": -1 }, "hidden": true } }""";
        const string Drop = """{ "dropIndexes": "a", "index": "n_1_m_-1" }""";

        Assert.AreEqual("", LintText.MongoDb(Drop, Hide));
        Assert.AreEqual("MIG5006(1,1)", LintText.MongoDb(Drop, Hide, Hide.Replace("true", "false", StringComparison.Ordinal)));
        Assert.AreEqual("MIG5006(1,1)", LintText.MongoDb(Drop.Replace("n_1_m_-1", "n_1", StringComparison.Ordinal), Hide));
        Assert.Contains("MIG5006", LintText.MongoDb($"[{Hide}, {Drop}]"));
        Assert.AreEqual("", LintText.MongoDb($$"""[{ "createIndexes": "a", "indexes": [ { "key": { "n": 1, "m": -1 } } ] }, {{Drop}}]"""));
    }

    [TestMethod]
    [DataRow("""{ "collMod": "a", "validator": { "n": 1 } }""", "MIG5021(1,1)")]
    [DataRow("""{ "collMod": "a", "validator": { "n": 1 }, "validationLevel": "strict" }""", "MIG5021(1,1)")]
    [DataRow("""{ "collMod": "a", "validator": { "n": 1 }, "validationLevel": "moderate" }""", "")]
    [DataRow("""{ "collMod": "a", "validator": { "n": 1 }, "validationAction": "warn" }""", "")]
    [DataRow("""{ "collMod": "a", "validator": {} }""", "")]
    [DataRow("""{ "create": "a", "validator": { "n": 1 } }""", "")]
    [DataRow($$"""[{{Create}}, { "collMod": "a", "validator": { "n": 1 } }]""", "")]
    public void A_validator_is_not_set_strictly_over_documents_that_may_not_fit(string script, string warnings) => Assert.AreEqual(warnings, LintText.MongoDb(script));

    [TestMethod]
    [DataRow("""{ "drop": 7 }""")]
    [DataRow("""{ "renameCollection": "app.", "to": 1 }""")]
    [DataRow("""{ "createIndexes": "a", "indexes": [ 1, { "unique": true, "key": 1 } ] }""")]
    [DataRow("""{ "update": "a", "updates": { "q": {} } }""")]
    [DataRow("""{ "aggregate": 1, "pipeline": "x" }""")]
    [DataRow("""{ "collMod": "a", "validator": 1, "index": [] }""")]
    [DataRow("""{ "whatComesNext": { "drop": "a" } }""")]
    public void What_the_server_will_refuse_is_no_matter_of_lint(string script) => Assert.AreEqual("", LintText.MongoDb(script).Replace("MIG5005(1,1)", "", StringComparison.Ordinal));

    [TestMethod]
    [DataRow("\"ignore MIG5030 nobody uses it since 12\"", "")]
    [DataRow("[ \"ignore MIG5030, MIG5041 nobody uses it since 12\" ]", "MIG5092(1,31)")]
    [DataRow("\"ignore MIG5030\"", "MIG5091(1,29)")]
    [DataRow("\"ignore MIG5939 because\"", "MIG5090(1,29), MIG5030(2,1)")]
    [DataRow("\"silence\"", "MIG5090(1,29), MIG5030(2,1)")]
    public void The_header_says_what_to_ignore_and_why(string lint, string warnings) =>
        Assert.AreEqual(warnings, LintText.MongoDb($$"""[ { "$migration": { "lint": {{lint}} } },""" + "\n{ \"drop\": \"a\" } ]"));

    [TestMethod]
    public void A_migration_without_a_rollback_is_told_how_to_write_one()
    {
        var warning = LintText.Warnings(MongoDbLint.Profile, new LintOptions(), null, Create).Single();

        Assert.AreEqual("MIG5060", warning.Code);
        Assert.Contains("001_a.down.json", warning.Message);
        Assert.IsEmpty(LintText.Warnings(MongoDbLint.Profile, new LintOptions(), null, $$"""[ { "$migration": { "rollback": { "drop": "a" } } }, {{Create}} ]"""));
    }

    [TestMethod]
    public void The_values_of_placeholders_are_not_shown()
    {
        using var folder = new TestFolder();
        folder.Write("001_a.json", """
            [
              { "drop": "${prefix}orders" },
              { "renameCollection": "${database}.${prefix}people", "to": "${database}.users" },
              { "update": "${prefix}notes", "updates": [ { "q": {}, "u": { "$unset": { "${field}": "" } }, "multi": true } ] },
              { "dropIndexes": "lines", "index": { "${field}": ${direction} } }
            ]
            """);
        var placeholders = Placeholders.Create(
            new Dictionary<string, string> { ["prefix"] = "secret_", ["database"] = "secret", ["field"] = "secret", ["direction"] = "-1" });
        var linter = new FolderLinter(MongoDbLint.Profile, new LintOptions());
        var migration = MigrationFolder.Read(folder.Path, PlainJson.Instance, placeholders).Migrations.Single();
        migration.Check(statements => linter.Watch(migration, statements), default);

        var messages = string.Join('\n', linter.Judge(migration));

        Assert.Contains("indexes of ${prefix}orders are lost", messages);
        Assert.Contains("still uses ${prefix}people finds", messages);
        Assert.Contains("old name on users in", messages);
        Assert.Contains("values of ${prefix}notes.${field} are lost", messages);
        Assert.Contains("needs ${field}_… reads all of lines", messages);
        Assert.DoesNotContain("secret", messages, StringComparison.OrdinalIgnoreCase);
    }
}

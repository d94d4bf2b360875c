using MigrationTasks.Engine.Lint;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.MongoDb.Lint;
using MigrationTasks.PostgreSql.Lint;
using MigrationTasks.PostgreSql.Scripts;
using MigrationTasks.Sqlite.Lint;

namespace MigrationTasks.Engine.Tests.Lint;

/// <summary>What holds for all rules.</summary>
[TestClass]
public sealed class LintCodesTests
{
    private static readonly Dictionary<string, string> Examples = new()
    {
        ["MIG5001"] = "CREATE INDEX i ON t (a);",
        ["MIG5002"] = "DROP INDEX i;",
        ["MIG5003"] = "REINDEX TABLE t;",
        ["MIG5004"] = "CREATE INDEX CONCURRENTLY IF NOT EXISTS i ON t (a);",
        ["MIG5010"] = "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u;",
        ["MIG5011"] = "ALTER TABLE t ADD CHECK (a > 0);",
        ["MIG5012"] = "ALTER TABLE t ADD UNIQUE (a);",
        ["MIG5013"] = "ALTER TABLE t ADD EXCLUDE USING gist (a WITH &&);",
        ["MIG5014"] = "ALTER TABLE t ALTER a SET NOT NULL;",
        ["MIG5015"] = "ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID, VALIDATE CONSTRAINT c;",
        ["MIG5016"] = "ALTER TABLE t ALTER a TYPE bigint;",
        ["MIG5017"] = "ALTER TABLE t ADD a float DEFAULT random();",
        ["MIG5018"] = "ALTER TABLE t ADD a serial;",
        ["MIG5019"] = "ALTER TABLE t ADD a int NOT NULL;",
        ["MIG5020"] = "ALTER TABLE t ADD a DEFAULT CURRENT_TIMESTAMP;",
        ["MIG5030"] = "DROP TABLE t;",
        ["MIG5031"] = "ALTER TABLE t DROP a;",
        ["MIG5032"] = "ALTER TABLE t RENAME TO u;",
        ["MIG5033"] = "ALTER TABLE t RENAME a TO b;",
        ["MIG5034"] = "ALTER TYPE e RENAME VALUE 'a' TO 'b';",
        ["MIG5040"] = "DELETE FROM t;",
        ["MIG5041"] = "UPDATE t SET a = 1;",
        ["MIG5050"] = "SET lock_timeout = 0; ALTER TABLE t ADD a int;",
        ["MIG5051"] = "ALTER TABLE t ADD a int; ALTER TABLE u ADD a int;",
        ["MIG5052"] = "ALTER TYPE e ADD VALUE 'a'; INSERT INTO t VALUES ('a');",
        ["MIG5060"] = "SELECT 1;",
        ["MIG5061"] = "CREATE TABLE t (a int);",
    };

    private static readonly Dictionary<string, string> MongoDbExamples = new()
    {
        ["MIG5005"] = """{ "createIndexes": "a", "indexes": [ { "key": { "n": 1 }, "name": "n", "unique": true } ] }""",
        ["MIG5006"] = """{ "dropIndexes": "a", "index": "n" }""",
        ["MIG5021"] = """{ "collMod": "a", "validator": { "n": { "$type": "int" } } }""",
        ["MIG5030"] = """{ "drop": "a" }""",
        ["MIG5031"] = """{ "update": "a", "updates": [ { "q": { "n": { "$exists": true } }, "u": { "$unset": { "n": "" } }, "multi": true } ] }""",
        ["MIG5032"] = """{ "renameCollection": "app.a", "to": "app.b", "$db": "admin" }""",
        ["MIG5033"] = """{ "update": "a", "updates": [ { "q": {}, "u": { "$rename": { "n": "m" } }, "multi": true } ] }""",
        ["MIG5035"] = """{ "dropDatabase": 1 }""",
        ["MIG5040"] = """{ "delete": "a", "deletes": [ { "q": {}, "limit": 0 } ] }""",
        ["MIG5041"] = """{ "update": "a", "updates": [ { "q": {}, "u": { "$set": { "n": 1 } }, "multi": true } ] }""",
        ["MIG5060"] = """{ "create": "a" }""",
    };

    public static IEnumerable<string> Codes => Examples.Keys;

    public static IEnumerable<string> MongoDbCodes => MongoDbExamples.Keys;

    [TestMethod]
    public void Every_rule_has_an_example()
    {
        Assert.AreEqual(string.Join(' ', LintRules.Codes.Order(StringComparer.Ordinal)), string.Join(' ', Examples.Keys.Union(MongoDbExamples.Keys).Order(StringComparer.Ordinal)));
        Assert.AreEqual(string.Join(' ', MongoDbLint.Profile.Rules.Select(rule => rule.Code).Distinct()), string.Join(' ', MongoDbExamples.Keys));
    }

    [TestMethod]
    [DynamicData(nameof(MongoDbCodes))]
    public void Every_code_of_MongoDB_is_given_by_its_rule_and_can_be_ignored(string code)
    {
        Assert.AreEqual(1, Count(MongoDbLint.Profile, code, MongoDbExamples[code]));
        Assert.AreEqual(0, Count(MongoDbLint.Profile, code, Ignoring(code)));
        Assert.AreEqual(0, Count(MongoDbLint.Profile, "MIG5092", Ignoring(code)));

        string Ignoring(string code) => $$$"""[ { "$migration": { "lint": "ignore {{{code}}} a test" } }, {{{MongoDbExamples[code]}}} ]""";
    }

    [TestMethod]
    [DynamicData(nameof(Codes))]
    public void Every_code_is_given_by_its_rule_and_can_be_ignored(string code)
    {
        var profile = code == "MIG5020" ? SqliteLint.Profile : PostgreSqlLint.Supabase;

        Assert.AreEqual(1, Count(profile, code, Examples[code]));
        Assert.AreEqual(0, Count(profile, code, $"-- Lint: ignore {code} a test\n\n{Examples[code]}"));
        Assert.AreEqual(0, Count(profile, "MIG5092", $"-- Lint: ignore {code} a test\n\n{Examples[code]}"));
    }

    [TestMethod]
    public void The_values_of_placeholders_are_not_shown()
    {
        using var folder = new TestFolder();
        folder.Write("001_a.sql", """
            DROP TABLE ${prefix}orders;
            ALTER TABLE "${prefix}people" DROP COLUMN ${column}, ALTER COLUMN a TYPE ${type};
            ALTER TYPE e RENAME VALUE '${value}' TO 'b';
            -- Lint: ignore MIG5040 ${value}
            DELETE FROM ${prefix}orders; DELETE FROM ${table};
            """);
        var placeholders = Placeholders.Create(
            new Dictionary<string, string> { ["prefix"] = "Secret_", ["column"] = "secret", ["type"] = "secret(10)", ["value"] = "secret", ["table"] = "\"secret\"" });
        var linter = new FolderLinter(PostgreSqlLint.PostgreSql, new LintOptions());
        var migration = MigrationFolder.Read(folder.Path, PostgreSqlDialect.Instance, placeholders).Migrations.Single();
        migration.Check(statements => linter.Watch(migration, statements), default);

        var messages = string.Join('\n', linter.Judge(migration));

        Assert.Contains("The rows of ${prefix}orders", messages);
        Assert.Contains("The values of ${prefix}people.${column}", messages);
        Assert.Contains("unless ${type} takes", messages);
        Assert.Contains("uses '${value}' of e", messages);
        Assert.DoesNotContain("secret", messages, StringComparison.OrdinalIgnoreCase);
    }

    private static int Count(LintProfile profile, string code, string script) => LintText.Warnings(profile, new LintOptions(), null, script).Count(warning => warning.Code == code);
}

using System.Diagnostics.CodeAnalysis;
using MigrationTasks.ContractTests;
using MongoDB.Bson;

namespace MigrationTasks.Adapters.Tests.MongoDb;

/// <summary>What the contract's migrations are in MongoDB: an array of commands, each in a line. A replica set is meant: what reads and writes documents is transacted.</summary>
public sealed record MongoDbDialect : ContractDialect
{
    [SetsRequiredMembers]
    public MongoDbDialect()
    {
        // The run's own lock is a document that is always there for the script to be slow on.
        Slow = seconds => $$"""{ "find": "schema_migrations_lock", "filter": { "$where": "sleep({{seconds * 1000}}) || true" } }""";
        Alone = """{ "ping": 1 }""";
        HistoryScript = Create("schema_migrations", ofText: false);
        ForeignHistories = new Dictionary<string, string>
        {
            ["golang-migrate"] = """{ "insert": "schema_migrations", "documents": [ { "version": 3, "dirty": false } ] }""",
        };
        CommitsSchemaChanges = true;
    }

    public override string Statement => "command";

    public override string Fails => """{ "find": "any", "filter": { "$nope": 1 } }""";

    public override string Separator => ",\n";

    public override string Closing => "\n]\n";

    public override string Create(string table, bool ofText) => $$"""{ "create": {{Text(table)}} }""";

    public override string Drop(string table) => $$"""{ "drop": {{Text(table)}} }""";

    public override string Insert(string table, object id) => $$"""{ "insert": {{Text(table)}}, "documents": [ { "id": {{BsonValue.Create(id).ToJson()}} } ] }""";

    public override string Delete(string table, int id) => $$"""{ "delete": {{Text(table)}}, "deletes": [ { "q": { "id": {{id}} }, "limit": 0 } ] }""";

    // A query of a collection that is not there finds nothing; a change of it fails.
    public override string Read(string table) => $$"""{ "collMod": {{Text(table)}} }""";

    /// <summary>The server says nothing of places: an error is at its command.</summary>
    public override int ColumnOf(string statement) => 1;

    public override string Opening(ContractScript script)
    {
        ArgumentNullException.ThrowIfNull(script);
        List<string> fields = [];
        if (script.IsUntransacted)
        {
            fields.Add("\"transaction\": \"none\"");
        }

        if (script.Rollback is { } rollback)
        {
            fields.Add($"\"rollback\": [ {string.Join(", ", rollback.Statements)} ]");
        }

        return fields.Count == 0 ? "[\n" : $"[\n{{ \"$migration\": {{ {string.Join(", ", fields)} }} }},\n";
    }

    private static string Text(string text) => new BsonString(text).ToJson();
}

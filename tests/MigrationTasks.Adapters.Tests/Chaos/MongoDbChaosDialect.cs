using MigrationTasks.Adapters.Tests.MongoDb;
using MigrationTasks.ContractTests;
using MongoDB.Bson;
using MongoDB.Driver;

namespace MigrationTasks.Adapters.Tests.Chaos;

/// <summary>
/// What the chaos suite writes for MongoDB. Its objects are indexes, which bring their collections along: of a command that was interrupted
/// and may not run twice, such as <c>create</c>, a run would ask somebody what became of it.
/// </summary>
public sealed record MongoDbChaosDialect : ChaosDialect
{
    private static readonly MongoDbDialect Json = new();

    internal override string CreateLog => Create(ChaosMigration.LogTable);

    internal override IReadOnlyList<ChaosMigration> Migrations =>
    [
        new(1, "log", ChaosMigration.Object(CreateLog), ChaosMigration.Log),
        new(2, "rows", ChaosMigration.Log, Json.Insert("items", 1), ChaosMigration.Log),
        new(3, "large", [ChaosMigration.Log, .. Enumerable.Repeat(Json.Insert("large", new string('x', 8_000)), 300), ChaosMigration.Log]),
        new(4, "slow", ChaosMigration.Log, Slow, ChaosMigration.Log),
        new(5, "outside", ChaosMigration.Log, Alone, ChaosMigration.Log, ChaosMigration.Log) { IsTransactional = false },
        .. Enumerable.Range(6, 6).Select(version => new ChaosMigration(version, "more", ChaosMigration.Log, ChaosMigration.Object(Create($"chaos_{version:D3}_more")), ChaosMigration.Log)),
        new(12, "last", ChaosMigration.Log),
    ];

    internal override IReadOnlyList<ChaosMigration> OutsideMigrations =>
    [
        new(1, "log", ChaosMigration.Object(CreateLog), ChaosMigration.Log),
        .. Enumerable.Range(2, 4).Select(version => new ChaosMigration(
            version,
            "outside",
            ChaosMigration.Log,
            ChaosMigration.Object(Create($"chaos_{version:D3}_items")),
            Json.Insert($"chaos_{version:D3}_items", 1),
            ChaosMigration.Log,
            Slow,
            ChaosMigration.Object(Create($"chaos_{version:D3}_more")),
            Alone,
            ChaosMigration.Log) { IsTransactional = false }),
        new(6, "last", ChaosMigration.Log),
    ];

    internal override string Create(string name) => $$"""{ "createIndexes": "{{name}}", "indexes": [ { "key": { "id": 1 }, "name": "{{name}}" } ] }""";

    internal override string Text(ChaosMigration migration) =>
        // Without the header: a command that no transaction takes keeps the others out of one, and those share theirs with their entry.
        // With it a run would ask, rightly, what became of a document that was on its way.
        $"{new ContractScript(Json, [.. migration.Fill(Log)])}";

    internal override string RollbackOf(ChaosMigration migration) =>
        $$"""{ "delete": "{{ChaosMigration.LogTable}}", "deletes": [ { "q": { "migration": {{migration.Version}} }, "limit": 0 } ] }""";

    internal override async Task<ChaosState?> ReadAsync(ContractDatabase database)
    {
        var rows = (await database.ReadAsync("schema_migrations", "migration_name", "status", "statements_done")).Select(row => row.Split('|'));
        var parts = await database.ReadAsync(ChaosMigration.LogTable, "migration", "part");
        return new ChaosState(
            rows.ToDictionary(row => Path.GetFileNameWithoutExtension(row[0]), row => $"{row[1]} {(row[2].Length == 0 ? "0" : row[2])}"),
            [.. parts.Select(part => part.Replace('|', ' ')).Order(StringComparer.Ordinal)],
            await ObjectsAsync(((MongoDbContractDatabase)database).Database));
    }

    private static string Log(int version, int part) =>
        $$"""{ "insert": "{{ChaosMigration.LogTable}}", "documents": [ { "migration": {{version}}, "part": {{part}} } ] }""";

    private static async Task<IReadOnlyList<string>> ObjectsAsync(IMongoDatabase database)
    {
        var objects = new List<string>();
        foreach (var collection in await (await database.ListCollectionNamesAsync()).ToListAsync())
        {
            var indexes = await (await database.GetCollection<BsonDocument>(collection).Indexes.ListAsync()).ToListAsync();
            objects.AddRange(indexes.Select(index => index["name"].AsString).Where(name => name.StartsWith("chaos", StringComparison.Ordinal)));
            objects.AddRange(collection == "schema_migrations" ? [collection] : []);
        }

        return [.. objects.Order(StringComparer.Ordinal)];
    }
}

using MigrationTasks.Engine.Lint;

namespace MigrationTasks.MongoDb.Lint;

/// <summary>What lint knows of MongoDB, from version 4.4 on, whose migrations are commands as Extended JSON.</summary>
internal static class MongoDbLint
{
    public static LintProfile Profile { get; } = new(
        migration => new MongoDbReader(migration.Header, migration.Path),
        [
            new("MIG5005", MongoDbRules.UniqueIndexes),
            new("MIG5006", MongoDbRules.DroppedIndexes),
            new("MIG5021", MongoDbRules.Validators),
            new("MIG5030", MongoDbRules.DroppedCollections),
            new("MIG5031", MongoDbRules.RemovedFields),
            new("MIG5032", MongoDbRules.RenamedCollections),
            new("MIG5033", MongoDbRules.RenamedFields),
            new("MIG5035", MongoDbRules.DroppedDatabases),
            new("MIG5040", MongoDbRules.DeletedDocuments),
            new("MIG5040", MongoDbRules.ReplacedDocuments),
            new("MIG5041", MongoDbRules.UpdatedDocuments),
            new("MIG5060", MongoDbRules.MissingRollback),
        ]);
}

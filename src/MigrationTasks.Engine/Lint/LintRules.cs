using MigrationTasks.Engine.Lint.Rules;

namespace MigrationTasks.Engine.Lint;

/// <summary>The rules of each kind of database.</summary>
internal static class LintRules
{
    public static IReadOnlyList<LintRule> PostgreSql { get; } =
    [
        new("MIG5001", IndexRules.Creation),
        new("MIG5002", IndexRules.Removal),
        new("MIG5003", IndexRules.Rebuild),
        new("MIG5004", IndexRules.HiddenInvalid),
        new("MIG5010", ConstraintRules.ForeignKeys),
        new("MIG5011", ConstraintRules.Checks),
        new("MIG5012", ConstraintRules.Uniqueness),
        new("MIG5013", ConstraintRules.Exclusions),
        new("MIG5014", ConstraintRules.NotNull),
        new("MIG5015", ConstraintRules.ValidatedAtOnce),
        new("MIG5016", ColumnRules.TypeChanges),
        new("MIG5017", ColumnRules.VolatileDefaults),
        new("MIG5018", ColumnRules.ComputedColumns),
        new("MIG5019", ColumnRules.RequiredColumns),
        new("MIG5030", RemovalRules.DroppedTables),
        new("MIG5031", RemovalRules.DroppedColumns),
        new("MIG5032", RemovalRules.RenamedTables),
        new("MIG5033", RemovalRules.RenamedColumns),
        new("MIG5034", EnumRules.RenamedValues),
        new("MIG5040", RowRules.Deleted),
        new("MIG5041", RowRules.Updated),
        new("MIG5050", LockRules.Unlimited),
        new("MIG5051", LockRules.SeveralTables),
        new("MIG5052", EnumRules.UsedAtOnce),
        new("MIG5060", RollbackRule.Missing),
    ];

    public static IReadOnlyList<LintRule> Supabase { get; } = [.. PostgreSql, new("MIG5061", RowSecurityRule.Missing)];

    public static IReadOnlyList<LintRule> Sqlite { get; } =
    [
        new("MIG5019", ColumnRules.RequiredColumns),
        new("MIG5020", ColumnRules.DefaultsNotConstant),
        new("MIG5030", RemovalRules.DroppedTables),
        new("MIG5031", RemovalRules.DroppedColumns),
        new("MIG5032", RemovalRules.RenamedTables),
        new("MIG5033", RemovalRules.RenamedColumns),
        new("MIG5040", RowRules.Deleted),
        new("MIG5060", RollbackRule.Missing),
    ];

    public static IReadOnlyList<LintRule> MySql { get; } =
    [
        new("MIG5030", RemovalRules.DroppedTables),
        new("MIG5031", RemovalRules.DroppedColumns),
        new("MIG5032", RemovalRules.RenamedTables),
        new("MIG5033", RemovalRules.RenamedColumns),
        new("MIG5040", RowRules.Deleted),
        new("MIG5041", RowRules.Updated),
        new("MIG5060", RollbackRule.Missing),
    ];

    public static IReadOnlyList<LintRule> MongoDb { get; } =
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
    ];

    /// <summary>The codes that a <c>Lint</c> comment may name.</summary>
    public static IReadOnlySet<string> Codes { get; } = Supabase.Concat(Sqlite).Concat(MongoDb).Select(rule => rule.Code).ToHashSet();
}

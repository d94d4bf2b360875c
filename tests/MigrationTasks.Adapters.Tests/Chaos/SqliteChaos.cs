using MigrationTasks.Adapters.Tests.Sqlite;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Sqlite;

namespace MigrationTasks.Adapters.Tests.Chaos;

[TestClass]
[DoNotParallelize]
public sealed class SqliteChaos : ChaosContract
{
    protected override AdapterDefinition Definition { get; } = new SqliteDefinition();

    protected override ChaosDialect Dialect { get; } = new SqlChaosDialect
    {
        Slow = "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500000) SELECT count(*) FROM n",
        Alone = "VACUUM",
        HistoryScript = "CREATE TABLE schema_migrations (migration_name TEXT PRIMARY KEY);",
        ObjectNames = "SELECT name FROM sqlite_master WHERE name LIKE 'chaos%' OR name = 'schema_migrations'",
    };

    private protected override Task<ChaosTarget> CreateTargetAsync() => Task.FromResult(new ChaosTarget(new SqliteContractDatabase()));
}

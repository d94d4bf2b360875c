using MigrationTasks.Engine.Databases;
using MigrationTasks.MySql;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.Chaos;

/// <summary>A MariaDB server of the class's own, because it gets killed.</summary>
[TestClass]
[DoNotParallelize]
public sealed class MySqlChaos : ChaosContract
{
    private static MySqlServer? _own;

    protected override AdapterDefinition Definition { get; } = new MySqlDefinition();

    protected override ChaosDialect Dialect { get; } = new SqlChaosDialect
    {
        Slow = "SELECT sleep(0.1)",
        ShortText = "VARCHAR(200)",
        LongKey = "content(20)",
        Alone = $"ANALYZE TABLE {ChaosMigration.LogTable}",
        CommitsAtObjects = true,
        HistoryScript = "CREATE TABLE schema_migrations (migration_name varchar(200) PRIMARY KEY, status varchar(20) NOT NULL DEFAULT 'applied', statements_done int);",
        ObjectNames = """
            SELECT table_name AS name FROM information_schema.tables WHERE table_schema = database() AND (table_name LIKE 'chaos%' OR table_name = 'schema_migrations')
            UNION ALL SELECT DISTINCT index_name FROM information_schema.statistics WHERE table_schema = database() AND index_name LIKE 'chaos%'
            """,
    };

    [ClassCleanup]
    public static async Task StopAsync()
    {
        if (_own is { } server)
        {
            _own = null;
            await server.DisposeAsync();
        }
    }

    private protected override async Task<ChaosTarget> CreateTargetAsync()
    {
        _own ??= await Require.ServerAsync(() => MySqlServer.StartLocalAsync());
        return new MySqlTarget(_own, await _own.CreateDatabaseAsync());
    }
}

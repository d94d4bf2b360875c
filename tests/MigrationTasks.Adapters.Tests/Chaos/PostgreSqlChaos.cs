using MigrationTasks.Engine.Databases;
using MigrationTasks.PostgreSql;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.Chaos;

/// <summary>A PostgreSQL server of the class's own, because it gets killed.</summary>
[TestClass]
[DoNotParallelize]
public class PostgreSqlChaos : ChaosContract
{
    private static PostgreSqlServer? _own;

    protected override AdapterDefinition Definition { get; } = new PostgreSqlDefinition();

    protected override ChaosDialect Dialect { get; } = new SqlChaosDialect
    {
        Slow = "SELECT pg_sleep(0.1)",
        Concurrently = "CONCURRENTLY",
        Alone = "VACUUM",
        HistoryScript = "CREATE TABLE schema_migrations (migration_name text PRIMARY KEY);",
        ObjectNames = """
            SELECT c.relname FROM pg_class c LEFT JOIN pg_index i ON i.indexrelid = c.oid
            WHERE c.relnamespace = 'public'::regnamespace AND (c.relname LIKE 'chaos%' OR c.relname = 'schema_migrations') AND coalesce(i.indisvalid AND NOT i.indisprimary, true)
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
        _own ??= await Require.ServerAsync(() => PostgreSqlServer.StartLocalAsync());
        return new PostgreSqlTarget(_own, await _own.CreateDatabaseAsync(), null);
    }
}

/// <summary>Through PgBouncer in transaction mode.</summary>
[TestClass]
[DoNotParallelize]
public sealed class PooledPostgreSqlChaos : PostgreSqlChaos
{
    private protected override async Task<ChaosTarget> CreateTargetAsync()
    {
        var server = await Require.ServerAsync(Servers.PostgreSqlAsync);
        var pooler = await Require.ServerAsync(Servers.PgBouncerAsync);
        return new PostgreSqlTarget(server, await server.CreateDatabaseAsync(), pooler);
    }
}

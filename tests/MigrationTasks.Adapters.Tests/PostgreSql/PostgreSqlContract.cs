using MigrationTasks.ContractTests;
using MigrationTasks.Engine.Databases;
using MigrationTasks.PostgreSql;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>The contract on a PostgreSQL; a derived class says which server, and what stands in between.</summary>
public abstract partial class PostgreSqlContract : RehearsalContract
{
    private const string BareHistory = "CREATE TABLE schema_migrations (id serial PRIMARY KEY, migration_name varchar(255) NOT NULL, executed_at timestamp DEFAULT now());";

    protected override AdapterDefinition Definition { get; } = new PostgreSqlDefinition();

    protected override string CleanCondition => "search_path = '\"$user\", public' AND statement_timeout = '0' AND tenant = '' AND own_role AND no_temporary_table";

    protected override SqlContractDialect Dialect { get; } = new()
    {
        Slow = seconds => $"SELECT pg_sleep({seconds})",
        Alone = "VACUUM",
        BareHistory = BareHistory,
        HistoryScript = BareHistory,
        ForeignHistories = new Dictionary<string, string>
        {
            ["golang-migrate"] = "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL); INSERT INTO schema_migrations VALUES (3, false);",
            ["Supabase CLI"] = "CREATE TABLE schema_migrations (version text PRIMARY KEY, statements text[], name text); INSERT INTO schema_migrations VALUES ('1', '{}', 'a');",
            ["dbmate"] = "CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY); INSERT INTO schema_migrations VALUES ('20260101');",
        },
        ForeignTables = PostgreSqlForeignTables.All,
        LeaveState = """
            CREATE TEMP TABLE leaked (id integer);
            SET search_path = pg_catalog;
            SET statement_timeout = '7h';
            SET app.tenant = 'seven';
            SET ROLE pg_monitor;
            """,
        ObserveState = """
            CREATE TABLE state AS SELECT
                current_setting('search_path') AS search_path,
                current_setting('statement_timeout') AS statement_timeout,
                coalesce(current_setting('app.tenant', true), '') AS tenant,
                current_user = session_user AS own_role,
                to_regclass('pg_temp.leaked') IS NULL AS no_temporary_table;
            """,
        CleanState = "\"$user\", public|0||t|t",
    };

    /// <summary>The server.</summary>
    protected abstract Task<PostgreSqlServer> GetServerAsync();

    /// <summary>The connection to a database of the server, as a user would write it.</summary>
    protected virtual Task<string> ConnectionToAsync(TestDatabase database) => Task.FromResult(database.Url);

    protected override async Task<ContractDatabase> CreateDatabaseAsync()
    {
        var server = await Require.ServerAsync(GetServerAsync);
        var database = await server.CreateDatabaseAsync();
        return new PostgreSqlContractDatabase(database, await ConnectionToAsync(database));
    }
}

/// <summary>Directly, on a server from this machine's own binaries; where there are none, on one in a container.</summary>
[TestClass]
public sealed class LocalPostgreSqlContract : PostgreSqlContract
{
    protected override async Task<PostgreSqlServer> GetServerAsync()
    {
        try
        {
            return await Servers.LocalPostgreSqlAsync();
        }
        catch (ServerUnavailableException)
        {
            return await Servers.PostgreSqlAsync();
        }
    }
}

/// <summary>
/// Through PgBouncer in transaction mode with TLS, which stands in for the Supabase pooler. The server behind it is one in a container, where there
/// is Docker: what is particular to reaching that one directly is in <see cref="ContainerPostgreSqlTests"/>.
/// </summary>
[TestClass]
public sealed class PooledPostgreSqlContract : PostgreSqlContract
{
    protected override AdapterDefinition Definition { get; } = new SupabaseDefinition();

    protected override Task<PostgreSqlServer> GetServerAsync() => Servers.PostgreSqlAsync();

    protected override async Task<string> ConnectionToAsync(TestDatabase database) => (await Require.ServerAsync(Servers.PgBouncerAsync)).UrlFor(database);
}

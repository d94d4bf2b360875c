using MigrationTasks.ContractTests;
using MigrationTasks.Engine.Databases;
using MigrationTasks.MySql;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.MySql;

/// <summary>The contract on a MySQL or MariaDB.</summary>
[TestClass]
public sealed partial class MySqlContract : ScriptContract
{
    private const string BareHistory = "CREATE TABLE schema_migrations (id int AUTO_INCREMENT PRIMARY KEY, migration_name varchar(255) NOT NULL, executed_at timestamp DEFAULT CURRENT_TIMESTAMP);";

    protected override AdapterDefinition Definition { get; } = new MySqlDefinition();

    protected override SqlContractDialect Dialect { get; } = new()
    {
        // On its own, MySQL lets an interrupted SLEEP succeed.
        Slow = seconds => $"SELECT 1 FROM DUAL WHERE SLEEP({seconds})",
        BareHistory = BareHistory,
        HistoryScript = BareHistory,
        ForeignHistories = new Dictionary<string, string>
        {
            ["golang-migrate"] = "CREATE TABLE schema_migrations (version bigint PRIMARY KEY, dirty boolean NOT NULL); INSERT INTO schema_migrations VALUES (3, false);",
            ["dbmate"] = "CREATE TABLE schema_migrations (version varchar(128) PRIMARY KEY); INSERT INTO schema_migrations VALUES ('20260101');",
        },
        ForeignTables = MySqlForeignTables.All,
        LeaveState = """
            SET @left = 'seven', foreign_key_checks = 0, sql_mode = '', time_zone = '+07:00';
            CREATE TEMPORARY TABLE leaked (id integer);
            USE information_schema;
            """,
        ObserveState = """
            CREATE TABLE state AS SELECT
                database() LIKE 'test%' AS in_database,
                @@foreign_key_checks AS checks,
                coalesce(@left, '') AS variable,
                @@sql_mode = @@global.sql_mode AS strict;
            CREATE TABLE leaked (id integer);
            """,
        CleanState = "1|1||1",
        CommitsSchemaChanges = true,
        Alone = "ANALYZE TABLE schema_migrations",
    };

    protected override async Task<ContractDatabase> CreateDatabaseAsync()
    {
        var server = await Require.ServerAsync(Servers.MySqlAsync);
        TestContext.WriteLine($"On {server.Version}.");
        return new MySqlContractDatabase(await server.CreateDatabaseAsync());
    }
}

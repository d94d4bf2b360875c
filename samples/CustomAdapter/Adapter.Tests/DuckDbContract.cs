using MigrationTasks.ContractTests;
using MigrationTasks.Engine.Commands.Import;
using MigrationTasks.Engine.Databases;

[assembly: Parallelize(Scope = ExecutionScope.MethodLevel)]

namespace DuckDbSample.Tests;

/// <summary>All that an adapter has to do, on DuckDB.</summary>
[TestClass]
public sealed class DuckDbContract : SqlAdapterContract
{
    private const string BareHistory = "CREATE SEQUENCE numbers; CREATE TABLE schema_migrations (id INTEGER PRIMARY KEY DEFAULT nextval('numbers'), migration_name VARCHAR NOT NULL, executed_at TIMESTAMP DEFAULT now());";

    protected override AdapterDefinition Definition { get; } = new DuckDbDefinition();

    protected override SqlContractDialect Dialect { get; } = new()
    {
        // A step at a time: one long sleep would not hear that it is cancelled.
        Slow = seconds => $"WITH RECURSIVE n (i, slept) AS (SELECT 0, NULL UNION ALL SELECT i + 1, sleep_ms(20) FROM n WHERE i < {seconds * 50}) SELECT count(slept) FROM n",
        Alone = "VACUUM",
        BareHistory = BareHistory,
        HistoryScript = BareHistory,
        ForeignHistories = new Dictionary<string, string>
        {
            ["golang-migrate"] = "CREATE TABLE schema_migrations (version BIGINT PRIMARY KEY, dirty BOOLEAN NOT NULL); INSERT INTO schema_migrations VALUES (3, false);",
            ["dbmate"] = "CREATE TABLE schema_migrations (version VARCHAR PRIMARY KEY); INSERT INTO schema_migrations VALUES ('20260101');",
        },
        ForeignTables = new Dictionary<string, string>
        {
            ["flyway"] = """CREATE TABLE "flyway_schema_history" ("installed_rank" INTEGER PRIMARY KEY, "version" VARCHAR, "description" VARCHAR NOT NULL, "type" VARCHAR NOT NULL, "script" VARCHAR NOT NULL, "checksum" INTEGER, "installed_by" VARCHAR NOT NULL, "installed_on" TIMESTAMP NOT NULL DEFAULT now(), "execution_time" INTEGER NOT NULL, "success" BOOLEAN NOT NULL)""",
            ["golang-migrate"] = "CREATE TABLE schema_migrations (version BIGINT PRIMARY KEY, dirty BOOLEAN NOT NULL)",
            ["goose"] = "CREATE SEQUENCE goose_ids; CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY DEFAULT nextval('goose_ids'), version_id BIGINT NOT NULL, is_applied BOOLEAN NOT NULL, tstamp TIMESTAMP DEFAULT now())",
        },
        LeaveState = """
            CREATE TEMP TABLE leaked (id INTEGER);
            SET VARIABLE leaked = 7;
            ATTACH ':memory:' AS other;
            USE other;
            """,
        ObserveState = """
            CREATE TABLE state AS SELECT
                (SELECT count(*) FROM duckdb_tables() WHERE temporary) AS temporary,
                getvariable('leaked') IS NULL AS no_variable,
                (SELECT count(*) FROM duckdb_databases() WHERE database_name = 'other') AS attached,
                current_schema() AS current_schema;
            """,
        CleanState = "0|True|0|main",
    };

    [TestMethod]
    public async Task An_export_is_warned_of_by_a_rule_of_this_adapter()
    {
        Project.Write("001_export.sql", "-- Rollback: SELECT 1;\nSELECT 1;\nEXPORT DATABASE 'elsewhere';");

        (await Project.ValidateAsync()).WarnedOf("DUCK001").At(Project.PathOf("001_export.sql"), 3, 1);
    }

    protected override Task<ContractDatabase> CreateDatabaseAsync() => Task.FromResult<ContractDatabase>(new DuckDbContractDatabase());
}

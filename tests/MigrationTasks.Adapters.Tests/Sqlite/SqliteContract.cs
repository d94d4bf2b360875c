using MigrationTasks.Adapters.Sqlite;
using MigrationTasks.Adapters.Tests.Contract;
using MigrationTasks.Engine.Adapters;

namespace MigrationTasks.Adapters.Tests.Sqlite;

[TestClass]
public sealed class SqliteContract : AdapterContract
{
    private const string BareHistory = "CREATE TABLE schema_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, migration_name TEXT NOT NULL, executed_at DATETIME DEFAULT CURRENT_TIMESTAMP);";

    protected override AdapterDefinition Definition { get; } = new SqliteDefinition();

    protected override ContractDialect Dialect { get; } = new()
    {
        // Few machines count 8 million rows in a second.
        Slow = seconds => $"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {8_000_000L * seconds}) SELECT count(*) FROM n",
        BareHistory = BareHistory,
        HistoryScript = BareHistory,
        ForeignHistories = new Dictionary<string, string>
        {
            ["golang-migrate"] = "CREATE TABLE schema_migrations (version uint64, dirty bool); INSERT INTO schema_migrations VALUES (3, 0);",
            ["Supabase CLI"] = "CREATE TABLE schema_migrations (version TEXT PRIMARY KEY, statements TEXT, name TEXT); INSERT INTO schema_migrations VALUES ('1', '{}', 'a');",
            ["dbmate"] = "CREATE TABLE schema_migrations (version VARCHAR(128) PRIMARY KEY); INSERT INTO schema_migrations VALUES ('20260101');",
        },
        ForeignTables = SqliteForeignTables.All,
        LeaveState = """
            CREATE TEMP TABLE leaked (id INTEGER);
            PRAGMA recursive_triggers = ON;
            PRAGMA case_sensitive_like = ON;
            ATTACH ':memory:' AS other;
            CREATE TABLE other.attached (id INTEGER);
            """,
        ObserveState = """
            CREATE TABLE state AS SELECT
                (SELECT count(*) FROM sqlite_temp_master) AS temporary,
                (SELECT recursive_triggers FROM pragma_recursive_triggers) AS recursive,
                'A' LIKE 'a' AS insensitive,
                (SELECT count(*) FROM pragma_database_list WHERE name = 'other') AS attached;
            """,
        CleanState = "0|0|1|0",
    };

    [TestMethod]
    public async Task A_copy_is_found_before_anything_runs()
    {
        Project.Write("001_a.sql", Table("a")).Write("002_b.sql", "SELECT 1;\n  COPY a FROM stdin;\n1\tit's\n\\.\n");

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG2009").At(Project.PathOf("002_b.sql"), 2, 3).Says("INSERT");

        await NoTableAsync("a");
    }

    protected override Task<ContractDatabase> CreateDatabaseAsync() => Task.FromResult<ContractDatabase>(new SqliteContractDatabase());
}

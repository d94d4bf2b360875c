using MigrationTasks.ContractTests;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Sqlite;

namespace MigrationTasks.Adapters.Tests.Sqlite;

[TestClass]
public sealed class SqliteContract : RehearsalContract
{
    private const string BareHistory = "CREATE TABLE schema_migrations (id INTEGER PRIMARY KEY AUTOINCREMENT, migration_name TEXT NOT NULL, executed_at DATETIME DEFAULT CURRENT_TIMESTAMP);";

    protected override AdapterDefinition Definition { get; } = new SqliteDefinition();

    protected override string CleanCondition => "temporary = 0 AND recursive = 0 AND insensitive = 1";

    protected override SqlContractDialect Dialect { get; } = new()
    {
        // Few machines count 8 million rows in a second.
        Slow = seconds => $"WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {8_000_000L * seconds}) SELECT count(*) FROM n",
        Alone = "VACUUM",
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

    [TestMethod]
    public Task A_script_says_to_the_shell_what_a_run_says_to_the_library() => ScriptDoesWhatARunDoesAsync(
        project => project.Write("001_a.sql", """
            CREATE TABLE a (id INTEGER PRIMARY KEY, note TEXT);
            CREATE TABLE log (id INTEGER);
            CREATE TRIGGER a_log AFTER INSERT ON a BEGIN
              INSERT INTO log VALUES (new.id);
              SELECT CASE WHEN new.id > 9 THEN RAISE(ABORT, 'no; END;') END;
            END;
            INSERT INTO a VALUES (1, 'x
            .shell echo no
            .quit
            go
            /
            #y'), (2, 'text'), (10
            /
            2, '5'); /*
            .quit
            */
            INSERT INTO log SELECT 1 AS
            go
            -- .quit
            ;
            """).Write("002_b.sql", "CREATE VIEW v AS SELECT\r\n  id,\r\n'a\r\nb\r\r\n' AS c FROM a;\r\nPRAGMA user_version = 7;\r\n"),
        project => project.Write("003_rebuild.sql", """
            CREATE TABLE child (id INTEGER REFERENCES a ON DELETE CASCADE);
            INSERT INTO child VALUES (1);
            CREATE TABLE new_a (id INTEGER PRIMARY KEY, note TEXT NOT NULL);
            INSERT INTO new_a SELECT * FROM a;
            DROP VIEW v;
            DROP TABLE a;
            ALTER TABLE new_a RENAME TO a;
            """).Write("004_none.sql", "-- Transaction: none\nDELETE FROM a WHERE id = 1;\nPRAGMA foreign_keys = OFF;\nVACUUM;\nATTACH ':memory:' AS [other one];\nATTACH ':memory:' AS gone;\nDETACH gone;\n")
            .Write("005_after.sql", "-- Transaction: none\nDELETE FROM a;\nCREATE TABLE s AS SELECT (SELECT count(*) FROM pragma_database_list) AS n, (SELECT foreign_keys FROM pragma_foreign_keys) AS f;\n"));

    [TestMethod]
    public async Task A_script_that_breaks_a_foreign_key_is_rolled_back()
    {
        var script = (await Project.Write("001_a.sql", "CREATE TABLE a (id INTEGER PRIMARY KEY);\nCREATE TABLE b (id INTEGER REFERENCES a);\n").Write("002_b.sql", "INSERT INTO b VALUES (7);\n").DryRunAsync()).Succeeded().ScriptFile!;

        var (exitCode, output) = Database.RunScript(script);

        Assert.AreNotEqual(0, exitCode);
        Assert.Contains("rows break a foreign key", output);
        await HistoryIsAsync("001_a.sql|applied");
    }

    [TestMethod]
    public async Task A_database_that_is_not_there_is_not_there_after_a_dry_run()
    {
        (await Project.Write("000_migrations_table.sql", BareHistory).Write("001_a.sql", Table("a")).DryRunAsync()).Succeeded();

        Assert.IsFalse(File.Exists(((SqliteContractDatabase)Database).File));
    }

    [TestMethod]
    public async Task A_database_that_is_not_there_is_not_there_after_it_was_tried()
    {
        (await Project.Write("001_a.sql", Table("a")).RehearseAsync()).Succeeded().HasTried("001_a.sql");

        Assert.IsFalse(File.Exists(((SqliteContractDatabase)Database).File));
    }

    [TestMethod]
    public async Task The_file_is_the_same_after_a_dry_run_byte_by_byte()
    {
        (await Project.Write("001_a.sql", "CREATE TABLE a (id INTEGER PRIMARY KEY AUTOINCREMENT);\nINSERT INTO a DEFAULT VALUES;\n").MigrateAsync()).Succeeded();
        var file = ((SqliteContractDatabase)Database).File;
        var before = Convert.ToHexString(File.ReadAllBytes(file));

        (await Project.Write("002_b.sql", "INSERT INTO a DEFAULT VALUES;\nPRAGMA user_version = 7;\nDROP TABLE a;\n").RehearseAsync()).Succeeded().HasTried("002_b.sql");

        Assert.AreEqual(before, Convert.ToHexString(File.ReadAllBytes(file)));
        Assert.HasCount(1, Directory.GetFiles(Path.GetDirectoryName(file)!));
    }

    [TestMethod]
    public async Task Rows_that_break_a_foreign_key_are_found_in_a_dry_run()
    {
        Project.Write("001_a.sql", "CREATE TABLE a (id INTEGER PRIMARY KEY);\nCREATE TABLE b (id INTEGER REFERENCES a);\n").Write("002_b.sql", "INSERT INTO b VALUES (7);\n");

        (await Project.RehearseAsync()).HasTried("001_a.sql").FailedWith("MIG4009").Says("They did not before");
    }

    [TestMethod]
    public async Task A_migration_that_rolls_everything_back_does_not_let_the_next_one_commit()
    {
        (await Project.Write("001_a.sql", "CREATE TABLE a (id INTEGER PRIMARY KEY);\nINSERT INTO a VALUES (1);\n").MigrateAsync()).Succeeded();
        Project.Write("R__1.sql", "INSERT OR ROLLBACK INTO a VALUES (1);\n").Write("R__2.sql", Table("c"));

        (await Project.RehearseAsync()).HasTried();

        await NoTableAsync("c");
    }

    protected override Task<ContractDatabase> CreateDatabaseAsync() => Task.FromResult<ContractDatabase>(new SqliteContractDatabase());
}

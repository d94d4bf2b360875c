using MigrationTasks.ContractTests;

namespace MigrationTasks.Adapters.Tests.Sqlite;

/// <summary>What SQLite's own program and EF Core write is a migration as it is.</summary>
[TestClass]
public sealed class SqliteOwnTransactionTests : SqliteProject
{
    private const string Rich = """
        CREATE TABLE customers (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, bytes BLOB);
        CREATE TABLE orders (id INTEGER PRIMARY KEY, customer INTEGER REFERENCES customers (id) ON DELETE CASCADE);
        CREATE TABLE notes (note TEXT);
        CREATE VIEW v AS SELECT 1 AS x;
        CREATE INDEX i ON orders (customer);
        CREATE TRIGGER t AFTER INSERT ON orders BEGIN UPDATE customers SET name = upper(name) WHERE id = NEW.customer; END;
        INSERT INTO customers (name, bytes) VALUES ('a;''b', x'00ff'), ('BEGIN; COMMIT;', NULL);
        INSERT INTO orders VALUES (10, 1), (11, 2);
        INSERT INTO notes VALUES ('line' || char(10) || 'another');
        """;

    // As EF Core writes it where a table has to be rebuilt.
    private const string Rebuild = """
        BEGIN TRANSACTION;
        CREATE TABLE "ef_temp_customers" ("id" INTEGER NOT NULL CONSTRAINT "pk" PRIMARY KEY AUTOINCREMENT, "name" TEXT NOT NULL);

        INSERT INTO "ef_temp_customers" ("id", "name")
        SELECT "id", "name"
        FROM "customers";

        COMMIT;

        PRAGMA foreign_keys = 0;

        BEGIN TRANSACTION;
        DROP TABLE "customers";

        ALTER TABLE "ef_temp_customers" RENAME TO "customers";

        COMMIT;

        PRAGMA foreign_keys = 1;

        BEGIN TRANSACTION;
        INSERT INTO "notes" VALUES ('20260101_Rebuild');

        COMMIT;


        """;

    [TestMethod]
    public async Task A_dump_makes_the_same_database()
    {
        await using var source = new SqliteContractDatabase();
        await source.ExecuteAsync(Rich);
        var dump = source.Dump();
        Assert.StartsWith("PRAGMA foreign_keys=OFF;\nBEGIN TRANSACTION;", dump);

        (await Project.Write("001_dump.sql", dump).MigrateAsync()).Applied("001_dump.sql").WithoutWarnings();

        await Database.ExecuteAsync("DROP TABLE schema_migrations");
        Assert.AreEqual(dump, Database.Dump());
    }

    [TestMethod]
    public async Task Of_a_dump_that_fails_nothing_is_left()
    {
        await using var source = new SqliteContractDatabase();
        await source.ExecuteAsync(Rich);

        (await Project.Write("001_dump.sql", source.Dump() + "SELECT nope;\n").MigrateAsync()).FailedWith("MIG4005");

        await RowsAreAsync("SELECT name FROM sqlite_master WHERE name IN ('customers', 'orders')");
    }

    [TestMethod]
    public async Task A_rebuild_of_EF_Core_is_applied_whole_and_loses_no_rows()
    {
        Project.Write("001_rich.sql", Rich.Replace("UPDATE customers SET name = upper(name)", "UPDATE orders SET id = id", StringComparison.Ordinal)).Write("002_rebuild.sql", Rebuild + "SELECT nope;\n");
        (await Project.MigrateAsync()).HasApplied("001_rich.sql").FailedWith("MIG4005");
        await RowsAreAsync("SELECT count(*) FROM sqlite_master WHERE sql LIKE '%bytes BLOB%'", "1");
        var script = (await Project.Write("002_rebuild.sql", Rebuild).DryRunAsync()).Succeeded().ScriptFile!;
        (await Project.RehearseAsync()).Succeeded();

        var (exitCode, output) = Database.RunScript(script);

        Assert.AreEqual(0, exitCode, output);
        await RowsAreAsync("SELECT id, customer FROM orders ORDER BY id", "10|1", "11|2");
        await RowsAreAsync("SELECT coalesce(statements_done, -1) FROM schema_migrations", "-1", "-1");
        (await Project.MigrateAsync()).Applied();
    }

    [TestMethod]
    public async Task Where_a_file_has_foreign_keys_act_they_do()
    {
        Project.Write("001_rich.sql", Rich).Write("002_delete.sql", "PRAGMA foreign_keys = ON;\nBEGIN;\nDELETE FROM customers WHERE id = 1;\nCOMMIT;\n");

        (await Project.MigrateAsync()).Applied("001_rich.sql", "002_delete.sql").WithoutWarnings();

        await RowsAreAsync("SELECT id FROM orders", "11");
    }

    [TestMethod]
    public async Task Settings_that_need_no_transaction_stay_outside_of_the_files_own_which_is_a_unit()
    {
        const string File = "PRAGMA synchronous = OFF;\nPRAGMA journal_mode = MEMORY;\nBEGIN TRANSACTION;\nCREATE TABLE a (id);\nINSERT INTO a VALUES (1);\n";
        (await Project.Write("001_a.sql", File + "SELECT nope;\nEND TRANSACTION;\n").MigrateAsync()).FailedWith("MIG4005").Says("first 2 statements were applied");
        await RowsAreAsync("SELECT count(*) FROM sqlite_master WHERE name = 'a'", "0");

        (await Project.Write("001_a.sql", File + "END TRANSACTION;\n").MigrateAsync()).Applied("001_a.sql").WithoutWarnings();

        await RowsAreAsync("SELECT id FROM a", "1");
    }
}

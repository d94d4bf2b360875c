using MigrationTasks.ContractTests;

namespace MigrationTasks.Adapters.Tests.Sqlite;

[TestClass]
public sealed class SqliteForeignKeyTests : SqliteProject
{
    private const string Schema =
        """
        CREATE TABLE customers (id INTEGER PRIMARY KEY, name TEXT);
        CREATE TABLE orders (id INTEGER PRIMARY KEY, customer INTEGER REFERENCES customers (id) ON DELETE CASCADE);
        INSERT INTO customers VALUES (1, 'a'), (2, 'b');
        INSERT INTO orders VALUES (10, 1), (11, 2);
        """;

    [TestMethod]
    public async Task Rebuilding_a_table_loses_no_rows_by_cascade()
    {
        Project.Write("001_schema.sql", Schema).Write(
            "002_rebuild.sql",
            """
            CREATE TABLE new_customers (id INTEGER PRIMARY KEY, name TEXT NOT NULL);
            INSERT INTO new_customers SELECT * FROM customers;
            DROP TABLE customers;
            ALTER TABLE new_customers RENAME TO customers;
            """);

        (await Project.MigrateAsync()).Applied("001_schema.sql", "002_rebuild.sql");

        await RowsAreAsync("SELECT id, customer FROM orders ORDER BY id", "10|1", "11|2");
    }

    [TestMethod]
    public async Task Rows_that_break_a_reference_are_refused_and_rolled_back()
    {
        Project.Write("001_schema.sql", Schema).Write("002_bad.sql", "INSERT INTO orders VALUES (12, 98), (13, 99);").Write("003_c.sql", "CREATE TABLE c (id INTEGER);");

        (await Project.MigrateAsync()).HasApplied("001_schema.sql").FailedWith("MIG4009")
            .At(Project.PathOf("002_bad.sql"), 0, 0).Says("orders → customers (2 rows, the first with rowid 12)").Says("did not before this migration");

        await RowsAreAsync("SELECT count(*) FROM orders", "2");
    }

    [TestMethod]
    public async Task Rows_that_broke_a_reference_before_are_said_to_have_done_so()
    {
        (await Project.Write("001_schema.sql", Schema).MigrateAsync()).Succeeded();
        await Database.ExecuteAsync("PRAGMA foreign_keys = OFF; INSERT INTO orders VALUES (12, 99);");

        (await Project.Write("002_fine.sql", "CREATE TABLE c (id INTEGER);").MigrateAsync()).FailedWith("MIG4009").Says("orders → customers (1 row, the first with rowid 12)").Says("already did before this migration");

        (await Project.Write("002_fine.sql", "DELETE FROM orders WHERE id = 12;").MigrateAsync()).Applied("002_fine.sql");
    }

    [TestMethod]
    public async Task Foreign_keys_are_enforced_outside_a_transaction()
    {
        Project.Write("001_schema.sql", Schema).Write("002_bad.sql", "-- Transaction: none\nINSERT INTO orders VALUES (12, 99);");

        (await Project.MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("002_bad.sql"), 2, 1).Says("FOREIGN KEY constraint failed");
    }

    [TestMethod]
    public async Task A_reference_to_columns_that_are_not_unique_is_refused()
    {
        Project.Write("001_a.sql", "CREATE TABLE a (id INTEGER);\nCREATE TABLE b (a INTEGER REFERENCES a (id));\nINSERT INTO b VALUES (1);");

        (await Project.MigrateAsync()).FailedWith("MIG4005").Says("foreign key mismatch").Says("unique");
    }
}

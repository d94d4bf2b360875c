namespace MigrationTasks.ContractTests;

public abstract partial class SqlAdapterContract
{
    [TestMethod]
    public async Task An_error_is_at_its_line_and_column_whatever_stands_before_it()
    {
        Project.Write(
            "001_a.sql",
            "-- ünï 😀\r\nCREATE TABLE a (id INTEGER); -- ; no end\r\n\t/* 😀 ; */ SELECT '😀' ||\r\n\t'😀' || nope;\r\n");

        (await Project.MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), 4, 9).Says("nope");
    }

    [TestMethod]
    public async Task An_error_is_at_its_line_and_column_behind_a_byte_order_mark()
    {
        Project.Write("001_a.sql", [0xEF, 0xBB, 0xBF, .. "SELECT nope;"u8]);

        (await Project.MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), 1, 8);
    }

    [TestMethod]
    public async Task A_violated_constraint_is_at_its_statement()
    {
        Project.Write("001_a.sql", "CREATE TABLE a (id INTEGER NOT NULL UNIQUE);\n\nINSERT INTO a VALUES (1);\n  INSERT INTO a VALUES (1);\n");

        (await Project.MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), 4, 3);

        await (Dialect.CommitsSchemaChanges ? RowsAreAsync("SELECT id FROM a", "1") : NoTableAsync("a"));
    }

    [TestMethod]
    public async Task A_statement_that_is_never_closed_is_found_before_anything_runs()
    {
        Project.Write("001_a.sql", Table("a")).Write("002_b.sql", "CREATE TABLE b (id INTEGER);\nINSERT INTO b VALUES ('oops);\n");

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG2004").At(Project.PathOf("002_b.sql"), 2, 23);

        await NoTableAsync("a");
    }

    [TestMethod]
    public async Task A_statement_that_needs_no_transaction_is_found_before_anything_runs()
    {
        Project.Write("001_a.sql", Table("a")).Write("002_b.sql", $"-- tidy up\n{Dialect.Alone};\n");
        if (Dialect.CommitsSchemaChanges)
        {
            (await Project.MigrateAsync()).Applied("001_a.sql", "002_b.sql");
            return;
        }

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG2008").At(Project.PathOf("002_b.sql"), 2, 1).Says("Transaction: none");

        await NoTableAsync("a");
    }

    [TestMethod]
    public async Task A_rollback_in_the_middle_is_found_before_anything_runs()
    {
        Project.Write("001_a.sql", Table("a")).Write("002_b.sql", "SELECT 1;\nROLLBACK;\nSELECT 2;\n");

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG2007").At(Project.PathOf("002_b.sql"), 2, 1);

        await NoTableAsync("a");
    }
}

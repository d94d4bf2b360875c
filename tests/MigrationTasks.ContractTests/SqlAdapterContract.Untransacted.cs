namespace MigrationTasks.ContractTests;

public abstract partial class SqlAdapterContract
{
    [TestMethod]
    public async Task A_file_outside_a_transaction_may_have_transactions_of_its_own()
    {
        Project.Write("001_a.sql", Untransacted + "CREATE TABLE a (id INTEGER);\nBEGIN;\nINSERT INTO a VALUES (1);\nCOMMIT;\nBEGIN;\nINSERT INTO a VALUES (2);\nROLLBACK;\nINSERT INTO a VALUES (3);\n");

        (await Project.MigrateAsync()).Applied("001_a.sql");

        await RowsAreAsync("SELECT id FROM a ORDER BY id", "1", "3");
        await RowsAreAsync("SELECT status, statements_done FROM schema_migrations", "applied|8");
    }

    [TestMethod]
    public async Task A_failure_in_a_transaction_of_its_own_counts_what_stands()
    {
        Project.Write("001_a.sql", Untransacted + "CREATE TABLE a (id INTEGER);\nBEGIN;\nINSERT INTO a VALUES (1);\nSELECT nope;\nCOMMIT;\n");

        (await Project.MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), 5, 8);

        await RowsAreAsync("SELECT count(*) FROM a", "0");
        await RowsAreAsync("SELECT status, statements_done FROM schema_migrations", "failed|1");
    }

    [TestMethod]
    public async Task A_transaction_that_is_left_open_is_an_error_before_anything_runs()
    {
        Project.Write("001_a.sql", Untransacted + "CREATE TABLE a (id INTEGER);\nBEGIN;\nINSERT INTO a VALUES (1);\n");

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG2015").At(Project.PathOf("001_a.sql"), 3, 1).Says("COMMIT");

        await NoTableAsync("a");
    }
}

namespace MigrationTasks.ContractTests;

public abstract partial class SqlAdapterContract
{
    private const string TwoThatStand = NoTransaction + "CREATE TABLE a (id INTEGER);\nINSERT INTO a VALUES (1);\n";

    [TestMethod]
    [DataRow(TwoThatStand + "INSERT INTO a VALUES (3);", "", DisplayName = "the statement that failed is corrected")]
    [DataRow("-- Transaction: none\r\n\r\n-- a\r\ncreate TABLE a\r\n(id INTEGER); /* b */ INSERT INTO a VALUES (1);\r\nINSERT INTO a VALUES (3);", "case", DisplayName = "the case of a word is changed")]
    [DataRow("-- Transaction: none\r\n\r\n-- a\r\nCREATE TABLE a\r\n(id INTEGER); /* b */ INSERT INTO a VALUES (1);\r\nINSERT INTO a VALUES (3);", "", DisplayName = "comments and layout are changed")]
    [DataRow(NoTransaction + "CREATE TABLE a (id INTEGER);\nINSERT INTO a VALUES (2);\nINSERT INTO a VALUES (3);", "have been changed since", DisplayName = "a statement that stands is changed")]
    [DataRow(NoTransaction + "SELECT 1;\nCREATE TABLE a (id INTEGER);\nINSERT INTO a VALUES (1);\nINSERT INTO a VALUES (3);", "have been changed since", DisplayName = "a statement is put before those that stand")]
    [DataRow(NoTransaction + "CREATE TABLE a (id INTEGER);", "not in the file any more", DisplayName = "a statement that stands is gone")]
    [DataRow("CREATE TABLE a (id INTEGER);\nINSERT INTO a VALUES (1);\nINSERT INTO a VALUES (3);", "Transaction: none", DisplayName = "the header is gone")]
    public async Task A_run_goes_on_only_when_what_stands_is_what_the_file_says(string corrected, string obstacle)
    {
        await FailAsync(TwoThatStand + "SELECT nope;\n");

        var report = await Project.Write("001_a.sql", corrected).MigrateAsync();

        if (obstacle.Length == 0 || (obstacle == "Transaction: none" && Dialect.CommitsSchemaChanges))
        {
            report.Applied("001_a.sql");
            await RowsAreAsync("SELECT id FROM a ORDER BY id", "1", "3");
            return;
        }

        report.HasApplied().FailedWith("MIG3005").Says("after 2 statements").Says(obstacle is "case" ? "changed" : obstacle).Says("MigrateRepairFailed=true");
        await RowsAreAsync("SELECT id FROM a", "1");
        (await Project.Write("001_a.sql", TwoThatStand).MigrateAsync()).Applied("001_a.sql");
    }

    [TestMethod]
    public async Task A_file_that_cannot_be_split_any_more_is_told_so()
    {
        await FailAsync(TwoThatStand + "SELECT nope;\n");

        (await Project.Write("001_a.sql", TwoThatStand + "SELECT 'open;\n").MigrateAsync()).HasApplied().FailedWith("MIG2004").At(Project.PathOf("001_a.sql"), 4, 8);

        await RowsAreAsync("SELECT status, statements_done FROM schema_migrations", "failed|2");
    }

    [TestMethod]
    public async Task What_was_temporary_is_no_place_to_go_on_behind()
    {
        await FailAsync(NoTransaction + "CREATE TEMPORARY TABLE t (id INTEGER);\nSELECT nope;\n");

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG3005").Says("CREATE TEMPORARY TABLE in line 2").Says("went with its session");
    }

    [TestMethod]
    public async Task A_transaction_of_its_own_that_failed_runs_again_as_a_whole()
    {
        const string Own = TwoThatStand + "BEGIN;\nINSERT INTO a VALUES (2);\nCOMMIT;\nBEGIN;\nINSERT INTO a VALUES (3);\n";
        await FailAsync(Own + "SELECT nope;\nCOMMIT;\n");
        await RowsAreAsync("SELECT status, statements_done FROM schema_migrations", "failed|5");

        (await Project.Write("001_a.sql", Own + "INSERT INTO a VALUES (4);\nCOMMIT;\nINSERT INTO a VALUES (5);\n").MigrateAsync()).Applied("001_a.sql");

        await RowsAreAsync("SELECT id FROM a ORDER BY id", "1", "2", "3", "4", "5");
        await RowsAreAsync("SELECT statements_done FROM schema_migrations", "10");
    }

    private async Task FailAsync(string text) => (await Project.Write("001_a.sql", text).MigrateAsync()).HasApplied().FailedWith("MIG4005");
}

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    private const string Untransacted = "-- Transaction: none\n";

    [TestMethod]
    public async Task A_migration_outside_a_transaction_is_applied()
    {
        Project.Write("001_a.sql", Table("a")).Write("002_vacuum.sql", Untransacted + $"{Dialect.Alone};\nINSERT INTO a VALUES (1);\n").Write("003_c.sql", Table("c"));

        (await Project.MigrateAsync()).Applied("001_a.sql", "002_vacuum.sql", "003_c.sql").WithoutWarnings();

        await RowsAreAsync("SELECT migration_name, status, statements_done FROM schema_migrations WHERE migration_name LIKE '002%'", "002_vacuum.sql|applied|2");
        await RowsAreAsync("SELECT count(*) FROM a", "1");
    }

    [TestMethod]
    public async Task A_failure_outside_a_transaction_says_what_stands()
    {
        Project.Write("001_a.sql", Untransacted + "CREATE TABLE a (id INTEGER);\nINSERT INTO a VALUES (1);\nSELECT nope;\nINSERT INTO a VALUES (2);\n").Write("002_b.sql", Table("b"));

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), 4, 8).Says("2 statements stand").Says("run again");

        await RowsAreAsync("SELECT status, statements_done FROM schema_migrations", "failed|2");
        await RowsAreAsync("SELECT id FROM a", "1");
        await NoTableAsync("b");
    }

    [TestMethod]
    public async Task A_run_goes_on_when_the_row_of_a_failed_migration_is_deleted()
    {
        Project.Write("001_a.sql", Untransacted + "CREATE TABLE a (id INTEGER);\nSELECT nope;\n").Write("002_b.sql", Table("b"));
        (await Project.MigrateAsync()).FailedWith("MIG4005");

        await Database.ExecuteAsync("DELETE FROM schema_migrations WHERE migration_name = '001_a.sql'");

        (await Project.Write("001_a.sql", Untransacted + "INSERT INTO a VALUES (1);").MigrateAsync()).Applied("001_a.sql", "002_b.sql");
    }

    [TestMethod]
    public async Task A_migration_whose_runner_died_stops_the_next_run()
    {
        (await Project.Write("001_a.sql", Table("a")).MigrateAsync()).Succeeded();
        Project.Write("002_b.sql", Untransacted + Table("b")).Write("003_c.sql", Table("c"));
        await Database.ExecuteAsync("INSERT INTO schema_migrations (migration_name, status, statements_done) VALUES ('002_b.sql', 'running', 1)");

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG3006").Says("1 statement");

        await NoTableAsync("c");
    }

    [TestMethod]
    public async Task Cancelling_outside_a_transaction_keeps_what_stands_and_the_next_run_goes_on()
    {
        Project.Write("001_a.sql", Untransacted + "CREATE TABLE a (id INTEGER);\n" + Dialect.Slow(60));
        using var cancellation = new CancellationTokenSource();
        var observer = new RecordingObserver();

        var run = Project.MigrateAsync(observer, cancellation.Token);
        await Task.WhenAny(observer.WhenStarted("001_a.sql"), run);
        await Task.Delay(500);
        await cancellation.CancelAsync();

        (await run).HasApplied().FailedWith("MIG4007");
        await RowsAreAsync("SELECT statements_done FROM schema_migrations", "1");
        (await Project.Write("001_a.sql", Untransacted + "CREATE TABLE a (id INTEGER);\nINSERT INTO a VALUES (1);").MigrateAsync()).Applied("001_a.sql");
        await RowsAreAsync("SELECT id FROM a", "1");
    }

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

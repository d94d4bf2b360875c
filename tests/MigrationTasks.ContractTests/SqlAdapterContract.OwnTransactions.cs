namespace MigrationTasks.ContractTests;

/// <content>Files that have transactions of their own, as generated ones do.</content>
public abstract partial class SqlAdapterContract
{
    private const string OwnTransactions = "BEGIN;\nINSERT INTO a VALUES (1);\nCOMMIT;\nSELECT 1;\nBEGIN;\nINSERT INTO a VALUES (2);\nCOMMIT;\nINSERT INTO a VALUES (3);\n";

    [TestMethod]
    public async Task Transactions_of_a_files_own_are_applied_as_one()
    {
        Project.Write("001_a.sql", Table("a")).Write("002_b.sql", OwnTransactions);

        (await Project.MigrateAsync()).Applied("001_a.sql", "002_b.sql").WithoutWarnings();

        await RowsAreAsync("SELECT id FROM a ORDER BY id", "1", "2", "3");
        await RowsAreAsync("SELECT coalesce(statements_done, -1) FROM schema_migrations WHERE migration_name = '002_b.sql'", "-1");
    }

    [TestMethod]
    public async Task Of_such_a_file_that_fails_nothing_is_left()
    {
        Project.Write("001_a.sql", Table("a")).Write("002_b.sql", OwnTransactions + "BEGIN;\nSELECT nope;\nCOMMIT;\n");

        (await Project.MigrateAsync()).HasApplied("001_a.sql").FailedWith("MIG4005").At(Project.PathOf("002_b.sql"), 10, 8);

        await RowsAreAsync("SELECT count(*) FROM a", "0");
        await HistoryIsAsync("001_a.sql|applied");
        (await Project.Write("002_b.sql", OwnTransactions).MigrateAsync()).Applied("002_b.sql");
    }

    [TestMethod]
    [DataRow("-- Rollback: BEGIN;\n--   DELETE FROM a WHERE id = 1;\n--   COMMIT;\n--   BEGIN;\n--   DELETE FROM a WHERE id = 2;\n--   COMMIT;\n--   {0}\n", null)]
    [DataRow("", "BEGIN;\nDELETE FROM a WHERE id = 1;\nCOMMIT;\nBEGIN;\nDELETE FROM a WHERE id = 2;\nCOMMIT;\n{0}\n")]
    public async Task So_are_those_of_a_rollback(string header, string? down)
    {
        Write("SELECT nope;");
        (await Project.MigrateAsync()).Applied("001_a.sql", "002_b.sql");
        (await Project.RollBackAsync()).HasRolledBack().FailedWith("MIG4005");
        await RowsAreAsync("SELECT count(*) FROM a", "3");

        Write("");
        (await Project.RollBackAsync()).RolledBack("002_b.sql");

        await RowsAreAsync("SELECT id FROM a", "3");

        void Write(string last)
        {
            Project.Write("001_a.sql", Table("a")).Write("002_b.sql", header.Replace("{0}", last, StringComparison.Ordinal) + OwnTransactions);
            if (down is not null)
            {
                Project.Write("002_b.down.sql", down.Replace("{0}", last, StringComparison.Ordinal));
            }
        }
    }
}

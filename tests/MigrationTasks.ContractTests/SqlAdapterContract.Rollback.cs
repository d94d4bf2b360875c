namespace MigrationTasks.ContractTests;

public abstract partial class SqlAdapterContract
{
    [TestMethod]
    public async Task A_rollback_that_cannot_be_split_stops_before_anything_is_undone()
    {
        await WriteThree().MigrateAsync();
        Project.Write("002_b.sql", "-- Rollback: DROP TABLE b;\n--   SELECT 'oops;\n\n" + Table("b"));

        (await Project.RollBackAsync(2)).HasRolledBack().FailedWith("MIG2004").At(Project.PathOf("002_b.sql"), 2, 13);
        await HistoryIsAsync("001_a.sql|applied", "002_b.sql|applied", "003_c.sql|applied");
    }

    [TestMethod]
    public async Task A_statement_that_needs_no_transaction_is_found_before_anything_is_undone()
    {
        await WriteThree().MigrateAsync();
        Project.Write("002_b.down.sql", $"DROP TABLE b;\n  {Dialect.Alone};").Write("002_b.sql", Table("b"));
        if (Dialect.CommitsSchemaChanges)
        {
            (await Project.RollBackAsync(2)).RolledBack("003_c.sql", "002_b.sql");
            return;
        }

        (await Project.RollBackAsync(2)).HasRolledBack().FailedWith("MIG2008").At(Project.PathOf("002_b.down.sql"), 2, 3).Says("Transaction: none");
        await HistoryIsAsync("001_a.sql|applied", "002_b.sql|applied", "003_c.sql|applied");
    }

    [TestMethod]
    public async Task A_rollback_without_any_statement_is_none()
    {
        await Project.Write("001_a.sql", Table("a")).Write("001_a.down.sql", "-- to do\n;").MigrateAsync();

        (await Project.RollBackAsync()).FailedWith("MIG3017").Says("SELECT 1;");
    }

    [TestMethod]
    public async Task A_failing_rollback_leaves_its_migration_applied_and_keeps_what_was_undone_before()
    {
        await WriteThree().Write("002_b.sql", "-- Rollback: DROP TABLE b;\n--   😀 SELECT nope;\n\n" + Table("b")).MigrateAsync();
        Project.Write("002_b.sql", "-- Rollback: DROP TABLE b;\n--   /* 😀 */ SELECT nope;\n\n" + Table("b"));

        var report = await Project.RollBackAsync(3);

        report.HasRolledBack("003_c.sql").FailedWith("MIG4005").At(Project.PathOf("002_b.sql"), 2, 21).Says("nope").Says(Dialect.CommitsSchemaChanges ? "first statement was applied" : "still applied");
        Assert.AreEqual(2, report.Left);
        if (Dialect.CommitsSchemaChanges)
        {
            await HistoryIsAsync("001_a.sql|applied", "002_b.sql|undo_failed");
            await NoTableAsync("b");
            return;
        }

        await HistoryIsAsync("001_a.sql|applied", "002_b.sql|applied");
        await RowsAreAsync("SELECT count(*) FROM b", "0");
    }

    [TestMethod]
    public async Task An_error_in_a_rollback_file_is_at_its_line_and_column()
    {
        await Project.Write("001_a.sql", Table("a")).Write("001_a.down.sql", "DROP TABLE a;\r\n\r\n  SELECT nope;").MigrateAsync();

        (await Project.RollBackAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.down.sql"), 3, 10);
    }

    [TestMethod]
    public async Task An_error_in_the_historys_sql_is_told_by_its_line()
    {
        await Project.Write("001_a.sql", Table("a")).Write("001_a.down.sql", "DROP TABLE a;\n SELECT nope;").MigrateAsync();
        Project.Delete("001_a.sql").Delete("001_a.down.sql");

        var error = (await Project.RollBackConfirmedAsync()).FailedWith("MIG4005").Says("Line 2, column 9 of the rollback that the history keeps of 001_a.sql").Says("nope");

        Assert.AreEqual((Path.GetDirectoryName(Project.PathOf("001_a.sql")), 0), (error.Location.File, error.Location.Line));
    }

    [TestMethod]
    public async Task The_session_state_of_a_rollback_does_not_leak_into_the_next()
    {
        await Project.Write("001_a.sql", Table("a")).Write("001_a.down.sql", Dialect.ObserveState)
            .Write("002_b.sql", Table("b")).Write("002_b.down.sql", Dialect.LeaveState).MigrateAsync();

        (await Project.RollBackAsync(2)).RolledBack("002_b.sql", "001_a.sql");

        await RowsAreAsync("SELECT * FROM state", Dialect.CleanState);
    }

    [TestMethod]
    public async Task An_earlier_runners_history_is_completed_before_a_rollback()
    {
        await Database.ExecuteAsync(Dialect.BareHistory);
        await Database.ExecuteAsync("INSERT INTO schema_migrations (migration_name) VALUES ('001_a')");
        await Database.ExecuteAsync(Table("a"));
        Project.Write("001_a.sql", "-- Rollback: DROP TABLE a;\n\n" + Table("a"));

        (await Project.RollBackAsync()).RolledBack("001_a");

        await HistoryIsAsync();
    }
}

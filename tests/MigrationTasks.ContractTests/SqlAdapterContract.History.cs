namespace MigrationTasks.ContractTests;

public abstract partial class SqlAdapterContract
{
    [TestMethod]
    public async Task A_bare_history_is_completed_and_honoured()
    {
        await Database.ExecuteAsync(Dialect.BareHistory);
        await Database.ExecuteAsync("INSERT INTO schema_migrations (migration_name) VALUES ('001_a.sql'), ('002_b')");
        Project.Write("001_a.sql", "SELECT nope;").Write("002_b.sql", "SELECT nope;").Write("003_c.sql", Table("c"));

        (await Project.MigrateAsync()).Applied("003_c.sql").WithoutWarnings();

        await HistoryIsAsync("001_a.sql|applied", "002_b|applied", "003_c.sql|applied");
        (await Project.MigrateAsync()).Applied().WithoutWarnings();
    }

    [TestMethod]
    public async Task A_bare_history_with_nothing_pending_is_left_alone()
    {
        await Database.ExecuteAsync(Dialect.BareHistory);
        await Database.ExecuteAsync("INSERT INTO schema_migrations (migration_name) VALUES ('001_a.sql')");
        var before = await Database.QueryAsync("SELECT * FROM schema_migrations");

        (await Project.Write("001_a.sql", "SELECT nope;").MigrateAsync()).Applied().WithoutWarnings();

        await RowsAreAsync("SELECT * FROM schema_migrations", [.. before]);
    }

    [TestMethod]
    public async Task Eight_runners_complete_a_bare_history_once()
    {
        await Database.ExecuteAsync(Dialect.BareHistory);
        WriteCounted();

        await RunTogetherAsync();

        await ValuesAreAsync("counted", [.. Enumerable.Range(1, Migrations)]);
    }

    [TestMethod]
    public async Task The_script_of_the_history_is_skipped_when_the_table_is_there()
    {
        await Database.ExecuteAsync(Dialect.BareHistory);
        Project.Write("000_migrations_table.sql", Dialect.HistoryScript).Write("001_a.sql", Table("a"));

        (await Project.MigrateAsync()).Applied("001_a.sql").WithoutWarnings();

        await HistoryIsAsync("001_a.sql|applied");
    }

    [TestMethod]
    public async Task A_script_that_does_not_create_the_history_is_refused_without_a_trace()
    {
        Project.Write("000_migrations_table.sql", Table("something_else")).Write("001_a.sql", Table("a"));

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG3009").Says("schema_migrations");

        await (Dialect.CommitsSchemaChanges ? RowsAreAsync("SELECT count(*) FROM something_else", "0") : NoTableAsync("something_else"));
        await NoTableAsync("schema_migrations");
        await NoTableAsync("a");
    }

    [TestMethod]
    public async Task A_script_of_the_history_that_fails_leaves_no_trace()
    {
        Project.Write("000_migrations_table.sql", Dialect.HistoryScript.TrimEnd().TrimEnd(';') + ";\nSELECT nope;\n");

        var error = (await Project.MigrateAsync()).HasApplied().FailedWith("MIG4005").Says("nope");

        if (Dialect.CommitsSchemaChanges)
        {
            error.Says("first statement was applied").Says("by hand");
            await RowsAreAsync("SELECT count(*) FROM schema_migrations", "0");
            return;
        }

        await NoTableAsync("schema_migrations");
    }
}

namespace MigrationTasks.ContractTests;

public abstract partial class AdapterContract
{
    [TestMethod]
    public async Task A_migration_that_drops_the_history_runs_nowhere()
    {
        Project.Write("001_a", Create("a")).Write("002_away", Create("b") + Drop("schema_migrations"));

        (await Project.ValidateAsync(withDatabase: false)).FailedWith("MIG2036").At(PlaceOf("002_away", 2));
        (await Project.ValidateAsync()).FailedWith("MIG2036").At(PlaceOf("002_away", 2));
        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG2036").At(PlaceOf("002_away", 2)).Says("HistoryTable=\"");

        await NoTableAsync("schema_migrations");
        await NoTableAsync("a");
    }

    [TestMethod]
    public async Task What_is_applied_stays_known_when_a_later_migration_would_drop_the_history()
    {
        (await Project.Write("001_a", Create("a")).MigrateAsync()).Succeeded();
        Project.Write("002_away", Drop("schema_migrations"));

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG2036").Says("schema_migrations").Says("yourself at the same time");

        await HistoryIsAsync("001_a|applied");
    }

    [TestMethod]
    public async Task A_migration_that_brings_a_history_is_found_before_anything_runs()
    {
        Project.Write("001_a", Create("a")).Write("002_dump", Create("schema_migrations") + Insert("schema_migrations", 1));

        (await Project.ValidateAsync(withDatabase: false)).FailedWith("MIG2037").At(PlaceOf("002_dump", 1)).Says("So would line");
        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG2037").At(PlaceOf("002_dump", 1)).Says("000_migrations_table");

        await NoTableAsync("schema_migrations");
        await NoTableAsync("a");
    }

    [TestMethod]
    public async Task A_dry_run_finds_what_would_hit_the_history()
    {
        Project.Write("001_a", Create("a")).Write("002_away", Drop("schema_migrations"));

        foreach (var report in new[] { await Project.DryRunAsync(), await Project.RehearseAsync() })
        {
            // Of the two, an adapter may know one.
            if (report.Errors[0].Code is not ("MIG3030" or "MIG3032"))
            {
                report.FailedWith("MIG2036").At(PlaceOf("002_away", 1));
            }
        }

        await NoTableAsync("a");
    }

    [TestMethod]
    public async Task A_rollback_that_drops_the_history_undoes_nothing()
    {
        Project.Write("001_a", Rollback(Drop("a") + Drop("schema_migrations")) + Create("a")).Write("002_b", Rollback(Drop("b")) + Create("b"));
        (await Project.MigrateAsync()).Succeeded();

        (await Project.ValidateAsync()).FailedWith("MIG2036");
        (await Project.RollBackAsync(2)).HasRolledBack().FailedWith("MIG2036").Says("schema_migrations");

        await HistoryIsAsync("001_a|applied", "002_b|applied");
        await TableHoldsAsync("a", []);
    }

    [TestMethod]
    public async Task A_stored_rollback_that_drops_the_history_undoes_nothing()
    {
        Project.Write("001_a", Rollback(Drop("schema_migrations")) + Create("a"));
        (await Project.MigrateAsync()).Succeeded();
        File.Delete(Project.FileOf("001_a"));

        (await Project.RollBackConfirmedAsync()).HasRolledBack().FailedWith("MIG2036").Says("of the rollback that the history keeps of 001_a");

        await HistoryIsAsync("001_a|applied");
    }

    [TestMethod]
    public async Task A_table_of_another_tool_is_dropped_where_the_history_has_another_name()
    {
        Project.HistoryTable = "migration_history";
        Project.Write("001_old", Create("schema_migrations") + Insert("schema_migrations", 1)).Write("002_away", Drop("schema_migrations"));

        (await Project.ValidateAsync()).Succeeded();
        (await Project.MigrateAsync()).Applied("001_old", "002_away");

        await NoTableAsync("schema_migrations");
    }
}

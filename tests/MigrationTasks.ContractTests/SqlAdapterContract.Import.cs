using MigrationTasks.Engine.Import;

namespace MigrationTasks.ContractTests;

public abstract partial class SqlAdapterContract
{
    [TestMethod]
    public async Task The_history_of_every_other_tool_is_imported()
    {
        foreach (var foreign in ForeignDatabases())
        {
            await using var database = await CreateTwinAsync();
            await database.ExecuteAsync(Dialect.ForeignTables[foreign.Tool]);
            await database.ExecuteAsync(foreign.Rows);
            var before = await database.QueryAsync($"SELECT * FROM {foreign.Table}");
            using var project = new MigrationProject(Definition, database.Connection);
            project.Write(foreign.First, "SELECT nope;").Write(foreign.Second, "SELECT nope;").Write(foreign.Third, Table("third"));

            (await project.MigrateAsync()).HasApplied().FailedWith(foreign.HistoryTable is null ? "MIG3024" : "MIG3001").Says("dotnet build -t:MigrateImport");
            project.HistoryTable = foreign.HistoryTable;
            (await project.MigrateAsync()).HasApplied().FailedWith("MIG3024").Says(ForeignTools.ForName(foreign.Tool).Title);
            Assert.AreEqual("MIG3024", (await project.GetStatusAsync()).Warnings.Single().Code, foreign.Tool);

            var report = (await project.ImportAsync()).Succeeded();

            Assert.AreEqual(
                $"{foreign.First}:Imported {foreign.Second}:Imported",
                string.Join(' ', report.Lines.Where(line => line.Outcome != ImportOutcome.NeedsNoFile).Select(line => $"{line.Migration}:{line.Outcome}")),
                foreign.Tool);
            Assert.AreEqual(1, report.Pending, foreign.Tool);
            Assert.AreEqual(string.Join('\n', before), string.Join('\n', await database.QueryAsync($"SELECT * FROM {foreign.Table}")), $"{foreign.Tool} should not have been touched.");
            (await project.MigrateAsync()).Applied(foreign.Third).WithoutWarnings();
            var rows = (await project.GetStatusAsync()).Entries.Select(entry => entry.Row!).ToList();
            Assert.AreEqual("Imported Imported Applied", string.Join(' ', rows.Select(row => row.Status)), foreign.Tool);
            Assert.AreEqual(
                foreign.Tool is "efcore" or "golang-migrate" or "dbmate" or "supabase" ? null : new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero),
                rows[0].ExecutedAt,
                $"The time of {foreign.Tool}.");
        }
    }

    [TestMethod]
    public async Task An_import_a_second_time_changes_nothing()
    {
        await ForeignAsync("flyway");
        Project.Write("001_create_users.sql", Table("a")).Write("002_add_orders.sql", Table("b"));
        (await Project.ImportAsync()).Succeeded();
        var before = await Database.QueryAsync("SELECT * FROM schema_migrations");

        var report = (await Project.ImportAsync()).Succeeded();

        Assert.AreSequenceEqual([ImportOutcome.AlreadyApplied, ImportOutcome.AlreadyApplied], report.Lines.Select(line => line.Outcome));
        await RowsAreAsync("SELECT * FROM schema_migrations", [.. before]);
    }

    [TestMethod]
    public async Task Nothing_is_imported_where_one_entry_is_not_certain()
    {
        await ForeignAsync("flyway");
        Project.Write("001_create_users.sql", Table("a")).Write("002_something_else.sql", Table("b"));

        var report = await Project.ImportAsync();

        report.FailedWith("MIG3027").Says("V1.1 add orders (no file has its version or its name)");
        Assert.AreEqual("Imported Uncertain", string.Join(' ', report.Lines.Select(line => line.Outcome)));
        await NoTableAsync("schema_migrations");
    }

    [TestMethod]
    public async Task Nothing_is_imported_where_one_entry_failed()
    {
        await ForeignAsync("flyway");
        await Database.ExecuteAsync("UPDATE flyway_schema_history SET success = false WHERE installed_rank = 2");
        Project.Write("001_create_users.sql", Table("a")).Write("002_add_orders.sql", Table("b"));

        (await Project.ImportAsync()).FailedWith("MIG3028").Says("V1.1 add orders");

        await NoTableAsync("schema_migrations");
    }

    [TestMethod]
    public async Task Of_several_histories_one_must_be_chosen()
    {
        await ForeignAsync("flyway");
        await ForeignAsync("goose");
        Project.Write("001_create_users.sql", Table("a")).Write("002_add_orders.sql", Table("b"));

        (await Project.ImportAsync()).FailedWith("MIG3026").Says("-p:MigrateImportFrom=flyway or -p:MigrateImportFrom=goose");
        (await Project.ImportAsync("dbup")).FailedWith("MIG3025").Says("no history of DbUp").Says("Flyway (");
        Assert.AreEqual("goose", (await Project.ImportAsync("goose")).Succeeded().Tool);
    }

    [TestMethod]
    public async Task A_history_under_another_name_is_imported_when_it_is_named()
    {
        await Database.ExecuteAsync(Dialect.ForeignTables["goose"].Replace("goose_db_version", "our_migrations", StringComparison.Ordinal));
        await Database.ExecuteAsync("INSERT INTO our_migrations (version_id, is_applied) VALUES (0, true), (1, true)");
        Project.Write("001_create_users.sql", Table("a"));

        (await Project.ImportAsync()).FailedWith("MIG3025").Says("MigrateImportTable");
        (await Project.ImportAsync(null, "their_migrations")).FailedWith("MIG3029").Says("no such table");
        (await Project.ImportAsync("flyway", "our_migrations")).FailedWith("MIG3029").Says("not a history of Flyway");
        Assert.AreEqual("goose", (await Project.ImportAsync(null, "OUR_migrations")).Succeeded().Tool);

        await HistoryIsAsync("001_create_users.sql|imported");
    }

    [TestMethod]
    public async Task A_database_without_a_foreign_history_has_nothing_to_import()
    {
        await Database.ExecuteAsync("CREATE TABLE changelog (id INTEGER, what TEXT)");

        (await Project.Write("001_a.sql", Table("a")).ImportAsync()).FailedWith("MIG3025").Says("MigrateBaseline");

        (await Project.MigrateAsync()).Applied("001_a.sql").WithoutWarnings();
    }

    [TestMethod]
    public async Task A_run_may_ignore_the_history_of_another_tool()
    {
        await ForeignAsync("flyway");
        Project.Write("001_create_users.sql", Table("a"));
        Project.Plan = Project.Plan with { IgnoreForeignHistory = true };

        (await Project.MigrateAsync()).Applied("001_create_users.sql").WithoutWarnings();
    }

    [TestMethod]
    public async Task A_foreign_history_in_which_nothing_is_applied_is_no_obstacle()
    {
        await Database.ExecuteAsync(Dialect.ForeignTables["goose"]);
        await Database.ExecuteAsync("INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, true)");

        (await Project.Write("001_a.sql", Table("a")).MigrateAsync()).Applied("001_a.sql").WithoutWarnings();
    }

    [TestMethod]
    public async Task A_baseline_takes_the_place_of_an_import()
    {
        await ForeignAsync("flyway");
        Project.Write("001_any_name.sql", "SELECT nope;").Write("002_b.sql", Table("b"));

        (await Project.BaselineAsync("1")).Succeeded();

        (await Project.MigrateAsync()).Applied("002_b.sql").WithoutWarnings();
    }

    [TestMethod]
    public async Task Baselines_and_repeatable_migrations_of_another_tool_are_understood()
    {
        await Database.ExecuteAsync(Dialect.ForeignTables["flyway"]);
        await Database.ExecuteAsync("""
            INSERT INTO flyway_schema_history VALUES
              (1, '2', '<< Flyway Baseline >>', 'BASELINE', '<< Flyway Baseline >>', null, 'ann', '2026-01-02 03:04:05', 0, true),
              (2, '3', 'c', 'SQL', 'V3__c.sql', 1, 'ann', '2026-01-02 03:04:05', 1, true),
              (3, null, 'numbers', 'SQL', 'R__numbers.sql', 1, 'ann', '2026-01-02 03:04:05', 1, true),
              (4, '4', 'd', 'SQL', 'V4__d.sql', 1, 'ann', '2026-01-02 03:04:05', 1, true),
              (5, '4', 'd', 'UNDO_SQL', 'U4__d.sql', 1, 'ann', '2026-01-02 03:04:05', 1, true)
            """);
        Project.Write("001_a.sql", "SELECT nope;").Write("002_b.sql", "SELECT nope;").Write("003_c.sql", "SELECT nope;").Write("004_d.sql", Table("d")).Write("R__numbers.sql", "SELECT 1;");

        (await Project.ImportAsync()).Succeeded();

        await HistoryIsAsync("001_a.sql|baseline", "002_b.sql|baseline", "003_c.sql|imported", "R__numbers.sql|imported");
        (await Project.MigrateAsync()).Applied("004_d.sql", "R__numbers.sql").WithoutWarnings();
        (await Project.MigrateAsync()).Applied().WithoutWarnings();
    }

    [TestMethod]
    public async Task A_version_that_is_dirty_is_refused()
    {
        await Database.ExecuteAsync(Dialect.ForeignTables["golang-migrate"]);
        await Database.ExecuteAsync("INSERT INTO schema_migrations VALUES (2, true)");
        Project.HistoryTable = "migration_history";

        (await Project.Write("001_a.sql", Table("a")).Write("002_b.sql", Table("b")).ImportAsync()).FailedWith("MIG3028").Says("dirty");

        await NoTableAsync("migration_history");
    }

    private IEnumerable<ForeignDatabase> ForeignDatabases() => ForeignDatabase.All
        .Where(foreign => Dialect.ForeignTables.ContainsKey(foreign.Tool))
        .Select(foreign => Dialect.ForeignTables.ContainsKey("supabase") ? foreign : foreign.WithoutSchemas());

    private async Task ForeignAsync(string tool)
    {
        await Database.ExecuteAsync(Dialect.ForeignTables[tool]);
        await Database.ExecuteAsync(ForeignDatabases().Single(foreign => foreign.Tool == tool).Rows);
    }
}

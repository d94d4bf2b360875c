using MigrationTasks.Engine.Commands.Import;
using MigrationTasks.Engine.History.ForeignTools;

namespace MigrationTasks.ContractTests;

public abstract partial class SqlAdapterContract
{
    [TestMethod]
    public async Task The_history_of_every_other_tool_is_imported()
    {
        foreach (var foreign in ForeignDatabases())
        {
            await using var database = await CreateTwinAsync();
            using var project = await MigratedByAsync(foreign, database);
            var before = await database.QueryAsync($"SELECT * FROM {foreign.Table}");

            (await project.MigrateAsync()).HasApplied().FailedWith(foreign.HistoryTable is null ? "MIG3024" : "MIG3001").Says("dotnet build -t:MigrateImport");
            project.HistoryTable = foreign.HistoryTable;
            (await project.MigrateAsync()).HasApplied().FailedWith("MIG3024").Says(KnownTools.ForName(foreign.Tool).Title);
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
    public async Task A_history_that_has_the_name_of_ours_is_taken_over_by_one_command()
    {
        foreach (var foreign in ForeignDatabases().Where(foreign => foreign.HistoryTable is not null))
        {
            await using var database = await CreateTwinAsync();
            using var project = await MigratedByAsync(foreign, database);
            var before = await database.QueryAsync($"SELECT * FROM {foreign.Table}");
            (await project.MigrateAsync()).HasApplied().FailedWith("MIG3001").Says(KnownTools.ForName(foreign.Tool).Title).Says("dotnet build -t:MigrateImport.");
            Assert.AreEqual("MIG3001", (await project.GetStatusAsync()).Errors.Single().Code, foreign.Tool);

            var preview = (await project.ImportAsync(isPreview: true)).Succeeded();
            Assert.AreEqual((true, "migration_history", 1), (preview.IsPreview, preview.HistoryTable, preview.Pending), foreign.Tool);
            (await project.MigrateAsync()).HasApplied().FailedWith("MIG3001");

            var report = (await project.ImportAsync()).Succeeded();

            Assert.AreEqual("migration_history", report.HistoryTable, foreign.Tool);
            Assert.AreEqual("Imported Imported", string.Join(' ', report.Lines.Select(line => line.Outcome)), foreign.Tool);
            (await project.MigrateAsync()).Applied(foreign.Third).WithoutWarnings();
            Assert.AreEqual(string.Join('\n', before), string.Join('\n', await database.QueryAsync($"SELECT * FROM {foreign.Table}")), $"{foreign.Tool} should not have been touched.");

            // Another machine has the project as it was before, or the program stopped before it was written.
            project.HistoryTable = null;
            Assert.AreEqual("AlreadyApplied AlreadyApplied", string.Join(' ', (await project.ImportAsync()).Succeeded().Lines.Select(line => line.Outcome)), foreign.Tool);
            (await project.MigrateAsync()).Applied().WithoutWarnings();
        }
    }

    // A project with the files of what another tool has applied to a database, none of which runs, and one that is pending.
    private async Task<MigrationProject> MigratedByAsync(ForeignDatabase foreign, SqlContractDatabase database)
    {
        await database.ExecuteAsync(Dialect.ForeignTables[foreign.Tool]);
        await database.ExecuteAsync(foreign.Rows);
        return new MigrationProject(Definition, database.Connection).Write(foreign.First, "SELECT nope;").Write(foreign.Second, "SELECT nope;").Write(foreign.Third, Table("third"));
    }

    [TestMethod]
    public async Task Whatever_tool_has_a_table_of_the_name_of_ours_it_is_taken_over()
    {
        await Database.ExecuteAsync(Dialect.ForeignTables["goose"].Replace("goose_db_version", "schema_migrations", StringComparison.Ordinal));
        await Database.ExecuteAsync("INSERT INTO schema_migrations (version_id, is_applied) VALUES (0, true), (1, true)");
        await Database.ExecuteAsync("CREATE TABLE migration_history (id INTEGER, what TEXT)");
        Project.Write("001_create_users.sql", Table("a"));

        var report = (await Project.ImportAsync()).Succeeded();

        Assert.AreEqual(("goose", "migrationtasks_history"), (report.Tool, report.HistoryTable));
        (await Project.MigrateAsync()).Applied().WithoutWarnings();
    }

    [TestMethod]
    public async Task A_table_of_nobody_that_is_known_is_not_taken_over()
    {
        await Database.ExecuteAsync("CREATE TABLE schema_migrations (revision INTEGER)");

        (await Project.Write("001_a.sql", Table("a")).ImportAsync()).FailedWith("MIG3001").Says("MigrateBaseline");

        Assert.IsNull(Project.HistoryTable);
    }

    [TestMethod]
    public async Task The_files_of_another_tool_become_ours_and_its_history_too()
    {
        await ForeignAsync("flyway");
        Project.Write("../sql/V1__create_users.sql", Table("users")).Write("../sql/V1.1__add_orders.sql", Table("orders")).Write("../sql/U1.1__add_orders.sql", "DROP TABLE orders;").Write("../sql/V2__add_more.sql", Table("more")).Write("../sql/R__numbers.sql", "SELECT 1;");
        await Database.ExecuteAsync(Table("users"));
        await Database.ExecuteAsync(Table("orders"));
        Project.Write("placeholder.txt", "");
        var preview = (await Project.ImportFilesAsync(isPreview: true)).Succeeded();
        Assert.AreEqual((2, 2), (preview.Lines.Count(line => line.Outcome == ImportOutcome.Imported), preview.Pending));
        Assert.IsFalse(File.Exists(Project.PathOf("1000_create_users.sql")));

        var report = (await Project.ImportFilesAsync()).Succeeded();

        Assert.AreEqual("1000_create_users.sql 1001_add_orders.sql 1001_add_orders.down.sql 2000_add_more.sql R__numbers.sql", string.Join(' ', report.Files.Select(file => file.Name)));
        Assert.AreEqual("1000_create_users.sql 1001_add_orders.sql", string.Join(' ', report.Lines.Select(line => line.Migration)));
        (await Project.MigrateAsync()).Applied("2000_add_more.sql", "R__numbers.sql").WithoutWarnings();
        (await Project.ImportFilesAsync()).Succeeded();
        (await Project.MigrateAsync()).Applied().WithoutWarnings();

        await using var empty = await CreateTwinAsync();
        using var fresh = new MigrationProject(Definition, empty.Connection);
        foreach (var file in Directory.EnumerateFiles(Project.PathOf("../sql")))
        {
            fresh.Write($"../sql/{Path.GetFileName(file)}", await File.ReadAllBytesAsync(file));
        }

        fresh.Write("placeholder.txt", "");
        Assert.AreEqual(4, (await fresh.ImportFilesAsync()).Succeeded().Pending);
        (await fresh.MigrateAsync()).Applied("1000_create_users.sql", "1001_add_orders.sql", "2000_add_more.sql", "R__numbers.sql").WithoutWarnings();
        (await fresh.RollBackAsync(2)).FailedWith("MIG3017");
    }

    [TestMethod]
    public async Task A_baseline_migration_of_Flyway_stands_for_what_is_applied_when_all_of_it_is()
    {
        await ForeignAsync("flyway");
        Project.Write("placeholder.txt", "").Write("../sql/V1__create_users.sql", "SELECT nope;").Write("../sql/V1.1__add_orders.sql", "SELECT nope;").Write("../sql/B1.1__all.sql", Table("users")).Write("../sql/V2__c.sql", Table("c"));

        var report = (await Project.ImportFilesAsync()).Succeeded();

        Assert.AreEqual("1001_all.sql:Baseline 1001_all.sql:PartOfBaseline", string.Join(' ', report.Lines.Select(line => $"{line.Migration}:{line.Outcome}")));
        await HistoryIsAsync("1001_all.sql|baseline");
        (await Project.MigrateAsync()).Applied("2000_c.sql").WithoutWarnings();
    }

    [TestMethod]
    public async Task A_database_that_is_older_than_the_baseline_is_left_to_its_tool()
    {
        await ForeignAsync("flyway");
        await Database.ExecuteAsync("DELETE FROM flyway_schema_history WHERE installed_rank = 2");
        Project.Write("placeholder.txt", "").Write("../sql/V1__create_users.sql", "SELECT 1;").Write("../sql/V1.1__add_orders.sql", "SELECT 1;").Write("../sql/B1.1__all.sql", Table("users"));

        (await Project.ImportFilesAsync()).FailedWith("MIG3027").Says("let Flyway apply these first");
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

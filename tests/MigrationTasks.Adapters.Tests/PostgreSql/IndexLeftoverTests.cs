using MigrationTasks.ContractTests;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>What a failed CREATE INDEX CONCURRENTLY leaves, and what a later run makes of it.</summary>
[TestClass]
public sealed class IndexLeftoverTests : PostgreSqlTest
{
    private const string Untransacted = "-- Transaction: none\n";
    private const string Indexes = "SELECT indexrelid::regclass || ' ' || CASE WHEN indisvalid THEN 'valid' ELSE 'invalid' END FROM pg_index WHERE indrelid::regclass::text NOT LIKE 'pg_%' AND indrelid::regclass::text NOT LIKE '%schema_migrations' ORDER BY 1";

    [TestInitialize]
    public async Task FillAsync() => await Database.ExecuteAsync("""
        CREATE SCHEMA shop;
        CREATE SCHEMA "Shop";
        CREATE TABLE a (id int, "Mail" text);
        CREATE TABLE shop.a (id int);
        CREATE TABLE "Shop"."A" (id int);
        INSERT INTO a VALUES (1), (1);
        INSERT INTO shop.a VALUES (1), (1);
        INSERT INTO "Shop"."A" VALUES (1), (1);
        """);

    [TestMethod]
    [DataRow("CREATE UNIQUE INDEX CONCURRENTLY a_idx ON a (id)", "a", "a_idx", DisplayName = "named")]
    [DataRow("create unique index concurrently if not exists A_Idx on only public.a using btree (id)", "a", "a_idx", DisplayName = "with all that can be written")]
    [DataRow("CREATE UNIQUE INDEX CONCURRENTLY ON a (id)", "a", "a_id_idx", DisplayName = "named by the server")]
    [DataRow("CREATE UNIQUE INDEX CONCURRENTLY \"An idx\" ON \"Shop\".\"A\" (id)", "\"Shop\".\"A\"", "\"Shop\".\"An idx\"", DisplayName = "with quotes and a schema")]
    [DataRow("SET search_path = shop;\nCREATE UNIQUE INDEX CONCURRENTLY a_idx ON a (id)", "shop.a", "shop.a_idx", DisplayName = "by the search path of the file")]
    public async Task An_invalid_index_is_dropped_before_the_statement_runs_again(string statements, string table, string index)
    {
        Project.Write("001_a.sql", $"{Untransacted}INSERT INTO a VALUES (7);\n{statements};\n");
        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG4005").Says("could not create unique index");
        await IndexesAreAsync($"{index} invalid");
        await Database.ExecuteAsync($"DELETE FROM {table} WHERE ctid IN (SELECT min(ctid) FROM {table} GROUP BY id HAVING count(*) > 1)");

        var report = (await Project.MigrateAsync()).Applied("001_a.sql");

        var warning = report.WarnedOf("MIG4015").Says(index);
        Assert.AreEqual((Project.PathOf("001_a.sql"), statements.Count(character => character == '\n') + 3, 1), (warning.Location.File, warning.Location.Line, warning.Location.Column));
        await IndexesAreAsync($"{index} valid");
        Assert.AreEqual("1", (await Database.RowsAsync("SELECT count(*) FROM a WHERE id = 7")).Single());
    }

    [TestMethod]
    public async Task An_index_of_somebody_else_stays()
    {
        await Database.ExecuteAsync("""
            CREATE INDEX other ON a (id);
            CREATE INDEX a_idx ON shop.a (id);
            CREATE INDEX a_idx1 ON a (id);
            UPDATE pg_index SET indisvalid = false WHERE indexrelid IN ('other'::regclass, 'shop.a_idx'::regclass, 'a_idx1'::regclass);
            """);
        Project.Write("001_a.sql", $"{Untransacted}CREATE UNIQUE INDEX CONCURRENTLY a_idx ON a (id);\n");
        (await Project.MigrateAsync()).FailedWith("MIG4005");

        (await Project.Write("001_a.sql", $"{Untransacted}CREATE INDEX CONCURRENTLY a_idx ON a (id);\n").MigrateAsync()).Applied("001_a.sql").WarnedOf("MIG4015");

        await IndexesAreAsync("a_idx valid", "a_idx1 invalid", "other invalid", "shop.a_idx invalid");
    }

    [TestMethod]
    public async Task An_index_of_the_same_name_on_another_table_is_the_error_that_it_is()
    {
        Project.Write("001_a.sql", $"{Untransacted}CREATE UNIQUE INDEX CONCURRENTLY a_idx ON a (id);\n");
        (await Project.MigrateAsync()).FailedWith("MIG4005");
        await Database.ExecuteAsync("DROP INDEX a_idx; CREATE TABLE b (id int); CREATE INDEX a_idx ON b (id); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'a_idx'::regclass");

        (await Project.MigrateAsync()).FailedWith("MIG4005").Says("already exists");

        await IndexesAreAsync("a_idx invalid");
    }

    [TestMethod]
    public async Task A_number_behind_the_name_that_the_server_gives_is_part_of_it()
    {
        await Database.ExecuteAsync("CREATE INDEX ON a (id)");
        Project.Write("001_a.sql", $"{Untransacted}CREATE UNIQUE INDEX CONCURRENTLY ON a (id);\n");
        (await Project.MigrateAsync()).FailedWith("MIG4005");
        await IndexesAreAsync("a_id_idx valid", "a_id_idx1 invalid");
        await Database.ExecuteAsync("TRUNCATE a");

        (await Project.MigrateAsync()).Applied("001_a.sql").WarnedOf("MIG4015").Says("a_id_idx1");

        await IndexesAreAsync("a_id_idx valid", "a_id_idx1 valid");
    }

    [TestMethod]
    public async Task An_index_whose_name_cannot_be_told_is_left_and_warned_of()
    {
        Project.Write("001_a.sql", $"{Untransacted}CREATE UNIQUE INDEX CONCURRENTLY ON a (lower(\"Mail\"), (id + 1));\n");
        await Database.ExecuteAsync("UPDATE a SET \"Mail\" = 'x'");
        (await Project.MigrateAsync()).FailedWith("MIG4005");
        await Database.ExecuteAsync("TRUNCATE a");

        (await Project.MigrateAsync()).Applied("001_a.sql").WarnedOf("MIG3012").Says("public.a_lower_expr_idx").Says("name the index");

        await IndexesAreAsync("a_lower_expr_idx invalid", "a_lower_expr_idx1 valid");
    }

    [TestMethod]
    public async Task Of_several_that_may_be_the_one_without_a_name_none_is_dropped()
    {
        await Database.ExecuteAsync("CREATE INDEX ON a (id); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'a_id_idx'::regclass");
        (await Project.Write("001_a.sql", $"{Untransacted}CREATE UNIQUE INDEX CONCURRENTLY ON a (id);\n").MigrateAsync()).FailedWith("MIG4005");
        await Database.ExecuteAsync("DELETE FROM a WHERE ctid IN (SELECT min(ctid) FROM a GROUP BY id HAVING count(*) > 1)");

        (await Project.MigrateAsync()).Applied("001_a.sql").WarnedOf("MIG3012").Says("public.a_id_idx, public.a_id_idx1");

        await IndexesAreAsync("a_id_idx invalid", "a_id_idx1 invalid", "a_id_idx2 valid");
    }

    [TestMethod]
    public async Task The_index_of_a_partitioned_table_waits_for_its_partitions_and_is_no_leftover()
    {
        await Database.ExecuteAsync("CREATE TABLE p (id int) PARTITION BY LIST (id); CREATE TABLE p1 PARTITION OF p FOR VALUES IN (1); CREATE INDEX p_idx ON ONLY p (id)");
        Project.Write("001_a.sql", $"{Untransacted}CREATE INDEX CONCURRENTLY p_idx ON p (id);\n");
        (await Project.MigrateAsync()).FailedWith("MIG4005").Says("partitioned");

        (await Project.MigrateAsync()).FailedWith("MIG4005").Says("partitioned");

        await IndexesAreAsync("p_idx invalid");
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task An_index_that_somebody_is_building_is_waited_for_and_stays()
    {
        (await Project.Write("001_a.sql", $"{Untransacted}SELECT nope;\n").MigrateAsync()).FailedWith("MIG4005");
        await using var application = await Database.OpenAsync();
        await new Npgsql.NpgsqlCommand("BEGIN; INSERT INTO a VALUES (9)", application).ExecuteNonQueryAsync();
        await using var builder = await Database.OpenAsync();
        var build = new Npgsql.NpgsqlCommand("CREATE INDEX CONCURRENTLY a_idx ON a (id)", builder).ExecuteNonQueryAsync();
        while ((await Database.RowsAsync("SELECT 1 FROM pg_index WHERE NOT indisvalid")).Count == 0)
        {
            await Task.Delay(20);
        }

        var observer = new RecordingObserver();
        var run = Project.Write("001_a.sql", $"{Untransacted}CREATE INDEX CONCURRENTLY IF NOT EXISTS a_idx ON public.a (id);\n").MigrateAsync(observer);
        await observer.WhenWaiting(run);

        Assert.AreEqual($"001_a.sql: waits for process {builder.ProcessID}, which builds an index of public.a.", string.Join(" | ", observer.Waits));
        await new Npgsql.NpgsqlCommand("COMMIT", application).ExecuteNonQueryAsync();
        await build;
        (await run).Applied("001_a.sql").WithoutWarnings();
        await IndexesAreAsync("a_idx valid");
    }

    [TestMethod]
    [DataRow("CREATE INDEX CONCURRENTLY IF NOT EXISTS a_idx ON a (id)")]
    [DataRow("CREATE INDEX CONCURRENTLY a_idx ON a (id)")]
    public async Task An_invalid_index_does_not_pass_for_one_that_exists(string statement)
    {
        await Database.ExecuteAsync("CREATE INDEX a_idx ON a (id); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'a_idx'::regclass");
        Project.Write("001_a.sql", $"{Untransacted}{statement};\n").Write("002_b.sql", "CREATE TABLE b (id int);");

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG4016").At(Project.PathOf("001_a.sql"), 2, 1).Says("public.a_idx").Says("Run again");

        await IndexesAreAsync("a_idx invalid");
        (await Project.MigrateAsync()).Applied("001_a.sql", "002_b.sql").WarnedOf("MIG4015");
        await IndexesAreAsync("a_idx valid");
    }

    [TestMethod]
    public async Task What_a_rebuild_left_is_dropped()
    {
        await Database.ExecuteAsync("CREATE INDEX a_idx ON a (id); CREATE INDEX a_idx_ccnew ON a (id); CREATE INDEX a_idx_ccnew1 ON a (id); CREATE INDEX a_idx_ccnew_of_mine ON a (id); UPDATE pg_index SET indisvalid = false WHERE indexrelid::regclass::text LIKE 'a_idx_ccnew%'");
        Project.Write("001_a.sql", $"{Untransacted}SELECT nope;\nREINDEX INDEX CONCURRENTLY a_idx;\n");
        (await Project.MigrateAsync()).FailedWith("MIG4005");

        var report = (await Project.Write("001_a.sql", $"{Untransacted}REINDEX TABLE CONCURRENTLY a;\n").MigrateAsync()).Applied("001_a.sql");

        // The server has something to say about the one that is somebody's.
        Assert.AreEqual("MIG4015 MIG4015 MIG4008", string.Join(' ', report.Warnings.Select(warning => warning.Code)), string.Join('\n', report.Warnings));
        await IndexesAreAsync("a_idx valid", "a_idx_ccnew_of_mine invalid");
    }

    [TestMethod]
    public async Task A_rebuild_that_failed_leaves_nothing_once_it_ran_again()
    {
        const string Invalid = "SELECT count(*) FROM pg_index WHERE NOT indisvalid";
        await Database.ExecuteAsync("CREATE INDEX a_idx ON a (id)");
        await using var application = await Database.OpenAsync();
        await new Npgsql.NpgsqlCommand("BEGIN; INSERT INTO a VALUES (9)", application).ExecuteNonQueryAsync();
        Project.Write("001_a.sql", $"{Untransacted}SET statement_timeout = '1s';\nREINDEX TABLE CONCURRENTLY a;\n");
        (await Project.MigrateAsync()).FailedWith("MIG4005").Says("timeout");
        await new Npgsql.NpgsqlCommand("COMMIT", application).ExecuteNonQueryAsync();
        Assert.AreEqual("2", (await Database.RowsAsync(Invalid)).Single(), "The index and that of the table's long values.");

        var report = (await Project.MigrateAsync()).Applied("001_a.sql");

        Assert.AreEqual("MIG4015 MIG4015", string.Join(' ', report.Warnings.Select(warning => warning.Code)), string.Join('\n', report.Warnings));
        Assert.AreEqual("0", (await Database.RowsAsync(Invalid)).Single());
    }

    [TestMethod]
    public async Task An_index_that_does_not_get_its_lock_is_tried_again_without_its_leftover()
    {
        await using var application = await Database.OpenAsync();
        await new Npgsql.NpgsqlCommand("BEGIN; INSERT INTO a VALUES (9)", application).ExecuteNonQueryAsync();
        Project.StatementLock = (TimeSpan.FromSeconds(3), 5);
        var observer = new RecordingObserver();

        var run = Project.Write("001_a.sql", $"{Untransacted}SET lock_timeout = '500ms';\nCREATE INDEX CONCURRENTLY a_idx ON a (id);\n").MigrateAsync(observer);
        await observer.WhenWaiting(run, "Attempt 2 of");
        await new Npgsql.NpgsqlCommand("COMMIT", application).ExecuteNonQueryAsync();
        (await run).Applied("001_a.sql").WarnedOf("MIG4015");
        await IndexesAreAsync("a_idx valid");
    }

    private async Task IndexesAreAsync(params string[] indexes) =>
        Assert.AreEqual(string.Join('\n', indexes), string.Join('\n', await Database.RowsAsync(Indexes)));
}

using System.Globalization;
using MigrationTasks.ContractTests;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>Migrations outside a transaction whose statements stand in the way of their own journal.</summary>
[TestClass]
public sealed class SequentialRunTests : PostgreSqlTest
{
    private const string Untransacted = "-- Transaction: none\n";

    [TestMethod]
    [DataRow("SET ROLE {0}")]
    [DataRow("SET SESSION AUTHORIZATION {0}")]
    [DataRow("BEGIN;\nSET ROLE {0};\nCOMMIT")]
    public async Task A_role_that_may_not_write_the_history_does_not_stand_in_the_way_of_it(string become)
    {
        var role = $"owner_{Guid.NewGuid():N}";
        await Database.ExecuteAsync($"CREATE ROLE {role}; GRANT CREATE ON SCHEMA public TO {role}");
        try
        {
            Project.Write("001_a.sql", $"{Untransacted}{string.Format(CultureInfo.InvariantCulture, become, role)};\nCREATE TABLE a (id int);\nCREATE INDEX CONCURRENTLY ON a (id);\nBEGIN;\nCREATE TABLE b (id int);\nCOMMIT;\nSELECT nope;\n");
            (await Project.MigrateAsync()).HasApplied().FailedWith("MIG4005").Says("nope");

            (await Project.Write("001_a.sql", (await File.ReadAllTextAsync(Project.PathOf("001_a.sql"))).Replace("SELECT nope", "CREATE TABLE c (id int)", StringComparison.Ordinal)).MigrateAsync()).Applied("001_a.sql");

            Assert.AreEqual($"a {role}, b {role}, c {role}", string.Join(", ", await Database.RowsAsync($"SELECT relname || ' ' || relowner::regrole FROM pg_class WHERE relname IN ('a', 'b', 'c') ORDER BY 1")));
        }
        finally
        {
            await Database.ExecuteAsync($"DROP OWNED BY {role}; DROP ROLE {role}");
        }
    }

    [TestMethod]
    public async Task A_statement_that_commits_by_itself_runs_outside_a_transaction()
    {
        await Database.ExecuteAsync("CREATE TABLE a (id int); CREATE PROCEDURE fill() LANGUAGE plpgsql AS $$ BEGIN FOR i IN 1..3 LOOP INSERT INTO a VALUES (i); COMMIT; END LOOP; END $$");

        (await Project.Write("001_a.sql", Untransacted + "CALL fill();\nDO $$ BEGIN INSERT INTO a VALUES (4); COMMIT; CALL fill(); END $$;\n").MigrateAsync()).Applied("001_a.sql");

        Assert.AreEqual("7", (await Database.RowsAsync("SELECT count(*) FROM a")).Single());
        Assert.AreEqual("applied|2", (await Database.RowsAsync("SELECT status, statements_done FROM schema_migrations")).Single());
    }

    [TestMethod]
    public async Task What_a_statement_committed_itself_before_it_failed_is_told()
    {
        Project.Write("001_a.sql", Untransacted + "CREATE TABLE a (id int);\nDO $$ BEGIN INSERT INTO a VALUES (1); COMMIT; PERFORM 1 / 0; END $$;\n");

        (await Project.MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), 3, 7).Says("its first statement was applied").Says("What DO itself had committed by then stays too");

        Assert.AreEqual("1", (await Database.RowsAsync("SELECT count(*) FROM a")).Single());
    }

    [TestMethod]
    public async Task What_the_server_turns_out_to_refuse_in_a_transaction_runs_outside_one()
    {
        await Database.ExecuteAsync("CREATE TABLE a (id int) PARTITION BY LIST (id); CREATE TABLE a1 PARTITION OF a FOR VALUES IN (1); CREATE INDEX a_idx ON a (id)");
        var before = await Database.RowsAsync("SELECT relfilenode FROM pg_class WHERE relname = 'a1_id_idx'");

        // Of a table without partitions it would be no more than a statement like any other.
        (await Project.Write("001_a.sql", Untransacted + "SELECT 1;\nREINDEX TABLE a;\n").MigrateAsync()).Applied("001_a.sql").WithoutWarnings();

        Assert.AreNotEqual(before.Single(), (await Database.RowsAsync("SELECT relfilenode FROM pg_class WHERE relname = 'a1_id_idx'")).Single());
        Assert.AreEqual("applied|2", (await Database.RowsAsync("SELECT status, statements_done FROM schema_migrations")).Single());
    }

    [TestMethod]
    public async Task A_deferred_constraint_fails_its_own_statement()
    {
        Project.Write("001_a.sql", Untransacted + "CREATE TABLE a (id int PRIMARY KEY, b int REFERENCES a DEFERRABLE INITIALLY DEFERRED);\n INSERT INTO a VALUES (1, 2);\n");

        (await Project.MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), 3, 2).Says("a_b_fkey").Says("its first statement was applied");
    }

    [TestMethod]
    public async Task What_a_file_sets_for_its_session_holds_until_its_end_and_in_a_later_run()
    {
        const string Settings = Untransacted + "SET search_path = shop;\nSET lock_timeout = '7s';\nSET client_min_messages = 'error';\nSELECT set_config('app.tenant', 'seven', false);\nBEGIN;\nSET statement_timeout = '9s';\nROLLBACK;\n";
        const string Look = "CREATE TABLE {0} AS SELECT current_setting('lock_timeout') || current_setting('client_min_messages') || current_setting('app.tenant') || current_setting('statement_timeout');\n";
        await Database.ExecuteAsync("CREATE SCHEMA shop");
        var first = Settings + string.Format(CultureInfo.InvariantCulture, Look, "a");
        (await Project.Write("001_a.sql", first + "SELECT nope;\n").MigrateAsync()).FailedWith("MIG4005");

        (await Project.Write("001_a.sql", first + string.Format(CultureInfo.InvariantCulture, Look, "b")).MigrateAsync()).Applied("001_a.sql");

        Assert.AreEqual("7serrorseven0, 7serrorseven0", string.Join(", ", await Database.RowsAsync("TABLE shop.a UNION ALL TABLE shop.b")));
    }

    [TestMethod]
    public async Task A_transaction_that_follows_another_at_once_is_no_place_to_go_on()
    {
        const string Chain = Untransacted + "CREATE TABLE a (id int);\nBEGIN;\nINSERT INTO a VALUES (1);\nCOMMIT AND CHAIN;\nINSERT INTO a VALUES (2);\n";
        (await Project.Write("001_a.sql", Chain + "SELECT nope;\nCOMMIT;\n").MigrateAsync()).FailedWith("MIG4005");
        Assert.AreEqual("1", string.Join(", ", await Database.RowsAsync("SELECT id FROM a")));

        (await Project.Write("001_a.sql", Chain + "COMMIT;\n").MigrateAsync()).FailedWith("MIG3005").Says("BEGIN in line 3 had opened a transaction");
    }

    [TestMethod]
    public async Task A_lock_is_tried_again_for_a_statement_that_shares_a_transaction_with_its_entry()
    {
        await Database.ExecuteAsync("CREATE TABLE a (id int)");
        await using var application = await Database.OpenAsync();
        await new Npgsql.NpgsqlCommand("BEGIN; SELECT * FROM a", application).ExecuteNonQueryAsync();
        Project.StatementLock = (TimeSpan.FromMilliseconds(500), 20);
        var observer = new RecordingObserver();

        var run = Project.Write("001_a.sql", Untransacted + "INSERT INTO a VALUES (1);\nALTER TABLE a ADD b int;\n").MigrateAsync(observer);
        await observer.WhenWaiting(run, "Attempt ");

        Assert.Contains(wait => wait.Contains($"In its way: process {application.ProcessID} ", StringComparison.Ordinal), observer.Waits);
        await new Npgsql.NpgsqlCommand("COMMIT", application).ExecuteNonQueryAsync();
        (await run).Applied("001_a.sql");
        Assert.AreEqual("1|NULL", (await Database.RowsAsync("SELECT * FROM a")).Single());
    }

    [TestMethod]
    public async Task A_lock_that_is_never_free_is_told_with_what_stands()
    {
        await Database.ExecuteAsync("CREATE TABLE a (id int)");
        await using var application = await Database.OpenAsync();
        await new Npgsql.NpgsqlCommand("BEGIN; SELECT * FROM a", application).ExecuteNonQueryAsync();
        Project.StatementLock = (TimeSpan.FromSeconds(2), 0);

        (await Project.Write("001_a.sql", Untransacted + "INSERT INTO a VALUES (1);\nALTER TABLE a ADD b int;\n").MigrateAsync())
            .FailedWith("MIG4014").At(Project.PathOf("001_a.sql"), 3, 1).Says("a lock on a").Says($"process {application.ProcessID} ").Says("its first statement was applied");
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task Indexes_are_built_concurrently_also_where_transactions_keep_their_snapshot()
    {
        await Database.ExecuteAsync($"ALTER DATABASE {Database.Name} SET default_transaction_isolation = 'repeatable read'");
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        Project.Write("001_a.sql", "CREATE TABLE a (id int);").Write("002_b.sql", Untransacted + "CREATE INDEX CONCURRENTLY ON a (id);");

        (await Project.MigrateAsync(null, cancellation.Token)).Applied("001_a.sql", "002_b.sql");
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task First_runs_at_once_create_the_history_also_where_transactions_keep_their_snapshot()
    {
        await Database.ExecuteAsync($"ALTER DATABASE {Database.Name} SET default_transaction_isolation = 'repeatable read'");
        Project.Write("001_a.sql", "CREATE TABLE a (id int);");

        foreach (var report in await Task.WhenAll(Enumerable.Range(0, 6).Select(_ => Task.Run(() => Project.MigrateAsync()))))
        {
            report.Succeeded();
        }
    }

    [TestMethod]
    public async Task A_transaction_of_its_own_may_choose_its_isolation()
    {
        Project.Write("001_a.sql", Untransacted + "BEGIN;\nSET TRANSACTION ISOLATION LEVEL SERIALIZABLE;\nCREATE TABLE a AS SELECT current_setting('transaction_isolation') AS level;\nCOMMIT;\n");

        (await Project.MigrateAsync()).Applied("001_a.sql");

        Assert.AreEqual("serializable", (await Database.RowsAsync("SELECT level FROM a")).Single());
    }

    [TestMethod]
    public async Task Cancelling_does_not_claim_that_anything_was_undone()
    {
        Project.Write("001_a.sql", Untransacted + "CREATE TABLE a (id int);\nSELECT pg_sleep(60);\n");
        using var cancellation = new CancellationTokenSource();
        var observer = new RecordingObserver();

        var run = Project.MigrateAsync(observer, cancellation.Token);
        await Task.WhenAny(observer.WhenStarted("001_a.sql"), run);
        await cancellation.CancelAsync();

        Assert.DoesNotContain("undone", (await run).FailedWith("MIG4007").Message);
    }
}

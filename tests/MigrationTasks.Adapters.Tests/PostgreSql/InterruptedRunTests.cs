using System.Text.RegularExpressions;
using MigrationTasks.Adapters.Tests.Chaos;
using MigrationTasks.ContractTests;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.PostgreSql;
using MigrationTasks.PostgreSql.Scripts;
using Npgsql;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>
/// A run outside a transaction whose process died: what it had sent may still be at work, may have been completed, or may not
/// have been begun.
/// </summary>
[TestClass]
public sealed class InterruptedRunTests : PostgreSqlTest
{
    private const string Untransacted = "-- Transaction: none\n";
    private const string First = Untransacted + "CREATE TABLE a (id int);\n";

    [TestMethod]
    [DataRow("CREATE INDEX CONCURRENTLY a_idx ON a (id)", "CREATE INDEX a_idx ON a (id)", "resumed 001_a.sql at 3: CREATE INDEX CONCURRENTLY in line 3 was interrupted, but the index public.a_idx is there and valid.", DisplayName = "an index that is complete")]
    [DataRow("CREATE INDEX CONCURRENTLY ON a (id)", "", "resumed 001_a.sql at 2: an earlier attempt did not get past line 3.", DisplayName = "an index without a name that is not there")]
    [DataRow("CREATE INDEX CONCURRENTLY a_idx ON a (id)", "", "resumed 001_a.sql at 2: an earlier attempt did not get past line 3.", DisplayName = "an index that is not there")]
    [DataRow("CREATE INDEX CONCURRENTLY a_idx ON a (id)", "CREATE INDEX a_idx ON a (id); UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'a_idx'::regclass", "resumed 001_a.sql at 2: an earlier attempt did not get past line 3.", DisplayName = "an index that is half done")]
    [DataRow("DROP INDEX CONCURRENTLY gone", "", "resumed 001_a.sql at 3: DROP INDEX CONCURRENTLY in line 3 was interrupted, but the index gone is gone.", DisplayName = "an index that is dropped")]
    [DataRow("DROP INDEX CONCURRENTLY there", "CREATE INDEX there ON a (id)", "resumed 001_a.sql at 2: an earlier attempt did not get past line 3.", DisplayName = "an index that is not dropped")]
    [DataRow("CREATE INDEX CONCURRENTLY \"A \"\"idx\" ON public.\"a\" (id)", "CREATE INDEX \"A \"\"idx\" ON a (id)", "resumed 001_a.sql at 3: CREATE INDEX CONCURRENTLY in line 3 was interrupted, but the index public.\"A \"\"idx\" is there and valid.", DisplayName = "an index whose name needs quotes")]
    [DataRow("DROP INDEX /* why */ CONCURRENTLY public.\"There\"", "CREATE INDEX \"There\" ON a (id)", "resumed 001_a.sql at 2: an earlier attempt did not get past line 3.", DisplayName = "an index in quotes that is not dropped")]
    [DataRow("ALTER TABLE p DETACH PARTITION q CONCURRENTLY", "CREATE TABLE p (id int) PARTITION BY RANGE (id); CREATE TABLE q (id int)", "resumed 001_a.sql at 3: ALTER TABLE in line 3 was interrupted, but the partition q of p is detached.", DisplayName = "a partition that is detached")]
    [DataRow("ALTER TABLE p DETACH PARTITION q CONCURRENTLY", "CREATE TABLE p (id int) PARTITION BY RANGE (id); CREATE TABLE q PARTITION OF p FOR VALUES FROM (1) TO (2)", "resumed 001_a.sql at 2: an earlier attempt did not get past line 3.", DisplayName = "a partition that is not detached")]
    [DataRow("DROP DATABASE migrationtasks_none", "", "resumed 001_a.sql at 3: DROP DATABASE in line 3 was interrupted, but the database migrationtasks_none is gone.", DisplayName = "a database that is dropped")]
    [DataRow("DROP TABLESPACE migrationtasks_none", "", "resumed 001_a.sql at 3: DROP TABLESPACE in line 3 was interrupted, but the tablespace migrationtasks_none is gone.", DisplayName = "a tablespace that is dropped")]
    [DataRow("DROP SUBSCRIPTION migrationtasks_none", "", "resumed 001_a.sql at 3: DROP SUBSCRIPTION in line 3 was interrupted, but the subscription migrationtasks_none is gone.", DisplayName = "a subscription that is dropped")]
    [DataRow("VACUUM a", "", "resumed 001_a.sql at 2: an earlier attempt did not get past line 3.", DisplayName = "what may run twice")]
    [DataRow("REINDEX TABLE CONCURRENTLY a", "", "resumed 001_a.sql at 2: an earlier attempt did not get past line 3.", DisplayName = "a rebuild")]
    [DataRow("INSERT INTO a VALUES (1)", "", "resumed 001_a.sql at 2: an earlier attempt did not get past line 3.", DisplayName = "what shares a transaction with its entry")]
    public async Task What_became_of_the_statement_is_looked_up(string statement, string meanwhile, string resumed)
    {
        await InterruptAsync(statement);
        await Database.ExecuteAsync(meanwhile.Length > 0 ? meanwhile : "SELECT 1");
        var observer = new RecordingObserver();

        (await Project.MigrateAsync(observer)).Applied("001_a.sql");

        Assert.Contains(resumed, observer.Events);
        Assert.AreEqual("0", (await Database.RowsAsync("SELECT count(*) FROM pg_index WHERE NOT indisvalid")).Single());
        Assert.AreEqual("applied|2", (await Database.RowsAsync("SELECT status, statements_done FROM schema_migrations")).Single());
    }

    [TestMethod]
    [DataRow("CALL work()")]
    [DataRow("DO $$ BEGIN INSERT INTO a VALUES (1); COMMIT; END $$")]
    [DataRow("CREATE INDEX CONCURRENTLY ON a (abs(id))")]
    public async Task What_nobody_can_tell_is_asked_and_what_the_message_says_works(string statement)
    {
        await Database.ExecuteAsync("CREATE PROCEDURE work() LANGUAGE plpgsql AS $$ BEGIN INSERT INTO a VALUES (1); COMMIT; END $$");
        await InterruptAsync(statement);
        var skipped = await AskAsync("if it was: (.+?); then run again");
        Assert.AreEqual("0|0", await EffectAsync(), "It should have been skipped.");
        await Database.ExecuteAsync("DELETE FROM schema_migrations; DROP TABLE a");

        await InterruptAsync(statement);
        var repeated = await AskAsync("may run twice: (.+?); if it was");

        Assert.AreNotEqual("0|0", await EffectAsync(), "It should have run.");
        Assert.AreNotEqual(skipped, repeated);
    }

    [TestMethod]
    public async Task An_index_that_may_have_been_there_before_is_no_proof()
    {
        await InterruptAsync("CREATE UNIQUE INDEX CONCURRENTLY ON a (id)");
        await Database.ExecuteAsync("CREATE INDEX ON a (id)");

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG3011");
    }

    [TestMethod]
    public async Task An_index_is_no_proof_when_the_file_was_edited_since()
    {
        await InterruptAsync("CREATE INDEX CONCURRENTLY a_idx ON a (id)");
        await Database.ExecuteAsync("CREATE INDEX a_idx ON a (id)");

        (await Project.Write("001_a.sql", $"{First}CREATE INDEX CONCURRENTLY a_idx ON a (id DESC);\n").MigrateAsync()).HasApplied().FailedWith("MIG3011");
    }

    [TestMethod]
    public async Task A_run_that_goes_on_and_is_interrupted_is_of_the_file_as_it_was_then()
    {
        (await Project.Write("001_a.sql", $"{First}SELECT nope;\n").MigrateAsync()).FailedWith("MIG4005");
        var (_, before) = (await Project.Write("001_a.sql", $"{First}SELECT still_nope;\n").MigrateAsync(), await ChecksumAsync());
        (await Project.Write("001_a.sql", $"{First}SELECT never;\n").MigrateAsync()).FailedWith("MIG4005");

        Assert.AreNotEqual(before, await ChecksumAsync());
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_statement_that_is_still_at_work_is_waited_for()
    {
        await InterruptAsync("CREATE INDEX CONCURRENTLY a_idx ON a (id)");
        await using var application = await Database.OpenAsync();
        await ExecuteAsync(application, "BEGIN; INSERT INTO a VALUES (1)");
        await using var survivor = await Database.OpenAsync();
        var build = ExecuteAsync(survivor, "CREATE INDEX CONCURRENTLY a_idx ON a (id)");
        var observer = new RecordingObserver();

        var run = Project.MigrateAsync(observer);
        await observer.WhenWaiting(run);

        Assert.IsFalse(run.IsCompleted, "The run should still be waiting.");
        Assert.AreEqual($"001_a.sql: waits for process {survivor.ProcessID}, in which CREATE INDEX CONCURRENTLY of the interrupted run is still running.", observer.Waits[0]);
        await ExecuteAsync(application, "COMMIT");
        await build;
        (await run).Applied("001_a.sql").WithoutWarnings();
        Assert.AreEqual("1", (await Database.RowsAsync("SELECT count(*) FROM pg_index WHERE indrelid = 'a'::regclass AND indisvalid")).Single());
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task A_statement_that_outlives_its_killed_run_has_its_effect_once()
    {
        Project.Write("001_a.sql", First + "INSERT INTO a SELECT 1 FROM pg_sleep(6);\nINSERT INTO a VALUES (2);\n");
        using (var victim = await RunnerProcess.StartAsync(new PostgreSqlDefinition(), Project.Path, Database.Url))
        {
            victim.Go();
            while ((await Database.RowsAsync("SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'INSERT INTO a SELECT%'")).Count == 0)
            {
                await Task.Delay(50);
            }

            victim.Kill();
            await victim.WaitForExitAsync();
        }

        (await Project.MigrateAsync()).Applied("001_a.sql");

        Assert.AreEqual("1, 2", string.Join(", ", await Database.RowsAsync("SELECT id FROM a ORDER BY id")));
    }

    [TestMethod]
    public async Task Giving_up_a_wait_leaves_the_question_open()
    {
        await InterruptAsync("CALL work()");
        await using var survivor = await Database.OpenAsync();
        await ExecuteAsync(survivor, "CREATE PROCEDURE work() LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(60); END $$");
        var call = ExecuteAsync(survivor, "CALL work()");
        using var cancellation = new CancellationTokenSource(TimeSpan.FromSeconds(1));

        (await Project.MigrateAsync(null, cancellation.Token)).FailedWith("MIG4007");

        Assert.AreEqual("running|1", (await Database.RowsAsync("SELECT status, statements_done FROM schema_migrations")).Single());
        await Database.ExecuteAsync($"SELECT pg_terminate_backend({survivor.ProcessID})");
        await Assert.ThrowsAsync<NpgsqlException>(() => call);
        (await Project.MigrateAsync()).FailedWith("MIG3011");
    }

    // As a run leaves it that is killed in its second statement.
    private async Task InterruptAsync(string statement)
    {
        (await Project.Write("001_a.sql", $"{First}SELECT nope;\n").MigrateAsync()).FailedWith("MIG4005");
        Project.Write("001_a.sql", $"{First}{statement};\n");
        var migration = MigrationFolder.Read(Path.GetDirectoryName(Project.PathOf("001_a.sql"))!, PostgreSqlDialect.Instance, Placeholders.None).Migrations.Single();
        await Database.ExecuteAsync($"UPDATE schema_migrations SET status = 'running', checksum = '{migration.Checksum}'");
    }

    private async Task<string> AskAsync(string pattern)
    {
        var problem = (await Project.MigrateAsync()).HasApplied().FailedWith("MIG3011").At(Project.PathOf("001_a.sql"), 3, 1);
        Assert.AreEqual("running|1", (await Database.RowsAsync("SELECT status, statements_done FROM schema_migrations")).Single());
        var sql = Regex.Match(problem.Message, pattern).Groups[1].Value;
        await Database.ExecuteAsync(sql);
        (await Project.MigrateAsync()).Applied("001_a.sql");
        return sql;
    }

    private async Task<string> ChecksumAsync() => (await Database.RowsAsync("SELECT checksum FROM schema_migrations")).Single();

    private async Task<string> EffectAsync() =>
        (await Database.RowsAsync("SELECT (SELECT count(*) FROM a), (SELECT count(*) FROM pg_index WHERE indrelid = 'a'::regclass)")).Single();

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}

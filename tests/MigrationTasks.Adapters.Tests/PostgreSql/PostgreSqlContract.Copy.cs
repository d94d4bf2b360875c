using System.Globalization;
using MigrationTasks.ContractTests;
using Npgsql;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

public abstract partial class PostgreSqlContract
{
    private const string CreateT = "CREATE TABLE t (a int PRIMARY KEY, b text);\n";

    [TestMethod]
    public async Task Rows_of_a_copy_are_applied_with_what_stands_around_them()
    {
        Project.Write("001_a.sql", CreateT)
            .Write("002_b.sql", "INSERT INTO t VALUES (0, 'first');\nCOPY t (a, b) FROM stdin;\n1\tit's; 😀 \\\\ \\t\n2\t\\N\n\\.\n\nUPDATE t SET b = 'second' WHERE a = 2;\ncopy t from STDIN with (format csv, header, delimiter ';');\na;b\n3;\"two\nlines\"\n\\.\nCOPY t FROM stdin;\n\\.\n")
            .Write("003_c.sql", "COPY t FROM stdin;\r\n4\twindows\r\n5\t\\N\r\n\\.\r\nINSERT INTO t VALUES (6, 'last');\r\n");

        (await Project.MigrateAsync()).Applied("001_a.sql", "002_b.sql", "003_c.sql").WithoutWarnings();

        await RowsAreAsync("SELECT a, b FROM t ORDER BY a", "0|first", "1|it's; 😀 \\ \t", "2|second", "3|two\nlines", "4|windows", "5|", "6|last");
    }

    [TestMethod]
    [DataRow("\n  COPY t FROM stdin;\n1\tx\nboom\ty\n3\tz\n\\.\n", 4, 1, "\"boom\" (SQLSTATE 22P02). Column: a.", DisplayName = "a value")]
    [DataRow("COPY t FROM stdin;\r\n1\tx\r\n2\r\n\\.\r\n", 3, 1, "missing data for column", DisplayName = "a missing column")]
    [DataRow("COPY t FROM stdin;\n1\tx\n2\ty\tz\n\\.\n", 3, 1, "extra data", DisplayName = "a column too many")]
    [DataRow("COPY t FROM stdin;\n1\tx\n2\ty\n1\tz\n\\.\n", 4, 1, "t_pkey", DisplayName = "a violated constraint")]
    [DataRow("COPY t FROM stdin;\n1\tx\n\\N\ty\n\\.\n", 3, 1, "null value in column \"a\"", DisplayName = "a null")]
    [DataRow("COPY t FROM stdin CSV HEADER;\na,b\n1,\"x\ny\nz\"\n2,\"😀\n1,\n\"\n3,w\nboom,v\n\\.\n", 10, 1, "boom", DisplayName = "a row of CSV behind those of several lines")]
    [DataRow("COPY t FROM stdin;\n1\tx\\\ny\n2\ty\nboom\t\n\\.\n", 5, 1, "boom", DisplayName = "a row behind an escaped line break")]
    [DataRow("COPY t FROM stdin;\n1\t${lines}\nboom\t\n\\.\n", 3, 1, "boom", DisplayName = "a row behind a value of several lines")]
    [DataRow("COPY t (a, nope) FROM stdin;\n1\tx\n\\.\n", 1, 1, "nope", DisplayName = "the statement")]
    [DataRow("SELECT 1;\n  COPY t FROM stdin WITH (\n FORMAT xml);\n1\tx\n\\.\n", 3, 2, "xml", DisplayName = "a word of the statement")]
    [DataRow("COPY nosuch FROM stdin;\n1\tx\n\\.\n", 1, 1, "nosuch", DisplayName = "a table that is not there")]
    public async Task What_the_server_has_against_a_copy_is_at_its_line(string copy, int line, int column, string says)
    {
        Project.Placeholders["lines"] = "x\\\ny\\\nz";
        Project.Write("001_t.sql", CreateT).Write("002_copy.sql", copy);

        (await Project.MigrateAsync()).HasApplied("001_t.sql").FailedWith("MIG4005").At(Project.PathOf("002_copy.sql"), line, column).Says(says).Says("rolled back");

        await RowsAreAsync("SELECT count(*) FROM t", "0");
        await HistoryIsAsync("001_t.sql|applied");
    }

    [TestMethod]
    public async Task A_copy_that_failed_is_applied_when_it_is_corrected()
    {
        (await Project.Write("001_a.sql", CreateT + "COPY t FROM stdin;\n1\n\\.\n").MigrateAsync()).FailedWith("MIG4005");

        (await Project.Write("001_a.sql", CreateT + "COPY t FROM stdin;\n1\tx\n\\.\n").Write("002_b.sql", Table("b")).MigrateAsync()).Applied("001_a.sql", "002_b.sql");

        await RowsAreAsync("SELECT b FROM t", "x");
    }

    [TestMethod]
    [DataRow("COPY t FROM stdin;\n1\tx\n", 2, 1, "MIG2020")]
    [DataRow("COPY t FROM stdin WITH (FORMAT binary);\n\\.\n", 2, 1, "MIG2021")]
    [DataRow("COPY t FROM stdin; SELECT 2;\n1\tx\n\\.\n", 2, 20, "MIG2022")]
    [DataRow("COPY t FROM stdin;\n1\tx\n2\t\0\n\\.\n", 4, 3, "MIG2005")]
    [DataRow("COPY t FROM stdin;\n1\tx\n\\.\n\\i more.sql\n", 5, 1, "MIG2006")]
    [DataRow("COPY t TO stdout;\n", 2, 1, "MIG2009")]
    public async Task What_is_wrong_with_a_copy_is_found_before_anything_runs(string copy, int line, int column, string code)
    {
        Project.Write("001_a.sql", Table("a")).Write("002_t.sql", CreateT + copy);

        (await Project.MigrateAsync()).HasApplied().FailedWith(code).At(Project.PathOf("002_t.sql"), line, column);

        await NoTableAsync("a");
    }

    [TestMethod]
    public async Task Rows_that_are_not_UTF_8_are_found_before_anything_runs()
    {
        Project.Write("001_a.sql", Table("a")).Write("002_t.sql", [.. "COPY a FROM stdin;\n1\n"u8, 0xE9, .. "\n\\.\n"u8]);

        (await Project.MigrateAsync()).HasApplied().FailedWith("MIG2003").At(Project.PathOf("002_t.sql"), 3, 1);

        await NoTableAsync("a");
    }

    [TestMethod]
    public async Task A_copy_works_outside_a_transaction_and_in_one_that_the_file_opens()
    {
        Project.Write("001_a.sql", NoTransaction + CreateT + "COPY t FROM stdin;\n1\tx\n\\.\nBEGIN;\nCOPY t FROM stdin;\n2\ty\n\\.\nCOMMIT;\n")
            .Write("002_b.sql", NoTransaction + "COPY t FROM stdin;\n3\tz\n\\.\n  COPY t FROM stdin;\n4\tz\n3\tz\n\\.\n");

        (await Project.MigrateAsync()).HasApplied("001_a.sql").FailedWith("MIG4005").At(Project.PathOf("002_b.sql"), 7, 1).Says("t_pkey").Says("first statement was applied");

        await RowsAreAsync("SELECT a FROM t ORDER BY a", "1", "2", "3");
        await HistoryIsAsync("001_a.sql|applied", "002_b.sql|failed");
    }

    [TestMethod]
    public async Task A_copy_sees_the_settings_of_its_migration_and_leaves_none()
    {
        Project.Write("001_a.sql", "CREATE SCHEMA s;\nCREATE TABLE s.t (a text DEFAULT current_setting('client_min_messages'), b text);\nSET client_min_messages = error;\nSET search_path = s;\nCOPY t (b) FROM stdin;\nx\n\\.\nINSERT INTO t VALUES (current_setting('client_min_messages'));\n")
            .Write("002_b.sql", "INSERT INTO s.t VALUES (current_setting('client_min_messages'), current_setting('search_path'));");

        (await Project.MigrateAsync()).Applied("001_a.sql", "002_b.sql").WithoutWarnings();

        await RowsAreAsync("SELECT a, b FROM s.t ORDER BY b NULLS FIRST", "error|", "notice|\"$user\", public", "error|x");
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task Notices_of_very_many_rows_do_not_stop_them()
    {
        var rows = string.Concat(Enumerable.Range(0, 40_000).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row}\tx\n")));
        Project.Write("001_a.sql", CreateT + Trigger("BEFORE INSERT", "RAISE NOTICE '%', repeat('x', 800)") + $"COPY t FROM stdin;\n{rows}\\.\nINSERT INTO t VALUES (-1);\n");

        (await Project.MigrateAsync()).Applied("001_a.sql");

        await RowsAreAsync("SELECT count(*) FROM t", "40001");
    }

    [TestMethod]
    public async Task Runs_at_once_apply_rows_once()
    {
        Project.Write("001_a.sql", CreateT).Write("002_b.sql", "COPY t FROM stdin;\n1\tx\n\\.\n").Write("003_c.sql", NoTransaction + "COPY t FROM stdin;\n2\ty\n\\.\n");

        foreach (var report in await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Task.Run(() => Project.MigrateAsync()))))
        {
            report.Succeeded();
        }

        await RowsAreAsync("SELECT a FROM t ORDER BY a", "1", "2");
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_copy_that_stepped_aside_for_a_lock_is_applied_once_it_is_free()
    {
        (await Project.Write("001_a.sql", CreateT).MigrateAsync()).Succeeded();
        var application = await ((PostgreSqlContractDatabase)Database).OpenAsync();
        await using (application)
        {
            await using var takeLock = new NpgsqlCommand("BEGIN; LOCK TABLE t", application);
            await takeLock.ExecuteNonQueryAsync();
            Project.StatementLock = (TimeSpan.FromMilliseconds(300), 50);
            var observer = new RecordingObserver();
            var run = Project.Write("002_b.sql", "CREATE TABLE b (id int);\nCOPY t FROM stdin;\n1\tx\n\\.\n").MigrateAsync(observer);
            await observer.WhenWaiting(run, "Attempt 3 of");
            await application.DisposeAsync();
            (await run).Applied("002_b.sql");
        }

        await RowsAreAsync("SELECT a, b FROM t", "1|x");
    }

    [TestMethod]
    public async Task The_file_that_creates_the_history_may_hold_rows()
    {
        Project.Write("000_migrations_table.sql", Dialect.HistoryScript + "\nCREATE TABLE t (a int);\nCOPY t FROM stdin;\n1\n\\.\n").Write("001_a.sql", Table("a"));

        (await Project.MigrateAsync()).Applied("000_migrations_table.sql", "001_a.sql");

        await RowsAreAsync("SELECT a FROM t", "1");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(NoTransaction)]
    [Timeout(60_000)]
    public async Task Cancelling_stops_a_copy_that_waits_for_a_lock(string header)
    {
        (await Project.Write("001_a.sql", CreateT).MigrateAsync()).Succeeded();
        await using var application = await ((PostgreSqlContractDatabase)Database).OpenAsync();
        await using var takeLock = new NpgsqlCommand("BEGIN; LOCK TABLE t", application);
        await takeLock.ExecuteNonQueryAsync();

        await CancelsAsync(header + "COPY t FROM stdin;\n1\tx\n\\.\n", "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE 'COPY %'");
    }

    [TestMethod]
    [DataRow("BEFORE INSERT", "")]
    [DataRow("BEFORE INSERT", NoTransaction)]
    [DataRow("AFTER INSERT", "")]
    [DataRow("AFTER INSERT", NoTransaction)]
    [Timeout(60_000)]
    public async Task Cancelling_stops_a_copy_at_any_of_its_rows_and_behind_them(string moment, string header)
    {
        (await Project.Write("001_a.sql", CreateT + Trigger(moment, "PERFORM pg_sleep(30)")).MigrateAsync()).Succeeded();
        var rows = string.Concat(Enumerable.Range(0, 200_000).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row}\tsome text to fill the buffers between here and there\n")));

        await CancelsAsync(header + $"COPY t FROM stdin;\n{rows}\\.\n", "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'PgSleep' AND query LIKE 'COPY %'");
    }

    [TestMethod]
    [Timeout(120_000)]
    public async Task Cancelling_hangs_up_on_a_server_that_cannot_get_rid_of_its_warnings()
    {
        (await Project.Write("001_a.sql", CreateT + Trigger("BEFORE INSERT", "RAISE WARNING '%', repeat('x', 8000)")).MigrateAsync()).Succeeded();
        // More than fits between here and there, so that neither gets on before the other does.
        var filling = new string('x', 1_000);
        var rows = string.Concat(Enumerable.Range(0, 40_000).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row}\t{filling}\n")));

        await CancelsAsync($"COPY t FROM stdin;\n{rows}\\.\n", "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event = 'ClientWrite' AND query LIKE 'COPY %' AND clock_timestamp() - query_start > interval '2 s'");
    }

    [TestMethod]
    [DataRow("")]
    [DataRow(NoTransaction)]
    [Timeout(60_000)]
    public async Task A_copy_is_stopped_when_it_takes_longer_than_a_statement_may(string header)
    {
        (await Project.Write("001_a.sql", CreateT + Trigger("AFTER INSERT", "PERFORM pg_sleep(30)")).MigrateAsync()).Succeeded();
        Project.CommandTimeout = TimeSpan.FromSeconds(1);

        (await Project.Write("002_b.sql", header + "\nCOPY t FROM stdin;\n1\tx\n\\.\n").MigrateAsync()).FailedWith("MIG4012").At(Project.PathOf("002_b.sql"), header.Length == 0 ? 2 : 3, 1).Says("1 s");

        await RowsAreAsync("SELECT count(*) FROM t", "0");
    }

    private static string Trigger(string moment, string action) => $"""
        CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {action}; RETURN NEW; END $$;
        CREATE TRIGGER f {moment} ON t FOR EACH ROW EXECUTE FUNCTION f();

        """;

    // Cancels as soon as a query says that the copy is where it is wanted, and sees that it ends at once, here and on the server.
    private async Task CancelsAsync(string script, string isRunning)
    {
        using var cancellation = new CancellationTokenSource();
        var run = Project.Write("002_b.sql", script).MigrateAsync(null, cancellation.Token);
        while (!run.IsCompleted && await Database.ValueAsync(isRunning) == "0")
        {
            await Task.Delay(20);
        }

        var startedAt = TimeProvider.System.GetTimestamp();
        await cancellation.CancelAsync();

        (await run).HasApplied().FailedWith("MIG4007");
        Assert.IsLessThan(TimeSpan.FromSeconds(12), TimeProvider.System.GetElapsedTime(startedAt), "Cancelling took too long.");
        while (await Database.ValueAsync(isRunning) != "0")
        {
            Assert.IsLessThan(TimeSpan.FromSeconds(20), TimeProvider.System.GetElapsedTime(startedAt), "The statement still runs on the server.");
            await Task.Delay(20);
        }
    }
}

using MigrationTasks.ContractTests;
using MySqlConnector;

namespace MigrationTasks.Adapters.Tests.MySql;

public sealed partial class MySqlContract
{
    // Something of all that the client takes for something of its own, or leaves out.
    private const string Rich = """
        CREATE TABLE `a;b` (
        delimiter INT COMMENT 'it''s; \'quoted\' \\',
        Delimiters INT, -- delimiter ;
        x TEXT) COMMENT "say ""hi;"" \"there\"";
        INSERT INTO `a;b` VALUES (1, 2, 'x
        delimiter //
        quit
        \\! $$'), (3--4, 5/* ; */ , coalesce(NULL /*M! , \N */)), (6, /*!50000 7 */, N'\r\n;--');
        CREATE PROCEDURE p()
        -- first; of all
        BEGIN
          SELECT 1; /* it's;
            two */ # and three;
          SELECT /*+ NO_ICP(t) */ '$$' AS `$1$`;
          delimiter: LOOP LEAVE delimiter; END LOOP;
        END;
        /*!50003 CREATE TRIGGER t BEFORE INSERT ON `a;b` FOR EACH ROW BEGIN SET NEW.x = ';'; SET @t = 1; END */;
        DELIMITER //
        CREATE FUNCTION f() RETURNS INT DETERMINISTIC RETURN 1; SELECT 2 //
        DELIMITER ;
        CREATE VIEW v AS SELECT CASE x WHEN ';' THEN 'é😀' END AS à FROM `a;b`;
        """;

    [TestMethod]
    public Task A_script_says_to_the_client_what_a_run_says_to_the_server() => ScriptDoesWhatARunDoesAsync(
        project => project.Write("001_a.sql", Rich)
            .Write("002_b.sql", "CREATE VIEW w AS SELECT\r\n 'a\r\nb\r\r\n' AS c,\r\n \"\\\r\n\" AS d;\r\nCREATE PROCEDURE q() BEGIN\r\n-- c\r\n  SELECT 1;\r\nEND;\r\n")
            .Write("003_c.sql", "-- Lock timeout: 7s\nINSERT INTO `a;b` (delimiter) VALUES (@@innodb_lock_wait_timeout);\nUPDATE `a;b` SET x = 'only rows; one transaction';\n"),

        // Transactions and locks of a migration's own, and the settings that decide what its text means.
        project => project.Write("004_d.sql", """
            CREATE TABLE d (id INT);
            BEGIN; INSERT INTO d VALUES (1); COMMIT;
            START TRANSACTION; INSERT INTO d VALUES (2); CREATE TABLE e (id INT);
            SET autocommit = 0; INSERT INTO d VALUES (3); SET autocommit = 1;
            LOCK TABLES d WRITE; INSERT INTO d VALUES (4); UNLOCK TABLES;
            SET sql_mode = 'ANSI_QUOTES';
            CREATE TABLE "f;" (id INT);
            USE information_schema;
            """)
            .Write("005_e.sql", "CREATE TABLE g AS SELECT @@collation_connection AS c, @@character_set_client AS s, @@time_zone AS z, @@sql_mode AS m, DATABASE() LIKE 'test%' AS d;\n"));

    [TestMethod]
    public async Task A_script_does_not_run_where_comments_would_be_lost()
    {
        var script = await ScriptAsync(Project.Write("001_a.sql", Table("a")));

        var (exitCode, output) = ((MySqlContractDatabase)Database).RunScriptWith(script);

        Assert.AreNotEqual(0, exitCode);
        Assert.Contains("Run this script with --comments", output);
        await NoTableAsync("schema_migrations");
    }

    // MySQL's own client since version 9, which is not here.
    [TestMethod]
    public async Task A_client_that_sends_its_own_commands_to_the_server_learns_what_it_needs()
    {
        var script = await File.ReadAllTextAsync(await ScriptAsync(Project.Write("001_a.sql", Table("a"))));
        var sent = script[script.IndexOf("\nconnect", StringComparison.Ordinal)..];

        var refusal = await Assert.ThrowsAsync<MySqlException>(() => Database.ExecuteAsync(sent[..sent.IndexOf(';', StringComparison.Ordinal)]));

        Assert.Contains("Run this script with --commands", refusal.Message);
    }

    [TestMethod]
    [DataRow("INSERT INTO a VALUES (1);\n", DisplayName = "in a transaction")]
    [DataRow("CREATE TABLE b (id INT);\n", DisplayName = "outside a transaction")]
    public async Task A_script_does_not_run_beside_a_run(string sql)
    {
        await Database.ExecuteAsync(Table("a"));
        Project.LockTimeout = TimeSpan.FromSeconds(1);
        (await Project.Write("000_b.sql", "INSERT INTO a VALUES (0);\n").MigrateAsync()).Succeeded();
        var script = await ScriptAsync(Project.Write("001_a.sql", sql));
        var slow = new RecordingObserver();
        using var cancellation = new CancellationTokenSource();
        using var other = new MigrationProject(Definition, Database.Connection);
        var run = other.Write("002_slow.sql", sql.Replace("b (id INT)", "c (id INT)", StringComparison.Ordinal) + Dialect.Slow(60) + ";\n").MigrateAsync(slow, cancellation.Token);
        await Task.WhenAny(slow.WhenStarted("002_slow.sql"), run);

        Assert.Contains("Another run is migrating this database", Stops(Database, script));

        await cancellation.CancelAsync();
        (await run).FailedWith("MIG4007");
        Runs(Database, script);
        await RowsAreAsync("SELECT migration_name FROM schema_migrations WHERE status = 'applied' ORDER BY migration_name", "000_b.sql", "001_a.sql");
    }

    [TestMethod]
    public async Task A_script_undoes_what_the_client_is_told_to_set()
    {
        var script = await ScriptAsync(Project.Write("001_a.sql", "CREATE TABLE a (b VARCHAR(9) DEFAULT 'é😀');\nINSERT INTO a VALUES ('x\\'');\nINSERT INTO nowhere VALUES (1);\n"));

        var (exitCode, output) = ((MySqlContractDatabase)Database).RunScriptWith(script, "--comments", "--default-character-set=latin1", "--init-command=SET autocommit = 0, sql_mode = 'NO_BACKSLASH_ESCAPES'");

        Assert.AreNotEqual(0, exitCode);
        Assert.Contains("nowhere", output);
        await RowsAreAsync("SELECT status, statements_done FROM schema_migrations", "running|2");
        await RowsAreAsync("SELECT b, DEFAULT(b) FROM a", "x'|é😀");
    }
}

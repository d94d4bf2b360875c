using MigrationTasks.ContractTests;
using MySqlConnector;

namespace MigrationTasks.Adapters.Tests.MySql;

/// <summary>What the server does with statements, and what is told of it.</summary>
[TestClass]
public sealed class StatementTests : MySqlTest
{
    [TestMethod]
    public async Task A_syntax_error_is_where_the_server_stopped_reading()
    {
        Project.Write("001_a.sql", "CREATE TABLE a (id int);\n\nCREATE TABLE b (\n  id int,\n  note text NOT NUL\n);\nCREATE TABLE c (id int);\n");

        var error = (await Project.MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), 5, 17).Says("at line 3").Says("first statement was applied");

        Assert.DoesNotContain("SHOW WARNINGS", error.Message);
        Assert.DoesNotContain("migration_tasks", error.Message);
    }

    [TestMethod]
    [DataRow("CREATE TABLE b (\n  note txet\n)", 4, 8, "Unknown data type", DisplayName = "a type")]
    [DataRow("INSERT INTO a (id, nope)\n  VALUES (1, 2)", 3, 20, "Unknown column 'nope'", DisplayName = "a column")]
    [DataRow("SELECT *\nFROM nope", 4, 6, "doesn't exist", DisplayName = "a table")]
    [DataRow("DO\n  nope()", 4, 3, "does not exist", DisplayName = "a function")]
    [DataRow("SET SESSION nope = 1", 3, 13, "Unknown system variable", DisplayName = "a variable")]
    [DataRow("SELECT nope, nope FROM a", 3, 1, "Unknown column", DisplayName = "a name that is there twice")]
    public async Task An_error_about_a_name_is_at_that_name(string statement, int line, int column, string says)
    {
        Project.Write("001_a.sql", $"CREATE TABLE a (id int);\n\n{statement};\n");

        (await Project.MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), line, column).Says(says);
    }

    [TestMethod]
    public async Task A_typing_error_is_at_its_word_whatever_the_server_speaks()
    {
        Project.Write("001_a.sql", "SET lc_messages = 'de_DE';\nSELECT\n  1 FORM a b;\n");

        (await Project.MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), 3, 10).Says("Zeile 2");
    }

    [TestMethod]
    public async Task A_statement_that_ends_too_early_is_told_without_what_follows()
    {
        Project.Write("001_a.sql", "CREATE TABLE a (id int\n");

        var error = (await Project.MigrateAsync()).FailedWith("MIG2004");

        Assert.DoesNotContain("SHOW WARNINGS", error.Message);
        var cut = (await Project.Write("001_a.sql", "SELECT 1 FROM;\nSELECT 2;\n").MigrateAsync()).FailedWith("MIG4005").Says("near '' at line 1");
        Assert.DoesNotContain("SHOW", cut.Message);
    }

    [TestMethod]
    public async Task A_warning_of_the_server_is_at_its_statement()
    {
        Project.Write("001_a.sql", "CREATE TABLE a (id int);\n").Write("002_b.sql", "SELECT 1;\n  SELECT 1 / 0;\nDROP TABLE IF EXISTS nope;\n");

        var report = (await Project.MigrateAsync()).Succeeded();

        var warning = report.Warnings.Single();
        Assert.AreEqual(("MIG4008", 2, 3), (warning.Code, warning.Location.Line, warning.Location.Column));
        Assert.Contains("Division by 0", warning.Message);
    }

    [TestMethod]
    [DataRow("", DisplayName = "in a transaction")]
    [DataRow("-- Transaction: none\n", DisplayName = "outside a transaction")]
    public async Task The_number_that_a_statement_made_is_known_to_the_next(string header)
    {
        Project.Write("001_a.sql", "CREATE TABLE a (id int AUTO_INCREMENT PRIMARY KEY);\nCREATE TABLE b (id int);\n")
            .Write("002_b.sql", $"{header}INSERT INTO a VALUES (7);\nINSERT INTO a VALUES (NULL);\nINSERT INTO b VALUES (LAST_INSERT_ID());\n");

        (await Project.MigrateAsync()).Succeeded();

        await RowsAreAsync("SELECT id FROM b", "8");
    }

    [TestMethod]
    public async Task A_table_that_an_application_uses_is_waited_for_and_then_told()
    {
        (await Project.Write("001_a.sql", "CREATE TABLE a (id int);\n").MigrateAsync()).Succeeded();
        Project.StatementLock = (TimeSpan.FromSeconds(1), 1);
        await using var application = await Database.OpenAsync();
        await using var read = new MySqlCommand("START TRANSACTION; SELECT * FROM a", application);
        await read.ExecuteNonQueryAsync();
        var observer = new RecordingObserver();

        (await Project.Write("002_b.sql", "CREATE TABLE b (id int);\nALTER TABLE a ADD note text;\n").MigrateAsync(observer))
            .HasApplied().FailedWith("MIG4014").At(Project.PathOf("002_b.sql"), 2, 1).Says("error 1205").Says("tried 2 times").Says("first statement was applied");

        Assert.ContainsSingle(wait => wait.Contains("Attempt 2 of 2", StringComparison.Ordinal), observer.Waits);
        await application.CloseAsync();
        (await Project.MigrateAsync()).Applied("002_b.sql");
        await RowsAreAsync("SELECT status, statements_done FROM schema_migrations WHERE migration_name LIKE '002%'", "applied|2");
    }

    [TestMethod]
    public async Task A_row_that_an_application_holds_is_waited_for_until_it_is_free()
    {
        (await Project.Write("001_a.sql", "CREATE TABLE a (id int PRIMARY KEY);\nINSERT INTO a VALUES (1);\n").MigrateAsync()).Succeeded();
        Project.StatementLock = (TimeSpan.FromSeconds(1), 10);
        await using var application = await Database.OpenAsync();
        await using var hold = new MySqlCommand("START TRANSACTION; UPDATE a SET id = 2", application);
        await hold.ExecuteNonQueryAsync();

        var observer = new RecordingObserver();

        var run = Project.Write("002_b.sql", "UPDATE a SET id = id + 10;\n").MigrateAsync(observer);
        await observer.WhenWaiting(run, "Attempt 2 of");
        await application.CloseAsync();

        (await run).Applied("002_b.sql");
        await RowsAreAsync("SELECT id FROM a", "11");
    }

    [TestMethod]
    public async Task A_dump_with_its_locks_is_applied_and_goes_on_where_it_stopped()
    {
        const string Dump = "CREATE TABLE a (id int PRIMARY KEY);\nLOCK TABLES `a` WRITE;\n/*!40000 ALTER TABLE `a` DISABLE KEYS */;\nINSERT INTO `a` VALUES (1),(2);\n/*!40000 ALTER TABLE `a` ENABLE KEYS */;\nUNLOCK TABLES;\n";
        Project.Write("001_dump.sql", Dump.Replace("(2)", "(1)", StringComparison.Ordinal));
        (await Project.MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("001_dump.sql"), 4, 1).Says("first 3 statements were applied");

        (await Project.Write("001_dump.sql", Dump).MigrateAsync()).Applied("001_dump.sql");

        await RowsAreAsync("SELECT id FROM a ORDER BY id", "1", "2");
        await RowsAreAsync("SELECT status, statements_done FROM schema_migrations", "applied|6");
    }

    [TestMethod]
    public async Task Routines_are_applied_with_and_without_a_delimiter()
    {
        Project.Write("001_a.sql", "DELIMITER //\nCREATE PROCEDURE p()\nBEGIN\n  SELECT 1;\n  SELECT 2;\nEND //\nDELIMITER ;\nCREATE FUNCTION f() RETURNS int DETERMINISTIC\nBEGIN\n  RETURN 7;\nEND;\nCALL p();\n");

        (await Project.MigrateAsync()).Applied("001_a.sql").WithoutWarnings();

        Assert.AreEqual("7", (await Database.RowsAsync("SELECT f()")).Single());
    }
}

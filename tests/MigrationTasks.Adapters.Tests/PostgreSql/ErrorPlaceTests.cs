using MigrationTasks.ContractTests;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>Where in the file an error is, in all the ways that PostgreSQL tells it.</summary>
[TestClass]
public sealed class ErrorPlaceTests : PostgreSqlTest
{
    [TestMethod]
    [DataRow("SELECT 1;\n\n  SELEC 2;\n", 3, 3, "SELEC", DisplayName = "A typo is at its word")]
    [DataRow("SELECT 1;\r\n\t/* ; */ SELECT\t'😀', nope;\r\n", 2, 22, "nope", DisplayName = "Tabs, CRLF and emoji are one character each")]
    [DataRow("CREATE FUNCTION f() RETURNS int LANGUAGE plpgsql AS $$\nBEGIN\n  RETURN 1\nEND $$;\n", 4, 5, "syntax error", DisplayName = "A typo in a function body is in the body")]
    [DataRow("DO $$\nBEGIN\n  PERFORM 1;\n  PERFORM 1 / 0;\nEND $$;\n", 4, 3, "division by zero", DisplayName = "A failure in a block is at its line")]
    [DataRow("DO $$\nBEGIN\n  INSERT INTO\n    nosuch VALUES (1);\nEND $$;\n", 4, 5, "nosuch", DisplayName = "A query in a block is at its word")]
    [DataRow("CREATE FUNCTION f(x int) RETURNS int LANGUAGE plpgsql AS $body$\nBEGIN\n  RETURN x / 0;\nEND $body$;\n\nSELECT f(1);\n", 3, 3, "division", DisplayName = "A failure in a function of the same file is in the function")]
    [DataRow("CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$\n  SELECT nope\n$$;\n", 2, 10, "nope", DisplayName = "A query of an SQL function is at its word")]
    [DataRow("CREATE TABLE a (id int PRIMARY KEY);\nINSERT INTO a VALUES (1);\n INSERT INTO a VALUES (1);\n", 3, 2, "a_pkey", DisplayName = "A violated constraint is at its statement")]
    public async Task An_error_is_where_the_author_can_mend_it(string sql, int line, int column, string word)
    {
        Project.Write("001_a.sql", sql);

        (await Project.MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), line, column).Says(word).Says("SQLSTATE").Says("rolled back");
    }

    [TestMethod]
    [DataRow("CREATE TABLE a (id int);\nGO\nCREATE TABLE b (id int);\n", 2, 1, "GO is a command of SQL Server's clients")]
    [DataRow("CREATE TABLE a (id int)\r\n  go 2\r\nCREATE TABLE b (id int)\r\n", 2, 3, "GO is a command of SQL Server's clients")]
    [DataRow("SELECT 1;\nDELIMITER //\nSELECT 2 //\n", 2, 1, "DELIMITER is a command of the mysql client")]
    public async Task A_command_of_another_databases_client_is_named(string sql, int line, int column, string says) =>
        (await Project.Write("001_a.sql", sql).MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), line, column).Says(says).Says("end each statement with a semicolon");

    [TestMethod]
    public async Task What_reads_like_a_command_of_another_client_may_be_SQL()
    {
        (await Project.Write("001_a.sql", "CREATE TABLE a AS SELECT 1\nGO\n;\nSELECT 2\n  delimiter\n;\n").MigrateAsync()).Applied("001_a.sql");
        var problem = (await Project.Write("002_b.sql", "SELECT nope\nGO\n").MigrateAsync()).FailedWith("MIG4005");

        Assert.DoesNotContain("SQL Server", problem.Message);
    }

    [TestMethod]
    public async Task A_deferred_constraint_fails_its_own_migration()
    {
        Project.Write("001_a.sql", "CREATE TABLE a (id int PRIMARY KEY);\nCREATE TABLE b (a int REFERENCES a DEFERRABLE INITIALLY DEFERRED);\n")
            .Write("002_b.sql", "INSERT INTO b VALUES (7);\n")
            .Write("003_c.sql", "CREATE TABLE c (id int);\n");

        var report = await Project.MigrateAsync();

        Assert.AreEqual(Project.PathOf("002_b.sql"), report.HasApplied("001_a.sql").FailedWith("MIG4005").Says("b_a_fkey").Location.File);
    }

    [TestMethod]
    public async Task Row_values_stay_out_of_the_message_unless_they_are_asked_for()
    {
        const string Sql = "CREATE TABLE a (mail text UNIQUE);\nINSERT INTO a VALUES ('private@example.com');\nINSERT INTO a VALUES ('private@example.com');\n";

        var silent = (await Project.Write("001_a.sql", Sql).MigrateAsync()).FailedWith("MIG4005").Says("include_error_detail=true");
        Assert.DoesNotContain("private@", silent.Message);

        (await ProjectAt(Database.UrlWith("sslmode=disable&include_error_detail=true")).Write("001_a.sql", Sql).MigrateAsync()).FailedWith("MIG4005").Says("private@example.com");
    }

    [TestMethod]
    public async Task Hints_are_kept()
    {
        Project.Write("001_a.sql", "CREATE TABLE people (name text);\nSELECT nam FROM people;\n");

        (await Project.MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), 2, 8).Says("Hint: Perhaps you meant");
    }

    [TestMethod]
    public async Task Notices_belong_to_their_migration_and_warnings_are_warnings_at_its_file()
    {
        Project.Write("001_a.sql", "SELECT 1;").Write("002_b.sql", "DO $$ BEGIN RAISE NOTICE 'by the way'; RAISE WARNING 'be careful'; END $$;");
        var observer = new NoticeObserver();

        var report = (await Project.MigrateAsync(observer)).Applied("001_a.sql", "002_b.sql");

        Assert.AreEqual(Project.PathOf("002_b.sql"), report.WarnedOf("MIG4008").Says("be careful").Location.File);
        Assert.AreEqual("002_b.sql: by the way.", string.Join('\n', observer.Notices));
    }

    [TestMethod]
    public async Task A_statement_timeout_is_told_with_its_limit()
    {
        Project.CommandTimeout = TimeSpan.FromMilliseconds(300);
        Project.Write("001_a.sql", "SELECT 1;\nSELECT pg_sleep(20);\n");

        (await Project.MigrateAsync()).FailedWith("MIG4012").At(Project.PathOf("001_a.sql"), 2, 1).Says("0.3 s").Says("MigrateCommandTimeout");
    }

    private sealed class NoticeObserver : Engine.Databases.IRunObserver
    {
        public List<string> Notices { get; } = [];

        public void Noticed(Engine.Migrations.MigrationScript? script, string text) => Notices.Add($"{script}: {text}");
    }
}

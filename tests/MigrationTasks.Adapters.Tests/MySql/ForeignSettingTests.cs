using MigrationTasks.ContractTests;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.MySql;

/// <summary>What a file, the session or the server has set changes nothing of what a run records.</summary>
[TestClass]
public sealed class ForeignSettingTests : MySqlTest
{
    [TestMethod]
    [DataRow("AUTOCOMMIT = 0")]
    [DataRow("@OLD_AUTOCOMMIT = @@AUTOCOMMIT, AUTOCOMMIT = 0")]
    [DataRow("@@session.autocommit = OFF")]
    [DataRow("completion_type = 1")]
    [DataRow("completion_type = 'RELEASE'")]
    [DataRow("SESSION TRANSACTION ISOLATION LEVEL SERIALIZABLE")]
    [DataRow("sql_mode = 'ANSI_QUOTES,NO_ZERO_DATE'")]
    [DataRow("time_zone = '+05:00'")]
    [DataRow("foreign_key_checks = 0, unique_checks = 0, sql_safe_updates = 1, sql_select_limit = 1")]
    public async Task What_a_file_sets_leaves_it_applied_once_and_the_next_ones_alone(string setting)
    {
        Project.Write("001_a.sql", $"SET {setting};\nSTART TRANSACTION;\nCREATE TABLE a (i INT);\nINSERT INTO a VALUES (1);\nCOMMIT;\n")
            .Write("002_b.sql", "INSERT INTO a VALUES (2);\n").Write("003_c.sql", "CREATE TABLE c (i INT);\nINSERT INTO c VALUES (@@autocommit + 10 * (@@completion_type = 'NO_CHAIN'));\n");

        (await Project.MigrateAsync()).Applied("001_a.sql", "002_b.sql", "003_c.sql");

        await RowsAreAsync("SELECT status FROM schema_migrations", "applied", "applied", "applied");
        await RowsAreAsync("SELECT i FROM a ORDER BY i", "1", "2");
        await RowsAreAsync("SELECT i FROM c", "11");
        (await Project.MigrateAsync()).Applied();
    }

    [TestMethod]
    public async Task A_file_without_autocommit_that_fails_goes_on_where_it_failed()
    {
        Project.Write("001_a.sql", "SET autocommit = 0;\nCREATE TABLE a (i INT);\nINSERT INTO a VALUES (1);\nCOMMIT;\nCREATE TABLE b (i INT);\nINSERT INTO missing VALUES (1);\nCOMMIT;\n");
        (await Project.MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), 6, 13);

        (await Project.Write("001_a.sql", "SET autocommit = 0;\nCREATE TABLE a (i INT);\nINSERT INTO a VALUES (1);\nCOMMIT;\nCREATE TABLE b (i INT);\nINSERT INTO b VALUES (1);\nCOMMIT;\n").MigrateAsync()).Applied("001_a.sql");

        await RowsAreAsync("SELECT i FROM a UNION ALL SELECT i FROM b", "1", "1");
        await RowsAreAsync("SELECT status FROM schema_migrations", "applied");
    }

    [TestMethod]
    public async Task A_procedure_that_turns_autocommit_off_holds_back_no_entry()
    {
        Project.Write("001_a.sql", "CREATE TABLE a (i INT);\nDELIMITER //\nCREATE PROCEDURE off() BEGIN SET autocommit = 0; INSERT INTO a VALUES (1); END //\nDELIMITER ;\nCALL off();\nINSERT INTO a VALUES (2);\n");

        (await Project.MigrateAsync()).Applied("001_a.sql");

        await RowsAreAsync("SELECT status FROM schema_migrations", "applied");
        await RowsAreAsync("SELECT i FROM a ORDER BY i", "1", "2");
    }

    [TestMethod]
    [DataRow("autocommit", "0", false)]
    [DataRow("completion-type", "2", false)]
    [DataRow("completion-type", "1", false)]
    [DataRow("init-connect", "SET autocommit = 0", true)]
    [DataRow("init-connect", "SET completion_type = 1, time_zone = '+09:00', sql_select_limit = 1, sql_safe_updates = 1", true)]
    [DataRow("init-connect", "SET SESSION TRANSACTION READ ONLY", true)]
    [DataRow("init-connect", "SET NAMES latin1", true)]
    public async Task What_the_server_has_set_changes_nothing(string option, string value, bool asOrdinaryUser)
    {
        await using var server = await Require.ServerAsync(() => MySqlServer.StartLocalAsync(new Dictionary<string, string> { [option] = value }));
        await using var database = await server.CreateDatabaseAsync();
        if (asOrdinaryUser)
        {
            // A server spares those who may do everything its init_connect.
            await database.ExecuteAsync("CREATE USER app IDENTIFIED BY 'app-1'; GRANT ALL ON *.* TO app; REVOKE SUPER, CONNECTION ADMIN ON *.* FROM app");
        }

        var url = asOrdinaryUser ? new UriBuilder(database.Url) { UserName = "app", Password = "app-1" }.Uri.ToString() : database.Url;
        var project = ProjectAt(url);
        project.Write("001_a.sql", "CREATE TABLE a (i INT, t VARCHAR(9));\nINSERT INTO a VALUES (1, 'é');\n").Write("002_b.sql", "INSERT INTO a VALUES (2, 'é');\n-- Rollback: DELETE FROM a WHERE i = 2;\n");

        (await project.MigrateAsync()).Applied("001_a.sql", "002_b.sql");
        (await project.MigrateAsync()).Applied();

        Assert.AreEqual("applied, applied", string.Join(", ", await database.RowsAsync("SELECT status FROM schema_migrations LIMIT 9")));
        Assert.AreEqual("1 é, 2 é", string.Join(", ", await database.RowsAsync("SELECT CONCAT(i, ' ', t) FROM a ORDER BY i LIMIT 9")));
    }

    [TestMethod]
    [DataRow("SET NAMES latin1;")]
    [DataRow("SET CHARACTER SET latin1;")]
    [DataRow("SET character_set_client = 'latin1';")]
    [DataRow("SET NAMES utf8mb4, character_set_client = latin1;")]
    [DataRow("SET character_set_client = latin1, character_set_results = utf8mb4;")]
    [DataRow("/*!40101 SET @OLD = @@CHARACTER_SET_CLIENT */;\n/*!40101 SET NAMES latin1 */;")]
    [DataRow("/*!50003 SET character_set_client  = cp1250 */ ;")]
    public async Task Text_arrives_as_it_is_in_the_file_whatever_encoding_the_file_asks_for(string setting)
    {
        Project.Write("001_a.sql", $"CREATE TABLE a (t VARCHAR(9)) DEFAULT CHARSET utf8mb4;\n{setting}\nINSERT INTO a VALUES ('café');\n")
            .Write("002_b.sql", $"{setting}\nINSERT INTO a VALUES ('über');\n");

        (await Project.MigrateAsync()).Applied("001_a.sql", "002_b.sql");

        await RowsAreAsync("SELECT CONCAT(t, CHAR_LENGTH(t)) FROM a", "café4", "über4");
    }

    [TestMethod]
    [DataRow("001_a.sql", "INSERT INTO a VALUES (1);\nLOAD DATA LOCAL INFILE '{0}' INTO TABLE a;\n", "AllowLoadLocalInfile=true")]
    [DataRow("001_a.sql", "LOAD DATA LOW_PRIORITY LOCAL INFILE '{0}' INTO TABLE a;\nCREATE TABLE b (i INT);\n", "AllowLoadLocalInfile=true")]
    [DataRow("001_a.sql", "/*!40101 LOAD DATA LOCAL INFILE '{0}' INTO TABLE a */;\n", "AllowLoadLocalInfile=true")]
    [DataRow("001_a.sql", "LOAD DATA LOCAL INFILE '{0}' INTO TABLE a;\n", "")]
    public async Task A_local_file_that_cannot_be_read_is_a_failure_at_its_statement(string name, string sql, string setting)
    {
        await Database.ExecuteAsync("CREATE TABLE a (i INT)");
        var project = ProjectAt($"{Database.Url}{(setting.Length == 0 ? "" : Database.Url.Contains('?', StringComparison.Ordinal) ? "&" : "?")}{setting}");
        project.Write(name, sql.Replace("{0}", project.PathOf("rows.txt"), StringComparison.Ordinal)).Write("rows.txt", "1\n2\n");

        (await project.MigrateAsync()).FailedWith("MIG4005");

        await RowsAreAsync("SELECT * FROM a");
        await RowsAreAsync("SELECT status FROM schema_migrations WHERE status = 'applied'");
        (await project.MigrateAsync()).FailedWith("MIG4005");
    }

    [TestMethod]
    public async Task A_comment_for_another_server_is_passed_over_as_its_client_does()
    {
        Project.Write("001_a.sql", "CREATE TABLE a (i INT);\n/*!80002 analyze table a update histogram on i with 10 buckets */;\nINSERT INTO a VALUES (1);\n/*!50701 SET @a = 1 */;\n")
            .Write("002_b.sql", "INSERT INTO a VALUES (2);\n/*!90101 SET @b = 1 */;\nINSERT INTO a VALUES (3);\n/*M!100100 INSERT INTO a VALUES (4) */;\n");

        (await Project.MigrateAsync()).Applied("001_a.sql", "002_b.sql");

        await RowsAreAsync("SELECT i FROM a ORDER BY i", "1", "2", "3", "4");
    }

    [TestMethod]
    public async Task One_long_statement_behind_short_ones_is_no_longer_than_it_is()
    {
        var limit = int.Parse((await Database.RowsAsync("SELECT @@max_allowed_packet")).Single(), System.Globalization.CultureInfo.InvariantCulture);
        var start = "INSERT INTO a VALUES ('";
        var rows = string.Concat(Enumerable.Range(0, 300).Select(i => $"INSERT INTO a VALUES ('{i}');\n"));
        Project.Write("001_a.sql", "CREATE TABLE a (t LONGTEXT);\n").Write("002_b.sql", $"{rows}{start}{new string('x', limit - start.Length - 8)}');\n");

        (await Project.MigrateAsync()).Applied("001_a.sql", "002_b.sql");

        await RowsAreAsync("SELECT COUNT(*) FROM a", "301");
        (await Project.Write("003_c.sql", $"{rows}{start}{new string('x', limit)}');\n").MigrateAsync()).HasApplied().FailedWith("MIG4024").At(Project.PathOf("003_c.sql"), 301, 1);
        await RowsAreAsync("SELECT COUNT(*) FROM a", "301");
    }

    [TestMethod]
    [DataRow("FLUSH TABLES a WITH READ LOCK;\nSELECT COUNT(*) FROM a;\nUNLOCK TABLES;\n")]
    [DataRow("FLUSH TABLES WITH READ LOCK;\nUNLOCK TABLES;\n")]
    [DataRow("-- Transaction: none\nXA START 'x';\nINSERT INTO a VALUES (1);\nXA END 'x';\nXA PREPARE 'x';\nXA COMMIT 'x';\n")]
    [DataRow("-- Transaction: none\nXA BEGIN 'x';\nINSERT INTO a VALUES (1);\nXA END 'x';\nXA COMMIT 'x' ONE PHASE;\n")]
    public async Task What_keeps_the_history_from_being_written_for_a_while_is_recorded_behind_it(string sql)
    {
        await Database.ExecuteAsync("CREATE TABLE a (i INT)");

        (await Project.Write("001_a.sql", sql).MigrateAsync()).Applied("001_a.sql");

        await RowsAreAsync("SELECT status FROM schema_migrations", "applied");
    }
}

using MigrationTasks.Engine.Scripts;
using MigrationTasks.MySql.Scripts;
using MigrationTasks.TestServers;
using MySqlConnector;

namespace MigrationTasks.Adapters.Tests.MySql;

/// <summary>A script makes the same database whether the <c>mariadb</c> client runs it or its statements are sent one by one.</summary>
[TestClass]
public sealed class ClientScriptTests
{
    // Something of all that has a syntax of its own in a script for the client.
    private const string Rich = """
        -- A header; with a quote '
        ----------------------------
        --no space; no statement
        # another; one /*
        /*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */;
        /*M!100100 SET @a = 'x;y' */;
        /*!999999 nobody runs this */
        CREATE TABLE `odd ``;name` (`a;b` INT COMMENT 'it''s; \'quoted\' \\', x TEXT) COMMENT "say ""hi;"" \"there\"";
        CREATE TABLE orders (id INT AUTO_INCREMENT PRIMARY KEY, total INT /* ; */ DEFAULT (5--1), note VARCHAR(200) DEFAULT '/*!50003 */', -- ;
          begin INT, end INT /*!50100 , KEY k (total) */) /*!50100 PARTITION BY HASH (id) PARTITIONS 2 */;
        INSERT INTO orders (total, note, begin, end) VALUES (1, 'a\r\n;b', 1, 2), (2, "c\";d", \N, 4), (3, '--', 5--1, 6), (4, '#', 7 -- ;
          , 8), (5, '\\', 9 # ;
          , 10), (6, N'x;', 0x41, b'1');
        SELECT /*+ NO_ICP(orders) ; */ @end := end FROM orders AS t WHERE t.end = 4;
        CREATE VIEW v AS SELECT CASE total WHEN 1 THEN 'one;' ELSE IF(total > 2, 'many', REPEAT('x', 2)) END AS label, end FROM orders;
        BEGIN; INSERT INTO orders (total) VALUES (7); COMMIT;
        CREATE TRIGGER bi BEFORE INSERT ON orders FOR EACH ROW SET NEW.note = IF(NEW.note = ';', 'semicolon', NEW.note);
        DELIMITER $$
        CREATE OR REPLACE DEFINER=`root`@`127.0.0.1` PROCEDURE `archive`(IN days INT, OUT moved INT)
          MODIFIES SQL DATA COMMENT 'moves; rows'
        main: BEGIN
          DECLARE done INT DEFAULT 0;
          DECLARE c CURSOR FOR SELECT id FROM orders WHERE CASE WHEN days > 0 THEN 1 ELSE 0 END;
          DECLARE CONTINUE HANDLER FOR NOT FOUND SET done = 1;
          DECLARE EXIT HANDLER FOR SQLEXCEPTION, SQLSTATE '45000' BEGIN ROLLBACK; RESIGNAL; END;
          OPEN c;
          line: LOOP
            FETCH c INTO moved;
            IF done THEN LEAVE line; ELSEIF moved IS NULL THEN ITERATE line; END IF;
            CASE moved WHEN 1 THEN SELECT 1; ELSE BEGIN END; END CASE;
            WHILE moved < 10 DO SET moved = IF(moved, moved + 1, 1); END WHILE;
            REPEAT SET moved = moved - 1; UNTIL moved = CASE WHEN 1 THEN 0 END END REPEAT;
          END LOOP line;
          CLOSE c;
        END main$$
        CREATE TRIGGER bj BEFORE INSERT ON orders FOR EACH ROW FOLLOWS bi BEGIN SET @n = NEW.end; SET @m = '$'; END $$
        DELIMITER //
        CREATE FUNCTION half(a INT) RETURNS VARCHAR(9) CHARACTER SET utf8mb4 DETERMINISTIC RETURN CASE a WHEN 1 THEN 'x;' ELSE a/2 END//
        DELIMITER ;
        CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY STARTS '2037-01-01 00:00:00' DO CALL archive(1, @a);
        /*!40101 SET SQL_MODE=@OLD_SQL_MODE */;
        """;

    // The same bodies, as the client could not run them.
    private const string WithoutDelimiter = """
        CREATE PROCEDURE p(a INT) main: BEGIN IF a THEN LEAVE main; END IF; BEGIN NOT ATOMIC SELECT a; END; END main;
        CREATE FUNCTION f(a INT) RETURNS INT DETERMINISTIC BEGIN DECLARE end INT; FOR i IN 1..3 DO SET end = i; END FOR; RETURN end; END;
        CREATE TRIGGER t BEFORE INSERT ON a FOR EACH ROW IF NEW.b < 0 THEN SET NEW.b = 0; END IF;
        CREATE EVENT e ON SCHEDULE EVERY 1 DAY STARTS '2037-01-01 00:00:00' DO BEGIN DELETE FROM a; DELETE FROM a; END;
        BEGIN NOT ATOMIC DECLARE n INT DEFAULT 1; WHILE n < 4 DO INSERT INTO a VALUES (n); SET n = n + 1; END WHILE; END;
        IF (SELECT count(*) FROM a) = 3 THEN INSERT INTO a VALUES (4); END IF;
        """;

    [TestMethod]
    public async Task A_script_for_the_client_makes_the_same_database()
    {
        var server = await Require.ServerAsync(Servers.LocalMariaDbAsync);
        await using var expected = await server.CreateDatabaseAsync();
        await using var actual = await server.CreateDatabaseAsync();

        RunByClient(expected, Rich);
        await RunByStatementsAsync(actual, Rich);

        Assert.AreEqual(DumpOf(expected), DumpOf(actual));
    }

    [TestMethod]
    [DataRow("", DisplayName = "as it is")]
    [DataRow("--skip-extended-insert --skip-quote-names", DisplayName = "with names as they are")]
    [DataRow("--no-autocommit --add-drop-trigger", DisplayName = "in transactions")]
    [DataRow("--hex-blob --skip-comments --tz-utc --order-by-primary", DisplayName = "without comments")]
    public async Task A_dump_makes_the_same_database(string options)
    {
        var server = await Require.ServerAsync(Servers.LocalMariaDbAsync);
        await using var source = await server.CreateDatabaseAsync();
        await using var target = await server.CreateDatabaseAsync();
        RunByClient(source, Rich);

        await RunByStatementsAsync(target, source.Dump(options.Split(' ', StringSplitOptions.RemoveEmptyEntries)));

        Assert.AreEqual(DumpOf(source), DumpOf(target));
    }

    [TestMethod]
    public async Task Bodies_need_no_delimiter()
    {
        var server = await Require.ServerAsync(Servers.LocalMariaDbAsync);
        await using var expected = await server.CreateDatabaseAsync();
        await using var actual = await server.CreateDatabaseAsync();
        const string Table = "CREATE TABLE a (b INT);\n";

        RunByClient(expected, $"{Table}DELIMITER |\n{WithoutDelimiter.Replace(";\n", "|\n", StringComparison.Ordinal)}|");
        await RunByStatementsAsync(actual, Table + WithoutDelimiter);

        Assert.AreEqual(DumpOf(expected), DumpOf(actual));
        Assert.AreEqual(4L, await actual.QueryScalarAsync<long>("SELECT count(*) FROM a"));
    }

    private static string DumpOf(MySqlDatabase database) => database.Dump("--skip-comments").Replace(database.Name, "name", StringComparison.Ordinal);

    private static void RunByClient(MySqlDatabase database, string script)
    {
        using var folder = new TemporaryFolder();
        var (exitCode, output) = database.RunScript(folder.Write("script.sql", script), "--default-character-set=utf8mb4");
        Assert.AreEqual(0, exitCode, output);
    }

    private static async Task RunByStatementsAsync(MySqlDatabase database, string script)
    {
        // What the client leaves to the server, this must too.
        var connectionString = new MySqlConnectionStringBuilder(database.ConnectionString) { AllowUserVariables = true }.ConnectionString;
        await using var connection = new MySqlConnection(connectionString);
        await connection.OpenAsync();
        foreach (var statement in MySqlDialect.Instance.ReadStatements(new StringReader(script), null).Where(statement => statement.Kind != StatementKind.Empty))
        {
            try
            {
                await using var command = new MySqlCommand(statement.Text, connection);
                await command.ExecuteNonQueryAsync();
            }
            catch (MySqlException exception)
            {
                Assert.Fail($"{exception.Message}\nLine {statement.Line}: {statement.Text}");
            }
        }
    }
}

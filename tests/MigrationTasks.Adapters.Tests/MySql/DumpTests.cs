using System.Text.RegularExpressions;
using MigrationTasks.ContractTests;
using MigrationTasks.MySql;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.MySql;

/// <summary>What <c>mariadb-dump</c> writes is a migration as it is.</summary>
[TestClass]
public sealed partial class DumpTests : MySqlTest
{
    private const string Schema = """
        CREATE TABLE customers (id INT AUTO_INCREMENT PRIMARY KEY, name VARCHAR(99), photo BLOB, KEY by_name (name)) COMMENT 'it''s; "all"';
        CREATE TABLE orders (id INT PRIMARY KEY, customer INT, total DECIMAL(9, 2), at TIMESTAMP NULL, FOREIGN KEY (customer) REFERENCES customers (id));
        CREATE TABLE log (id INT AUTO_INCREMENT PRIMARY KEY, note TEXT) ENGINE = MyISAM;
        INSERT INTO customers VALUES (0, 'ann; \'\\ --', 0x00FF27), (7, 'ö😀
        /*', NULL);
        INSERT INTO orders VALUES (1, 7, 1.5, '2026-01-02 03:04:05'), (2, NULL, NULL, NULL);
        CREATE VIEW paid AS SELECT o.id, c.name FROM orders o JOIN customers c ON c.id = o.customer;
        CREATE TRIGGER logged AFTER INSERT ON orders FOR EACH ROW BEGIN -- it's; a comment
          INSERT INTO log (note) VALUES (concat('order;', NEW.id));
        END;
        CREATE PROCEDURE archive(IN days INT) BEGIN DECLARE n INT; IF days > 0 THEN SELECT count(*) INTO n FROM orders; END IF; END;
        CREATE FUNCTION half(a INT) RETURNS INT DETERMINISTIC RETURN a / 2;
        CREATE EVENT nightly ON SCHEDULE EVERY 1 DAY STARTS '2037-01-01 00:00:00' DO BEGIN CALL archive(1); END;
        INSERT INTO orders VALUES (3, 7, 2, NULL);
        """;

    [TestMethod]
    [DataRow("--skip-routines --skip-triggers --skip-events", DisplayName = "tables, views and rows")]
    [DataRow("--routines --triggers --events", DisplayName = "with routines, triggers and events")]
    [DataRow("--skip-opt", DisplayName = "without locks, a statement a row")]
    [DataRow("--single-transaction --no-autocommit --add-drop-trigger", DisplayName = "in transactions")]
    public Task A_dump_makes_the_same_database(string options) => MakesTheSameAsync(options.Split(' ', StringSplitOptions.RemoveEmptyEntries), dump => dump);

    [TestMethod]
    public Task A_dump_whose_locks_only_some_servers_take_makes_the_same_database() => MakesTheSameAsync([], dump =>
    {
        var changed = Lock().Replace(dump, "/*!40000 $1 */;");
        Assert.Contains("/*!40000 LOCK TABLES `orders` WRITE */;", changed);
        Assert.Contains("/*!40000 UNLOCK TABLES */;", changed);
        return changed;
    });

    private async Task MakesTheSameAsync(string[] options, Func<string, string> change)
    {
        await using var source = await Server.CreateDatabaseAsync();
        using (var original = new MigrationProject(new MySqlDefinition(), source.Url))
        {
            (await original.Write("001_a.sql", Schema).MigrateAsync()).Succeeded();
        }

        var dump = change(source.Dump([$"--ignore-table={source.Name}.schema_migrations", .. options]));

        (await Project.Write("001_dump.sql", dump).MigrateAsync()).Applied("001_dump.sql");

        Assert.AreEqual(DumpOf(source, options), DumpOf(Database, options));
    }

    // Comments say where from it is.
    private static string DumpOf(MySqlDatabase database, params IEnumerable<string> options) =>
        database.Dump([$"--ignore-table={database.Name}.schema_migrations", .. options, "--skip-comments"]).Replace(database.Name, "name", StringComparison.Ordinal);

    [GeneratedRegex("^((UN)?LOCK TABLES.*);$", RegexOptions.Multiline)]
    private static partial Regex Lock();
}

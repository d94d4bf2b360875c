using MigrationTasks.ContractTests;
using MigrationTasks.MySql;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.MySql;

/// <summary>The same migration means the same on every server.</summary>
[TestClass]
public sealed class SqlModeTests
{
    [TestMethod]
    public async Task A_backslash_escapes_in_a_migration_whatever_the_server_or_the_migration_says()
    {
        await using var server = await Require.ServerAsync(() => MySqlServer.StartLocalAsync(new Dictionary<string, string> { ["sql-mode"] = "STRICT_TRANS_TABLES,NO_BACKSLASH_ESCAPES" }));
        await using var database = await server.CreateDatabaseAsync();
        using var project = new MigrationProject(new MySqlDefinition(), database.Url);
        project.Write("001_a.sql", "CREATE TABLE a (note VARCHAR(99));\nINSERT INTO a VALUES ('it\\'s; 1');\n")
            .Write("002_b.sql", "INSERT INTO a VALUES ('it\\'s; 2');\nINSERT INTO a VALUES (@@sql_mode);\n");

        (await project.MigrateAsync()).Applied("001_a.sql", "002_b.sql");

        (await project.Write("003_c.sql", "CREATE TABLE c (id INT);\nSET sql_mode = CONCAT(@@sql_mode, ',NO_BACKSLASH_ESCAPES');\nINSERT INTO a VALUES ('C:\\');\n").MigrateAsync())
            .HasApplied().FailedWith("MIG2027").At(project.PathOf("003_c.sql"), 2, 1);
        Assert.AreEqual("it's; 1, it's; 2, STRICT_TRANS_TABLES", string.Join(", ", await database.RowsAsync("SELECT note FROM a")));
    }
}

using MigrationTasks.ContractTests;

namespace MigrationTasks.Adapters.Tests.Sqlite;

/// <summary>Lines by which other databases' clients are told something: whose they are is told where they fail.</summary>
[TestClass]
public sealed class SqliteForeignCommandTests : SqliteProject
{
    [TestMethod]
    [DataRow("CREATE TABLE a (id int);\nGO\nCREATE TABLE b (id int);\n", 2, 1, "GO is a command of SQL Server's clients")]
    [DataRow("-- Transaction: none\nINSERT INTO a VALUES (1)\nGO\nINSERT INTO a VALUES (2)\nGO\n", 3, 1, "GO is a command of SQL Server's clients")]
    [DataRow("CREATE TABLE a (id int)\nGO\n", 1, 1, "GO is a command of SQL Server's clients")]
    [DataRow("DELIMITER //\nCREATE TABLE a (id int) //\nDELIMITER ;\n", 1, 1, "DELIMITER is a command of the mysql client")]
    public async Task A_command_of_another_databases_client_is_named(string sql, int line, int column, string says) =>
        (await Project.Write("001_a.sql", sql).MigrateAsync()).FailedWith("MIG4005").At(Project.PathOf("001_a.sql"), line, column).Says(says).Says("end each statement with a semicolon");

    [TestMethod]
    public async Task What_reads_like_one_may_be_SQL() =>
        (await Project.Write("001_a.sql", "CREATE TABLE a AS SELECT 1\nGO\n;\n").MigrateAsync()).Applied("001_a.sql");
}

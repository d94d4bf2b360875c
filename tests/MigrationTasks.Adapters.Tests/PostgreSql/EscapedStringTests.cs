using MigrationTasks.ContractTests;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>Files and databases where a backslash escapes in plain strings.</summary>
[TestClass]
public sealed class EscapedStringTests : PostgreSqlTest
{
    private const string Off = "set standard_conforming_strings = off;\n";

    [TestMethod]
    [DataRow("")]
    [DataRow("-- Transaction: none\n")]
    public async Task A_file_that_turns_it_on_for_itself_is_read_so_by_all(string header)
    {
        const string Rest = "create table a (note text);\ninsert into a values ('it\\'s; ok :note');\nset standard_conforming_strings = on;\ninsert into a values ('c:\\');\n";
        var script = (await Project.Write("001_a.sql", header + Off + Rest).Write("002_b.sql", "insert into a values ('d:\\');").DryRunAsync()).Succeeded().ScriptFile!;

        (await Project.MigrateAsync()).Applied("001_a.sql", "002_b.sql");

        string[] rows = ["it's; ok :note", "c:\\", "d:\\"];
        CollectionAssert.AreEqual(rows, (await Database.RowsAsync("SELECT note FROM a")).ToArray());
        await using var twin = await Server.CreateDatabaseAsync();
        Assert.AreEqual(0, twin.RunScript(script).ExitCode);
        CollectionAssert.AreEqual(rows, (await twin.RowsAsync("SELECT note FROM a")).ToArray());
    }

    [TestMethod]
    public async Task A_database_that_has_it_so_is_refused_with_the_cure()
    {
        await Database.ExecuteAsync($"ALTER DATABASE {Database.Name} SET standard_conforming_strings = off");
        (await Project.Write("001_a.sql", "CREATE TABLE a AS SELECT 'c:\\' AS note;").MigrateAsync()).FailedWith("MIG4029").Says("options=-c%20standard_conforming_strings=on");

        (await ProjectAt(Database.UrlWith("sslmode=disable&options=-c%20standard_conforming_strings=on")).Write("001_a.sql", "CREATE TABLE a AS SELECT 'c:\\' AS note;\nRESET standard_conforming_strings;\nINSERT INTO a VALUES ('d:\\');").MigrateAsync()).Applied("001_a.sql");

        Assert.AreEqual("c:\\, d:\\", string.Join(", ", await Database.RowsAsync("SELECT note FROM a")));
    }
}

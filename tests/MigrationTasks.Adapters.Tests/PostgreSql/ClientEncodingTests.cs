using MigrationTasks.ContractTests;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.PostgreSql;

/// <summary>Files are UTF-8 and arrive as that, whatever they, the database or the connection say of another encoding.</summary>
[TestClass]
public sealed class ClientEncodingTests : PostgreSqlTest
{
    private const string Inserts = "CREATE TABLE a (note text);\nINSERT INTO a VALUES ('café');\n";

    [TestMethod]
    [DataRow("SET client_encoding = 'LATIN1';")]
    [DataRow("set session \"client_encoding\" to latin1;")]
    [DataRow("SET LOCAL client_encoding TO 'WIN1252';")]
    [DataRow("SET NAMES 'LATIN1';")]
    [DataRow("SELECT pg_catalog.set_config('client_encoding', 'LATIN1', false);")]
    [DataRow("SELECT 1, set_config('client_encoding', lower('LATIN1'), (true)), set_config('client_encoding', 'SQL_ASCII', false) AS b;")]
    [DataRow("SET client_encoding = DEFAULT;")]
    [DataRow("RESET client_encoding;")]
    [DataRow("RESET ALL;")]
    [DataRow("\\encoding LATIN1")]
    [DataRow("-- Transaction: none\nSET client_encoding = 'LATIN1';")]
    [DataRow("-- Transaction: none\nDISCARD ALL;")]
    public async Task What_a_file_says_of_another_encoding_is_passed_over(string line)
    {
        await Database.ExecuteAsync($"ALTER DATABASE {Database.Name} SET client_encoding = 'LATIN1'");
        var script = (await Project.Write("001_a.sql", $"{line}\n{Inserts}").DryRunAsync()).Succeeded().ScriptFile!;

        (await Project.MigrateAsync()).Applied("001_a.sql");

        await AssertStoredAsync(Database);
        await using var twin = await Server.CreateDatabaseAsync();
        await twin.ExecuteAsync($"ALTER DATABASE {twin.Name} SET client_encoding = 'LATIN1'");
        Assert.AreEqual(0, twin.RunScript(script).ExitCode);
        await AssertStoredAsync(twin);
    }

    [TestMethod]
    [DataRow("WITH (FORMAT csv, ENCODING 'LATIN1')")]
    [DataRow("(encoding latin1, format csv, force_null (note))")]
    [DataRow("ENCODING 'LATIN1' CSV")]
    public async Task Rows_in_a_file_are_in_the_encoding_of_the_file(string options)
    {
        (await Project.Write("001_a.sql", $"CREATE TABLE a (note text);\nCOPY a (note) FROM stdin {options};\ncafé\n\\.\n").MigrateAsync()).Applied("001_a.sql");

        await AssertStoredAsync(Database);
    }

    [TestMethod]
    [DataRow("client_encoding=LATIN1")]
    [DataRow("options=-c%20client_encoding=LATIN1")]
    public async Task What_the_connection_says_of_another_encoding_is_passed_over(string setting)
    {
        (await ProjectAt(Database.UrlWith($"sslmode=disable&{setting}")).Write("001_a.sql", Inserts).MigrateAsync()).Applied("001_a.sql");

        await AssertStoredAsync(Database);
    }

    [TestMethod]
    public async Task A_block_that_changes_it_is_refused_at_its_line()
    {
        Project.Write("001_a.sql", $"SELECT 1;\nDO $$BEGIN PERFORM set_config('client_encoding', 'LATIN1', false); END$$;\n{Inserts}");

        (await Project.MigrateAsync()).FailedWith("MIG2038").At(Project.PathOf("001_a.sql"), 2, 1);
    }

    private static async Task AssertStoredAsync(TestDatabase database) =>
        Assert.AreEqual("636166c3a9", (await database.RowsAsync("SELECT encode(convert_to(note, 'UTF8'), 'hex') FROM a")).Single());
}

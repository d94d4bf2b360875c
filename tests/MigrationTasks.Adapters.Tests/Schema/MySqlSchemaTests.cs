using System.Text;
using MigrationTasks.Adapters.Tests.Golden;
using MigrationTasks.Adapters.Tests.MySql;
using MigrationTasks.ContractTests;
using MigrationTasks.Engine.Schema;
using MigrationTasks.MySql;
using MigrationTasks.MySql.Schema;
using MigrationTasks.TestServers;
using MySqlConnector;

namespace MigrationTasks.Adapters.Tests.Schema;

/// <summary>What is read of a MySQL schema: every change of it is seen and named, and nothing else is.</summary>
[TestClass]
public sealed class MySqlSchemaTests : MySqlTest
{
    private static readonly HashSet<string> OwnTables = ["schema_migrations"];

    [TestMethod]
    public async Task Every_change_is_found_and_named_and_nothing_else_is()
    {
        await using var connection = await OpenAsync(Database, "CREATE USER IF NOT EXISTS schema_reader");
        var told = new StringBuilder();
        var silent = new List<string>();
        var before = await ReadAsync(connection);
        foreach (var change in SchemaScript.Changes("mysql-changes.sql"))
        {
            await MySqlRows.ExecuteAsync(connection, change, CancellationToken.None);
            var after = await ReadAsync(connection);
            var differences = before.DifferencesTo(after);
            told.Append(SchemaScript.Tell(change, differences));
            silent.AddRange(differences.Count == 0 ? [change] : []);
            before = after;
        }

        Assert.AreEqual("", string.Join('\n', silent), "Nothing was told of these.");
        SchemaScript.AreSame(before, await ReadAsync(connection));
        GoldenFile.IsApproved("mariadb.schema-changes.txt", told.ToString());
    }

    [TestMethod]
    public async Task A_lock_file_gives_the_schema_back_and_so_does_a_dump_that_is_restored()
    {
        await using var connection = await OpenAsync(Database, SchemaScript.Read("mysql.sql"));
        var schema = await ReadAsync(connection);
        SchemaScript.IsLocked(schema, "mariadb.schema.lock");

        await using var copy = await Server.CreateDatabaseAsync();
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "dump.sql");
        await File.WriteAllTextAsync(file, Database.Dump("--no-data", "--routines", "--events", "--triggers"));
        Assert.AreEqual(0, copy.RunScript(file).ExitCode);
        await using var restored = await OpenAsync(copy, "DO 0");
        SchemaScript.AreSame(schema, await ReadAsync(restored));
    }

    [TestMethod]
    public async Task The_history_is_left_out_and_the_session_is_as_it_was()
    {
        (await Project.Write("001_a.sql", "CREATE TABLE a (id int PRIMARY KEY);").MigrateAsync()).Succeeded();
        await using var connection = await OpenAsync(Database, "SET sql_mode = 'ANSI_QUOTES', time_zone = '+03:00'");

        Assert.AreEqual("database *, table a", string.Join(", ", (await ReadAsync(connection)).Objects));

        Assert.AreEqual("ANSI_QUOTES+03:00", await MySqlRows.ValueAsync(connection, "SELECT CONCAT(@@sql_mode, @@time_zone)", CancellationToken.None));
    }

    private static Task<SchemaSnapshot> ReadAsync(MySqlConnection connection) => new MySqlSchemaReader(connection, OwnTables).ReadAsync(CancellationToken.None);

    private static async Task<MySqlConnection> OpenAsync(MySqlDatabase database, string script)
    {
        var connection = new MySqlConnection(new MySqlConnectionStringBuilder(database.ConnectionString) { AllowUserVariables = true }.ConnectionString);
        await connection.OpenAsync();
        await MySqlRows.ExecuteAsync(connection, script, CancellationToken.None);
        return connection;
    }
}

using System.Text;
using MigrationTasks.Adapters.Tests.Golden;
using MigrationTasks.Adapters.Tests.PostgreSql;
using MigrationTasks.ContractTests;
using MigrationTasks.Engine.Schema;
using MigrationTasks.PostgreSql.Schema;
using MigrationTasks.TestServers;
using Npgsql;

namespace MigrationTasks.Adapters.Tests.Schema;

/// <summary>What is read of a PostgreSQL schema: every change of it is seen and named, and nothing else is.</summary>
[TestClass]
public sealed class PostgreSqlSchemaTests : PostgreSqlTest
{
    [TestMethod]
    public async Task Every_change_is_found_and_named_and_nothing_else_is()
    {
        await using var connection = await OpenAsync(SchemaScript.Read("postgresql.sql"));
        var before = await ReadAsync(connection);
        var told = new StringBuilder();
        var silent = new List<string>();
        foreach (var change in SchemaScript.Changes("postgresql-changes.sql"))
        {
            await ExecuteAsync(connection, $"BEGIN; {change}");
            var differences = before.DifferencesTo(await ReadAsync(connection, isInTransaction: true));
            await ExecuteAsync(connection, "ROLLBACK");
            told.Append(SchemaScript.Tell(change, differences));
            silent.AddRange(differences.Count == 0 ? [change] : []);
        }

        Assert.AreEqual("", string.Join('\n', silent), "Nothing was told of these.");
        SchemaScript.AreSame(before, await ReadAsync(connection));
        GoldenFile.IsApproved("postgresql.schema-changes.txt", told.ToString());
    }

    [TestMethod]
    public async Task A_lock_file_gives_the_schema_back_and_holds_no_secret()
    {
        await using var connection = await OpenAsync(SchemaScript.Read("postgresql.sql"));
        var schema = await ReadAsync(connection);

        Assert.DoesNotContain("nobody knows it", SchemaScript.Lock(schema));
        SchemaScript.IsLocked(schema, "postgresql.schema.lock");
    }

    [TestMethod]
    public async Task A_dump_that_is_restored_makes_the_same_schema()
    {
        await using var connection = await OpenAsync(SchemaScript.Read("postgresql.sql"));
        await using var copy = await Server.CreateDatabaseAsync();
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "dump.sql");
        await File.WriteAllTextAsync(file, Database.Dump("--schema-only"));
        Assert.DoesNotContain("ERROR", copy.RunScript(file).Output);
        await using var restored = await copy.OpenAsync();

        SchemaScript.AreSame(await ReadAsync(connection), await ReadAsync(restored));
    }

    [TestMethod]
    public async Task The_history_and_the_schema_that_is_made_for_it_are_left_out()
    {
        Project.HistoryTable = "kept.history";
        (await Project.Write("001_a.sql", "CREATE TABLE a (id int PRIMARY KEY);").MigrateAsync()).Succeeded();
        await using var connection = await OpenAsync("SELECT 1");

        Assert.AreEqual("schema public, table public.a", string.Join(", ", (await ReadAsync(connection, "kept.history")).Objects));
        await ExecuteAsync(connection, "CREATE VIEW kept.more AS SELECT 1 AS a");
        Assert.Contains("schema kept", (await ReadAsync(connection, "kept.history")).Objects.Select(item => item.ToString()));
    }

    [TestMethod]
    public async Task Settings_of_the_database_change_nothing_of_what_is_read()
    {
        await using var connection = await OpenAsync(SchemaScript.Read("postgresql.sql"));
        await ExecuteAsync(connection, $"""
            ALTER DATABASE "{Database.Name}" SET search_path = app; ALTER DATABASE "{Database.Name}" SET DateStyle = 'German'; ALTER DATABASE "{Database.Name}" SET TimeZone = 'Asia/Tokyo';
            ALTER DATABASE "{Database.Name}" SET quote_all_identifiers = on; ALTER DATABASE "{Database.Name}" SET IntervalStyle = iso_8601;
            """);
        await using var other = await Database.OpenAsync();

        SchemaScript.AreSame(await ReadAsync(connection), await ReadAsync(other));
    }

    private static Task<SchemaSnapshot> ReadAsync(NpgsqlConnection connection, string history = "public.schema_migrations", bool isInTransaction = false)
    {
        var reader = new PostgreSqlSchemaReader(connection, [history]);
        return isInTransaction ? reader.ReadInTransactionAsync(CancellationToken.None) : reader.ReadAsync(CancellationToken.None);
    }

    private async Task<NpgsqlConnection> OpenAsync(string script)
    {
        // Planning the query costs more than running it: where it is run hundreds of times, that is done once.
        var connection = new NpgsqlConnection(new NpgsqlConnectionStringBuilder(Database.ConnectionString) { MaxAutoPrepare = 20, AutoPrepareMinUsages = 2 }.ConnectionString);
        await connection.OpenAsync();
        await ExecuteAsync(connection, script);
        return connection;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string script)
    {
        await using var command = new NpgsqlCommand(script, connection);
        await command.ExecuteNonQueryAsync();
    }
}

using MigrationTasks.TestServers;
using MySqlConnector;

namespace MigrationTasks.Adapters.Tests.TestServers;

[TestClass]
public sealed class MySqlServerTests
{
    [TestMethod]
    public async Task A_local_server_hands_out_databases_and_drops_them()
    {
        var server = await Require.ServerAsync(Servers.LocalMariaDbAsync);
        string name;
        await using (var database = await server.CreateDatabaseAsync())
        {
            name = database.Name;
            await database.ExecuteAsync(
                "CREATE TABLE people (id int, name text, awake tinyint(1)); INSERT INTO people VALUES (1, 'Ann', true), (2, NULL, false)");
            await using var stillConnected = await database.OpenAsync();

            CollectionAssert.AreEqual(
                new[] { "1|Ann|1", "2|NULL|0" }, (await database.RowsAsync("SELECT * FROM people ORDER BY id")).ToArray());
            Assert.AreEqual(2L, await database.QueryScalarAsync<long>("SELECT count(*) FROM people"));
        }

        await using var other = await server.CreateDatabaseAsync();
        Assert.AreEqual(0L, await other.QueryScalarAsync<long>($"SELECT count(*) FROM information_schema.schemata WHERE schema_name = '{name}'"));
    }

    [TestMethod]
    public async Task A_local_server_asks_for_the_password()
    {
        var server = await Require.ServerAsync(Servers.LocalMariaDbAsync);
        await using var database = await server.CreateDatabaseAsync();
        var wrong = new MySqlConnectionStringBuilder(database.ConnectionString) { Password = "wrong" };

        await using var connection = new MySqlConnection(wrong.ConnectionString);
        var refused = await Assert.ThrowsExactlyAsync<MySqlException>(() => connection.OpenAsync());

        Assert.AreEqual(MySqlErrorCode.AccessDenied, refused.ErrorCode);
    }

    [TestMethod]
    [DataRow("localhost")]
    [DataRow("127.0.0.1")]
    public async Task A_local_server_proves_who_it_is(string host)
    {
        var server = await Require.ServerAsync(Servers.LocalMariaDbAsync);
        await using var database = await server.CreateDatabaseAsync();
        var verified = new MySqlConnectionStringBuilder(database.ConnectionString)
        {
            Server = host,
            SslMode = MySqlSslMode.VerifyFull,
            SslCa = server.RootCertificateFile,
        };

        await using var connection = new MySqlConnection(verified.ConnectionString);
        await connection.OpenAsync();
        await using var command = new MySqlCommand("SHOW STATUS LIKE 'Ssl_version'", connection);
        await using var reader = await command.ExecuteReaderAsync();

        Assert.IsTrue(await reader.ReadAsync());
        StringAssert.StartsWith(reader.GetString(1), "TLS");
    }

    [TestMethod]
    public async Task A_killed_server_comes_back_with_what_was_committed()
    {
        await using var server = await Require.ServerAsync(() => MySqlServer.StartLocalAsync());
        await using var database = await server.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE kept (id int); INSERT INTO kept VALUES (1)");

        await server.Local!.KillAsync();
        Assert.IsFalse(server.Local.IsRunning);
        await Assert.ThrowsExactlyAsync<MySqlException>(() => database.ExecuteAsync("SELECT 1"));
        await server.Local.StartAsync();

        Assert.AreEqual(1L, await database.QueryScalarAsync<long>("SELECT count(*) FROM kept"));
        StringAssert.Contains(await File.ReadAllTextAsync(server.Local.LogFile), "crash recovery");
    }

    [TestMethod]
    public async Task Sessions_are_ended_from_the_servers_side()
    {
        var server = await Require.ServerAsync(Servers.MySqlAsync);
        await using var database = await server.CreateDatabaseAsync();
        await using var connection = await database.OpenAsync();

        await database.TerminateSessionsAsync();

        await using var command = new MySqlCommand("SELECT 1", connection);
        await Assert.ThrowsAsync<MySqlException>(() => command.ExecuteScalarAsync());
    }
}

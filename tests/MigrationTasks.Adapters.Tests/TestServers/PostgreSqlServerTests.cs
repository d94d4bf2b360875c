using MigrationTasks.TestServers;
using Npgsql;

namespace MigrationTasks.Adapters.Tests.TestServers;

[TestClass]
public sealed class PostgreSqlServerTests
{
    [TestMethod]
    public async Task A_local_server_hands_out_databases_and_drops_them()
    {
        var server = await Require.ServerAsync(Servers.LocalPostgreSqlAsync);
        string name;
        await using (var database = await server.CreateDatabaseAsync())
        {
            name = database.Name;
            await database.ExecuteAsync(
                "CREATE TABLE people (id int, name text, awake bool); INSERT INTO people VALUES (1, 'Ann', true), (2, NULL, false)");
            await using var stillConnected = await database.OpenAsync();

            CollectionAssert.AreEqual(
                new[] { "1|Ann|t", "2|NULL|f" }, (await database.RowsAsync("SELECT * FROM people ORDER BY id")).ToArray());
            Assert.AreEqual(2L, await database.QueryScalarAsync<long>("SELECT count(*) FROM people"));
        }

        await using var other = await server.CreateDatabaseAsync();
        Assert.AreEqual(0L, await other.QueryScalarAsync<long>($"SELECT count(*) FROM pg_database WHERE datname = '{name}'"));
    }

    [TestMethod]
    public async Task A_local_server_asks_for_the_password()
    {
        var server = await Require.ServerAsync(Servers.LocalPostgreSqlAsync);
        await using var database = await server.CreateDatabaseAsync();
        var wrong = new NpgsqlConnectionStringBuilder(database.ConnectionString) { Password = "wrong" };

        await using var connection = new NpgsqlConnection(wrong.ConnectionString);
        var refused = await Assert.ThrowsExactlyAsync<PostgresException>(() => connection.OpenAsync());

        Assert.AreEqual(PostgresErrorCodes.InvalidPassword, refused.SqlState);
    }

    [TestMethod]
    [DataRow("localhost")]
    [DataRow("127.0.0.1")]
    public async Task A_local_server_proves_who_it_is(string host)
    {
        var server = await Require.ServerAsync(Servers.LocalPostgreSqlAsync);
        await using var database = await server.CreateDatabaseAsync();
        var verified = new NpgsqlConnectionStringBuilder(database.ConnectionString)
        {
            Host = host,
            SslMode = SslMode.VerifyFull,
            RootCertificate = server.RootCertificateFile,
        };

        await using var connection = new NpgsqlConnection(verified.ConnectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()", connection);

        Assert.IsTrue((bool)(await command.ExecuteScalarAsync())!);
    }

    [TestMethod]
    public async Task A_killed_server_comes_back_with_what_was_committed()
    {
        await using var server = await Require.ServerAsync(() => PostgreSqlServer.StartLocalAsync());
        await using var database = await server.CreateDatabaseAsync();
        await database.ExecuteAsync("CREATE TABLE kept (id int)");

        await server.Local!.KillAsync();
        Assert.IsFalse(server.Local.IsRunning);
        await Assert.ThrowsExactlyAsync<NpgsqlException>(() => database.ExecuteAsync("SELECT 1"));
        await server.Local.StartAsync();

        Assert.AreEqual(0L, await database.QueryScalarAsync<long>("SELECT count(*) FROM kept"));
        StringAssert.Contains(await File.ReadAllTextAsync(server.Local.LogFile), "was not properly shut down");
    }

    [TestMethod]
    public async Task Sessions_are_ended_from_the_servers_side()
    {
        var server = await Require.ServerAsync(Servers.PostgreSqlAsync);
        await using var database = await server.CreateDatabaseAsync();
        await using var connection = await database.OpenAsync();

        await database.TerminateBackendsAsync();

        await using var command = new NpgsqlCommand("SELECT 1", connection);
        await Assert.ThrowsAsync<NpgsqlException>(() => command.ExecuteScalarAsync());
    }

    [TestMethod]
    public async Task A_container_serves()
    {
        var server = await Require.ServerAsync(Servers.ContainerPostgreSqlAsync);
        await using var database = await server.CreateDatabaseAsync();

        Assert.AreEqual("127.0.0.1", server.Host);
        Assert.AreEqual(database.Name, await database.QueryScalarAsync<string>("SELECT current_database()::text"));
        Assert.AreEqual(
            $"postgres://postgres:{server.Password}@127.0.0.1:{server.Port}/{database.Name}?sslmode=disable", database.Url);
    }
}

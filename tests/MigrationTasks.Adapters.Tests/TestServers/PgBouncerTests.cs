using MigrationTasks.TestServers;
using Npgsql;

namespace MigrationTasks.Adapters.Tests.TestServers;

[TestClass]
public sealed class PgBouncerTests
{
    [TestMethod]
    public async Task The_pooler_gives_each_transaction_whatever_session_is_free()
    {
        var pooler = await Require.ServerAsync(Servers.PgBouncerAsync);
        await using var database = await (await Servers.PostgreSqlAsync()).CreateDatabaseAsync();
        await using var first = await OpenAsync(database, pooler, SslMode.Disable);
        await using var second = await OpenAsync(database, pooler, SslMode.Disable);

        Assert.AreEqual(await BackendAsync(first), await BackendAsync(second));
        await using var transaction = await first.BeginTransactionAsync();
        Assert.AreNotEqual(await BackendAsync(first), await BackendAsync(second));
    }

    [TestMethod]
    public async Task A_pooler_that_requires_TLS_turns_others_away_and_proves_who_it_is()
    {
        var server = await Require.ServerAsync(Servers.PostgreSqlAsync);
        await using var pooler = await Require.ServerAsync(() => PgBouncer.StartAsync(server, requireTls: true));
        await using var database = await server.CreateDatabaseAsync();

        StringAssert.EndsWith(pooler.UrlFor(database), "sslmode=require");
        await Assert.ThrowsAsync<NpgsqlException>(() => OpenAsync(database, pooler, SslMode.Disable));
        await using var connection = await OpenAsync(database, pooler, SslMode.VerifyFull);
        Assert.AreNotEqual(0, await BackendAsync(connection));
    }

    [TestMethod]
    public async Task A_role_that_a_test_makes_can_log_in_through_the_pooler()
    {
        var pooler = await Require.ServerAsync(Servers.PgBouncerAsync);
        var server = await Servers.PostgreSqlAsync();
        await using var database = await server.CreateDatabaseAsync();
        var role = $"role_of_{database.Name}";
        await server.ExecuteAsync($"CREATE ROLE {role} LOGIN PASSWORD 'secret'");
        try
        {
            var asRole = new NpgsqlConnectionStringBuilder(database.ConnectionStringThrough(pooler.Port))
            {
                Username = role,
                Password = "secret",
            };
            await using var connection = new NpgsqlConnection(asRole.ConnectionString);
            await connection.OpenAsync();
        }
        finally
        {
            await server.ExecuteAsync($"DROP ROLE {role}");
        }
    }

    private static async Task<NpgsqlConnection> OpenAsync(TestDatabase database, PgBouncer pooler, SslMode sslMode)
    {
        var settings = new NpgsqlConnectionStringBuilder(database.ConnectionStringThrough(pooler.Port))
        {
            SslMode = sslMode,
            RootCertificate = pooler.RootCertificateFile,
        };
        var connection = new NpgsqlConnection(settings.ConnectionString);
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<int> BackendAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("SELECT pg_backend_pid()", connection);
        return (int)(await command.ExecuteScalarAsync())!;
    }
}

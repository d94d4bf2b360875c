using System.Net;
using System.Net.Sockets;
using System.Text;
using MigrationTasks.ContractTests;
using MigrationTasks.TestServers;
using MySqlConnector;

namespace MigrationTasks.Adapters.Tests.MySql;

/// <summary>A server that answers, and does not let the user in: each message says why that is, and what helps.</summary>
[TestClass]
public sealed class RefusedConnectionTests : MySqlTest
{
    private const string Password = "s3cr3t-0f-ann";

    private string Account => $"ann_{Database.Name}";

    [TestCleanup]
    public Task DropAccountAsync() => Server.ExecuteAsync($"DROP USER IF EXISTS {Account}@'%'");

    [TestMethod]
    public async Task A_right_to_the_database_that_is_missing_is_not_told_as_a_wrong_password()
    {
        await CreateAccountAsync();

        await FailsAsync("MIG4013", "refused access: ", "error 1044", $"The login worked, but this account has no right to a database of that name: GRANT ALL PRIVILEGES ON `{Database.Name}`.* TO '{Account}'@'%'.");
    }

    [TestMethod]
    public async Task A_wrong_password_is_told_as_one()
    {
        await CreateAccountAsync();

        await FailsAtAsync($"mysql://{Account}:wrong@{Server.Host}:{Server.Port}/{Database.Name}", "MIG4002", "error 1045", "Check the user and the password");
    }

    [TestMethod]
    public async Task An_account_that_takes_no_password_is_told()
    {
        await using var own = await Require.ServerAsync(() => MySqlServer.StartLocalAsync());
        await own.ExecuteAsync("CREATE USER ann@'127.0.0.1' IDENTIFIED VIA unix_socket");

        await FailsAtAsync($"mysql://ann:{Password}@{own.Host}:{own.Port}/mysql", "MIG4002", "error 1698", "takes no password", "IDENTIFIED BY");
    }

    [TestMethod]
    [DataRow("OFF")]
    [DataRow("ON")]
    public async Task A_password_that_has_expired_is_told(string disconnects)
    {
        await using var own = await Require.ServerAsync(() => MySqlServer.StartLocalAsync(new Dictionary<string, string> { ["disconnect-on-expired-password"] = disconnects }));
        await own.ExecuteAsync($"CREATE USER ann@'127.0.0.1' IDENTIFIED BY '{Password}' PASSWORD EXPIRE; GRANT ALL ON *.* TO ann@'127.0.0.1'");

        await FailsAtAsync($"mysql://ann:{Password}@{own.Host}:{own.Port}/mysql", "MIG4002", "The password was right, but has expired", "IDENTIFIED BY");
    }

    [TestMethod]
    public async Task A_locked_account_is_told()
    {
        await CreateAccountAsync();
        await Server.ExecuteAsync($"ALTER USER {Account}@'%' ACCOUNT LOCK");

        await FailsAsync("MIG4002", "error 4151", "ACCOUNT UNLOCK");
    }

    [TestMethod]
    public async Task A_server_with_no_connection_left_is_told()
    {
        await using var own = await Require.ServerAsync(() => MySqlServer.StartLocalAsync(new Dictionary<string, string> { ["max-connections"] = "10" }));
        await own.ExecuteAsync($"CREATE USER ann@'127.0.0.1' IDENTIFIED BY '{Password}'");
        var others = new List<MySqlConnection>();
        try
        {
            for (var i = 0; i < 10; i++)
            {
                others.Add(await OpenAsync(own, "ann"));
            }

            await FailsAtAsync($"mysql://ann:{Password}@{own.Host}:{own.Port}/mysql", "MIG4001", "Too many connections", "raise its max_connections");
        }
        finally
        {
            others.ForEach(other => other.Dispose());
        }
    }

    [TestMethod]
    [DataRow("MAX_USER_CONNECTIONS 1")]
    [DataRow("MAX_CONNECTIONS_PER_HOUR 1")]
    public async Task An_account_that_may_have_no_further_connection_is_told(string limit)
    {
        await CreateAccountAsync();
        await Server.ExecuteAsync($"GRANT USAGE ON *.* TO {Account}@'%' WITH {limit}");
        await using var other = await OpenAsync(Server, Account);

        await FailsAsync("MIG4001", "error 1226", "limit of its own");
    }

    [TestMethod]
    public async Task As_many_connections_as_the_server_allows_each_account_are_told()
    {
        await using var own = await Require.ServerAsync(() => MySqlServer.StartLocalAsync(new Dictionary<string, string> { ["max-user-connections"] = "1" }));
        await own.ExecuteAsync($"CREATE USER ann@'127.0.0.1' IDENTIFIED BY '{Password}'");
        await using var other = await OpenAsync(own, "ann");

        await FailsAtAsync($"mysql://ann:{Password}@{own.Host}:{own.Port}/mysql", "MIG4001", "error 1203", "raise its max_user_connections");
    }

    [TestMethod]
    public async Task A_machine_for_which_there_is_no_account_is_told()
    {
        await using var own = await Require.ServerAsync(() => MySqlServer.StartLocalAsync());
        await own.ExecuteAsync("DROP USER root@'127.0.0.1'");

        await FailsAtAsync($"mysql://ann:{Password}@{own.Host}:{own.Port}/mysql", "MIG4002", "Host '127.0.0.1' is not allowed", "error 1130", "CREATE USER");
    }

    [TestMethod]
    public async Task A_machine_that_the_server_has_locked_out_is_told()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = AnswerAsync(listener, 1129, "Host '10.0.0.7' is blocked because of many connection errors; unblock with 'mariadb-admin flush-hosts'");

        await FailsAtAsync($"mysql://ann:{Password}@127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/app", "MIG4002", "error 1129", "FLUSH HOSTS");
        await answering;
    }

    // As a server does that hangs up before its greeting.
    private static async Task AnswerAsync(TcpListener listener, short code, string message)
    {
        using var client = await listener.AcceptTcpClientAsync();
        byte[] body = [0xFF, .. BitConverter.GetBytes(code), .. Encoding.ASCII.GetBytes(message)];
        await client.GetStream().WriteAsync((byte[])[(byte)body.Length, 0, 0, 0, .. body]);
    }

    private static async Task<MySqlConnection> OpenAsync(MySqlServer server, string user)
    {
        var connection = new MySqlConnection($"Server={server.Host};Port={server.Port};User ID={user};Password={Password};Pooling=false");
        await connection.OpenAsync();
        return connection;
    }

    private Task CreateAccountAsync() => Server.ExecuteAsync($"CREATE USER {Account}@'%' IDENTIFIED BY '{Password}'");

    private Task FailsAsync(string code, params string[] says) => FailsAtAsync($"mysql://{Account}:{Password}@{Server.Host}:{Server.Port}/{Database.Name}", code, says);

    private async Task FailsAtAsync(string url, string code, params string[] says)
    {
        var problem = (await ProjectAt(url).Write("001_a.sql", "SELECT 1;").MigrateAsync()).HasApplied().FailedWith(code);
        foreach (var text in says)
        {
            problem.Says(text);
        }

        Assert.DoesNotContain(Password, problem.ToString());
    }
}

using System.Net;
using System.Net.Sockets;
using MigrationTasks.ContractTests;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.MySql;

/// <summary>Ways to a server; and where one does not come about, which part is to blame, and never the password.</summary>
[TestClass]
public sealed class ConnectingTests : MySqlTest
{
    private const string Wrong = "wr0ng-s3cr3t";

    [TestMethod]
    public async Task A_wrong_password_is_told_without_showing_it() =>
        await FailsAsync($"mysql://{Server.UserName}:{Wrong}@{Server.Host}:{Server.Port}/{Database.Name}", "MIG4002", "error 1045");

    [TestMethod]
    public async Task A_server_that_is_down_is_told_with_its_address()
    {
        var port = LoopbackPort.Free();

        await FailsAsync($"mysql://user:{Wrong}@127.0.0.1:{port}/app", "MIG4001", $"app at 127.0.0.1:{port}: Connection refused. Is the server running");
    }

    [TestMethod]
    public async Task Each_of_several_hosts_says_why_it_was_of_no_use()
    {
        var port = LoopbackPort.Free();

        await FailsAsync(
            $"mysql://user:{Wrong}@no-such-host.invalid:{port},127.0.0.1:{port}/app", "MIG4001",
            $"no-such-host.invalid:{port}: Name or service not known. 127.0.0.1:{port}: Connection refused. Is the server running");
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_machine_that_says_nothing_is_told_in_time()
    {
        using var full = await FullListener.CreateAsync();

        await FailsAsync($"mysql://user:{Wrong}@127.0.0.1:{full.Port}/app?connect-timeout=1", "MIG4001", $"app at 127.0.0.1:{full.Port}: The server did not answer in time.");
        await FailsAsync($"mysql://user:{Wrong}@127.0.0.1:{full.Port},no-such-host.invalid:{full.Port}/app?connect-timeout=1", "MIG4001", "did not answer in time");
    }

    [TestMethod]
    [Timeout(60_000)]
    public async Task A_server_that_says_nothing_is_told_in_time()
    {
        await using var server = SilentServer.Start();

        await FailsAsync($"mysql://user:{Wrong}@127.0.0.1:{server.Port}/app?connect-timeout=1", "MIG4001", "did not answer in time");
    }

    [TestMethod]
    public async Task A_host_that_has_no_address_is_told() =>
        await FailsAsync($"mysql://user:{Wrong}@no-such-host.invalid/app", "MIG4001", "app at no-such-host.invalid:3306: Name or service not known. Is the server running");

    [TestMethod]
    public async Task A_missing_database_is_told() =>
        await FailsAsync(Database.Url.Replace(Database.Name, "no_such_database", StringComparison.Ordinal), "MIG4003", "no_such_database");

    [TestMethod]
    [DataRow("ssl-mode=VERIFY_IDENTITY")]
    [DataRow("sslmode=verify-ca")]
    public async Task A_certificate_that_nobody_vouches_for_is_refused(string mode)
    {
        // To whom has a password MariaDB proves with it, since version 11.4, that its certificate is its own.
        var user = $"open_{Database.Name}";
        await Server.ExecuteAsync($"CREATE USER {user}@'%'; GRANT ALL ON {Database.Name}.* TO {user}@'%'");

        await FailsAsync($"mysql://{user}@{Server.Host}:{Server.Port}/{Database.Name}?{mode}", "MIG4004", "certificate");
    }

    [TestMethod]
    public async Task A_server_without_tls_is_refused_when_tls_is_required()
    {
        await using var plain = await Require.ServerAsync(() => MySqlServer.StartLocalAsync(new Dictionary<string, string> { ["skip-ssl"] = "1" }));
        await using var database = await plain.CreateDatabaseAsync();

        await FailsAsync(database.UrlWith("ssl-mode=REQUIRED"), "MIG4004", "Check ssl-mode and ssl-ca");
        (await ProjectAt(database.UrlWith("ssl-mode=PREFERRED")).Write("001_a.sql", "SELECT 1;").MigrateAsync()).Applied("001_a.sql");
    }

    [TestMethod]
    public async Task A_connection_without_tls_is_refused_by_a_server_that_wants_it()
    {
        await using var strict = await Require.ServerAsync(() => MySqlServer.StartLocalAsync());
        await using var database = await strict.CreateDatabaseAsync();
        await strict.ExecuteAsync($"CREATE USER careful@'%' IDENTIFIED BY '{Wrong}' REQUIRE SSL; GRANT ALL ON *.* TO careful@'%'");

        await FailsAsync($"mysql://careful:{Wrong}@127.0.0.1:{strict.Port}/{database.Name}?ssl-mode=DISABLED", "MIG4002", "1045");
        (await ProjectAt($"mysql://careful:{Wrong}@127.0.0.1:{strict.Port}/{database.Name}").Write("001_a.sql", "SELECT 1;").MigrateAsync()).Applied("001_a.sql");
    }

    [TestMethod]
    public async Task A_server_is_reached_by_its_socket()
    {
        var socket = Path.Combine((await Database.QueryScalarAsync<string>("SELECT @@datadir"))!, (await Database.QueryScalarAsync<string>("SELECT @@socket"))!);

        (await ProjectAt(Database.UrlWith($"socket={Uri.EscapeDataString(socket)}")).Write("001_a.sql", "CREATE TABLE a (id int);").MigrateAsync()).Applied("001_a.sql");

        await RowsAreAsync("SELECT count(*) FROM a", "0");
    }

    [TestMethod]
    [DataRow("DISABLED", "")]
    [DataRow("PREFERRED", "TLSv1.3")]
    [DataRow("REQUIRED", "TLSv1.3")]
    [DataRow("VERIFY_CA", "TLSv1.3")]
    [DataRow("VERIFY_IDENTITY", "TLSv1.3")]
    public async Task Each_mode_encrypts_as_it_says(string mode, string protocol)
    {
        var project = ProjectAt(Database.UrlWith($"ssl-mode={mode}&ssl-ca={Uri.EscapeDataString(Server.RootCertificateFile!)}"));

        (await project.Write("001_a.sql", "CREATE TABLE tls AS SELECT variable_value AS protocol FROM information_schema.session_status WHERE variable_name = 'Ssl_version';").MigrateAsync()).Applied("001_a.sql");

        await RowsAreAsync("SELECT protocol FROM tls", protocol);
    }

    [TestMethod]
    public async Task A_root_certificate_is_looked_for_from_the_project_folder()
    {
        var project = ProjectAt(Database.UrlWith("ssl-mode=VERIFY_IDENTITY&ssl-ca=ca/root.crt"));
        Directory.CreateDirectory(Path.Combine(project.Path, "ca"));
        File.Copy(Server.RootCertificateFile!, Path.Combine(project.Path, "ca", "root.crt"));

        (await project.Write("001_a.sql", "SELECT 1;").MigrateAsync()).Applied("001_a.sql");
    }

    [TestMethod]
    public async Task A_user_without_rights_is_told_what_was_refused()
    {
        await Server.ExecuteAsync($"CREATE USER reader_{Database.Name}@'%' IDENTIFIED BY '{Wrong}'; GRANT SELECT ON {Database.Name}.* TO reader_{Database.Name}@'%'");

        var problem = (await ProjectAt($"mysql://reader_{Database.Name}:{Wrong}@{Server.Host}:{Server.Port}/{Database.Name}").Write("001_a.sql", "SELECT 1;").MigrateAsync()).FailedWith("MIG4013").Says("denied");

        Assert.DoesNotContain(Wrong, problem.ToString());
        await Server.ExecuteAsync($"DROP USER reader_{Database.Name}@'%'");
    }

    // Whose queue is full: further connections are neither taken nor refused.
    private sealed class FullListener : IDisposable
    {
        private readonly List<Socket> _sockets = [];

        public int Port { get; private init; }

        public static async Task<FullListener> CreateAsync()
        {
            var listener = new Socket(SocketType.Stream, ProtocolType.Tcp);
            listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            listener.Listen(1);
            var full = new FullListener { Port = ((IPEndPoint)listener.LocalEndPoint!).Port };
            full._sockets.Add(listener);
            for (var i = 0; i < 5; i++)
            {
                var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
                full._sockets.Add(client);
                await Task.WhenAny(client.ConnectAsync(IPAddress.Loopback, full.Port), Task.Delay(200));
            }

            return full;
        }

        public void Dispose() => _sockets.ForEach(socket => socket.Dispose());
    }

    private async Task FailsAsync(string url, string code, string says)
    {
        var problem = (await ProjectAt(url).Write("001_a.sql", "SELECT 1;").MigrateAsync()).HasApplied().FailedWith(code).Says(says);

        Assert.DoesNotContain(Wrong, problem.ToString());
        Assert.DoesNotContain(Server.Password, problem.ToString());
    }
}

using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.MongoDb;
using MigrationTasks.TestServers;

namespace MigrationTasks.Adapters.Tests.MongoDb;

/// <summary>What the value of the connection variable may look like, and what is told of a server that is not there.</summary>
[TestClass]
public sealed class MongoDbConnectionTests
{
    private const string Secret = "s3cr3t";

    [TestMethod]
    [DataRow("mongodb://localhost/app", "app at localhost:27017")]
    [DataRow("mongodb://user:s3cr3t@db.example.com:27018/app?authSource=admin&replicaSet=rs0", "app at db.example.com:27018")]
    [DataRow("mongodb://us%40er:p%2Fa%3As%25s@a:1,b:2,[::1]:3/my-app?tls=true", "my-app at a:1, b:2, [::1]:3")]
    [DataRow("mongodb+srv://user:s3cr3t@cluster.example.com/app?retryWrites=true&w=majority", "app at cluster.example.com")]
    [DataRow("mongodb://localhost/my%40app", "my@app at localhost:27017")]
    [DataRow(" mongodb://localhost/app\n", "app at localhost:27017")]
    [DataRow("MONGODB://localhost/app", "app at localhost:27017")]
    public void A_url_names_a_database_and_its_hosts(string url, string target)
    {
        var config = Parse(url);

        Assert.AreEqual(target, config.Target);
        Assert.DoesNotContain(Secret, $"{config}");
    }

    [TestMethod]
    [DataRow("mongodb://user:s3cr3t@localhost", "names no database")]
    [DataRow("mongodb://user:s3cr3t@localhost/", "names no database")]
    [DataRow("mongodb://user:s3cr3t@localhost/?authSource=s3cr3t", "names no database")]
    [DataRow("mongodb+srv://user:s3cr3t@cluster.example.com", "names no database")]
    [DataRow("mongodb://user:s3cr3t@localhost/a.b$", "a character that none can have")]
    [DataRow("mongodb://user:27017/s3cr3t@localhost", "Percent-encode")]
    [DataRow("mongodb://user:27017/s3cr3t?x=y@localhost", "Percent-encode")]
    [DataRow("mongodb://user:27017/s3cr3t?x@localhost/app", "there is an @ after the hosts")]
    [DataRow("postgres://user:s3cr3t@localhost/app", "does not start with mongodb://")]
    [DataRow("user:s3cr3t@localhost/app", "does not start with mongodb://")]
    [DataRow("mongodb://", "cannot be read")]
    [DataRow("mongodb://user:s3@cr3t:x/s3cr3t@localhost/app", "Percent-encode")]
    [DataRow("mongodb://user:s3cr3t@localhost:s3cr3t/app", "cannot be read")]
    [DataRow("mongodb://user:s3cr3t@localhost/app?connectTimeoutMS=s3cr3t", "cannot be read")]
    [DataRow("mongodb://user:s3cr3t@localhost/app?authMechanism=s3cr3t", "cannot be read")]
    [DataRow("mongodb+srv://user:s3cr3t@cluster.example.com:27017/app", "cannot be read")]
    [DataRow("mongodb://localhost/app?authMechanism=MONGODB-X509&tls=true&directConnection=true&loadBalanced=true", "do not go together")]
    public void What_is_no_url_of_a_database_is_told_without_a_secret(string url, string says)
    {
        var problem = Assert.ThrowsExactly<MigrationException>(() => Parse(url)).Diagnostics.Single();

        Assert.AreEqual("MIG1007", problem.Code);
        Assert.Contains(says, problem.Message);
        Assert.Contains("MONGODB_URL", problem.Message);
        Assert.DoesNotContain(Secret, problem.Message);
    }

    [TestMethod]
    public void A_history_has_no_schema() => Assert.AreEqual(
        "MIG3007", Assert.ThrowsExactly<MigrationException>(() => Parse("mongodb://localhost/app", HistoryTableName.Parse("app.history"))).Code);

    [TestMethod]
    [DataRow("", 30, 30)]
    [DataRow("?serverselectiontimeoutms=40000", 40, 30)]
    [DataRow("?serverSelectionTimeout=40s", 40, 30)]
    [DataRow("?connectTimeout=5s&serverSelectionTimeout=1m", 60, 5)]
    [DataRow("?connectTimeoutMS=5000", 30, 5)]
    public void Timeouts_of_the_url_count_in_every_spelling_and_else_are_longer_than_an_election(string options, int selection, int connect)
    {
        var settings = Parse($"mongodb://localhost/app{options}").CreateClientSettings();

        Assert.AreEqual((TimeSpan.FromSeconds(selection), TimeSpan.FromSeconds(connect)), (settings.ServerSelectionTimeout, settings.ConnectTimeout));
    }

    [TestMethod]
    [DataRow("maxPoolSize=1", 3)]
    [DataRow("maxPoolSize=7", 7)]
    public void A_command_leaves_connections_to_renew_the_lock_and_to_stop_it(string option, int connections) =>
        Assert.AreEqual(connections, Parse($"mongodb://localhost/app?{option}").CreateClientSettings().MaxConnectionPoolSize);

    [TestMethod]
    public void Its_folder_and_its_urls_are_known()
    {
        var factory = BuiltInAdapters.CreateFactory();

        foreach (var adapter in new[] { factory.ForName("mongodb"), factory.ForName("mongo"), factory.FindByUrl("mongodb://h/d"), factory.FindByUrl("mongodb+srv://h/d") })
        {
            Assert.IsInstanceOfType<MongoDbDefinition>(adapter);
        }
    }

    [TestMethod]
    public async Task A_port_where_nothing_listens_is_told_soon_and_without_a_secret()
    {
        var startedAt = Stopwatch.GetTimestamp();

        var problem = await FailToConnectAsync($"mongodb://user:{Secret}@127.0.0.1:{FreePort()}/app?serverSelectionTimeoutMS=500");

        Assert.AreEqual("MIG4001", problem.Code);
        Assert.Contains("app at 127.0.0.1", problem.Message);
        Assert.Contains("refused", problem.Message);
        Assert.Contains("MONGODB_URL", problem.Message);
        Assert.DoesNotContain(Secret, problem.Message);
        Assert.DoesNotContain("   at ", problem.Message);
        Assert.IsLessThan(TimeSpan.FromSeconds(8), Stopwatch.GetElapsedTime(startedAt));
    }

    [TestMethod]
    public async Task A_server_that_accepts_and_says_nothing_is_told_in_time()
    {
        await using var server = SilentServer.Start();

        var problem = await FailToConnectAsync($"mongodb://127.0.0.1:{server.Port}/app?serverSelectionTimeoutMS=800&connectTimeoutMS=400");

        Assert.AreEqual("MIG4001", problem.Code);
    }

    [TestMethod]
    public async Task A_server_without_TLS_is_told_as_such()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        using var over = new CancellationTokenSource();
        var answering = AnswerAsync(listener, "HTTP/1.1 400 Bad Request\r\n\r\n"u8.ToArray(), over.Token);

        var problem = await FailToConnectAsync($"mongodb://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/app?tls=true&serverSelectionTimeoutMS=800");
        await over.CancelAsync();
        await answering;

        Assert.AreEqual("MIG4004", problem.Code);
        Assert.Contains("tls", problem.Message);
    }

    [TestMethod]
    public async Task A_run_that_is_cancelled_while_it_connects_stops()
    {
        using var cancellation = new CancellationTokenSource(200);
        await using var adapter = new MongoDbAdapter(Parse($"mongodb://127.0.0.1:{FreePort()}/app?serverSelectionTimeoutMS=60000"));

        await Assert.ThrowsAsync<OperationCanceledException>(() => adapter.ConnectAsync(cancellation.Token));
    }

    private static async Task AnswerAsync(TcpListener listener, byte[] answer, CancellationToken over)
    {
        try
        {
            while (true)
            {
                using var client = await listener.AcceptTcpClientAsync(over);
                await client.GetStream().WriteAsync(answer, over);
            }
        }
        catch (Exception exception) when (exception is SocketException or OperationCanceledException or IOException)
        {
            // The test is over.
        }
    }

    private static async Task<Diagnostic> FailToConnectAsync(string url)
    {
        await using var adapter = new MongoDbAdapter(Parse(url));
        return (await Assert.ThrowsExactlyAsync<MigrationException>(() => adapter.ConnectAsync(default))).Diagnostics.Single();
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    // The package of the tasks leaves out the libraries that compress.
    [TestMethod]
    public void Nothing_is_compressed_even_if_the_URL_asks_for_it() =>
        Assert.IsEmpty(Parse("mongodb://localhost/app?compressors=zlib,snappy,zstd").CreateClientSettings().Compressors);

    private static MongoDbConfig Parse(string url, HistoryTableName? history = null) => (MongoDbConfig)new MongoDbDefinition().Configure(
        url, new DatabaseSettings { ProjectDirectory = Path.GetTempPath(), Variable = "MONGODB_URL", HistoryTable = history ?? HistoryTableName.Default });
}

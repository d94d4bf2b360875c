using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using MigrationTasks.TestServers;
using Npgsql;

namespace MigrationTasks.Adapters.Tests.TestServers;

[TestClass]
public sealed class RelayTests
{
    private static readonly TimeSpan Latency = TimeSpan.FromMilliseconds(20);

    [TestMethod]
    public async Task Every_query_that_waits_for_its_answer_is_a_round_trip_of_twice_the_latency()
    {
        var server = await Require.ServerAsync(Servers.PostgreSqlAsync);
        await using var database = await server.CreateDatabaseAsync();
        await using var relay = Relay.Start(server, Latency);
        await using var connection = await OpenAsync(database, relay);
        var before = relay.RoundTrips;
        var clock = Stopwatch.StartNew();

        for (var i = 0; i < 5; i++)
        {
            await new NpgsqlCommand("SELECT 1", connection).ExecuteScalarAsync();
        }

        Assert.AreEqual(5, relay.RoundTrips - before);
        Assert.IsGreaterThanOrEqualTo(10 * Latency, clock.Elapsed);
    }

    [TestMethod]
    public async Task A_pipelined_batch_is_one_round_trip()
    {
        var server = await Require.ServerAsync(Servers.PostgreSqlAsync);
        await using var database = await server.CreateDatabaseAsync();
        await using var relay = Relay.Start(server, Latency);
        await using var connection = await OpenAsync(database, relay);
        relay.ResetCounts();

        await using var batch = new NpgsqlBatch(connection);
        for (var i = 0; i < 100; i++)
        {
            batch.BatchCommands.Add(new NpgsqlBatchCommand($"SELECT {i}"));
        }

        await batch.ExecuteNonQueryAsync();

        Assert.AreEqual(1, relay.RoundTrips);
        Assert.IsGreaterThan(0, relay.BytesToClient);
    }

    [TestMethod]
    public async Task Connecting_costs_a_round_trip_before_the_first_word()
    {
        await using var echo = new EchoServer();
        await using var relay = Relay.Start("127.0.0.1", echo.Port, Latency);
        var clock = Stopwatch.StartNew();

        await using var server = await ConnectAsync(relay);
        await AskAsync(server, [1]);

        Assert.IsGreaterThanOrEqualTo(4 * Latency, clock.Elapsed);
        Assert.AreEqual(2, relay.RoundTrips);
        Assert.AreEqual((1L, 1L), (relay.BytesToServer, relay.BytesToClient));
    }

    [TestMethod]
    public async Task Latency_neither_reorders_nor_limits_the_bandwidth()
    {
        await using var echo = new EchoServer();
        await using var relay = Relay.Start("127.0.0.1", echo.Port, Latency);
        await using var server = await ConnectAsync(relay);
        var sent = RandomNumberGenerator.GetBytes(20_000_000);
        var clock = Stopwatch.StartNew();

        var received = await AskAsync(server, sent);

        Assert.AreEqual(sent.Length, sent.AsSpan().CommonPrefixLength(received), "Not all came back as it was sent.");
        Assert.IsLessThan(TimeSpan.FromSeconds(5), clock.Elapsed);
    }

    [TestMethod]
    public async Task A_cut_ends_every_open_connection_and_lets_new_ones_through()
    {
        await using var echo = new EchoServer();
        await using var relay = Relay.Start("127.0.0.1", echo.Port);
        await using var server = await ConnectAsync(relay);
        await AskAsync(server, [1]);

        relay.Cut();

        await Assert.ThrowsAsync<IOException>(() => AskAsync(server, [2]));
        await using var next = await ConnectAsync(relay);
        CollectionAssert.AreEqual(new byte[] { 3 }, await AskAsync(next, [3]));
    }

    [TestMethod]
    public async Task The_server_gets_exactly_the_bytes_before_the_cut()
    {
        await using var echo = new EchoServer();
        await using var relay = Relay.Start("127.0.0.1", echo.Port);
        await using var server = await ConnectAsync(relay);

        relay.CutAfterBytesToServer(3);

        await Assert.ThrowsAsync<IOException>(() => AskAsync(server, [1, 2, 3, 4, 5]));
        Assert.AreEqual(3, await echo.ReceivedAsync());
    }

    [TestMethod]
    public async Task A_commit_whose_answer_is_lost_is_a_commit_still()
    {
        var server = await Require.ServerAsync(Servers.PostgreSqlAsync);
        await using var database = await server.CreateDatabaseAsync();
        await using var relay = Relay.Start(server);
        await using var connection = await OpenAsync(database, relay);
        relay.CutAfterBytesToClient(0);

        await Assert.ThrowsExactlyAsync<NpgsqlException>(
            () => new NpgsqlCommand("CREATE TABLE made (id int)", connection).ExecuteNonQueryAsync());

        Assert.AreEqual(0L, await database.QueryScalarAsync<long>("SELECT count(*) FROM made"));
    }

    private static async Task<NpgsqlConnection> OpenAsync(TestDatabase database, Relay relay)
    {
        var connection = new NpgsqlConnection(database.ConnectionStringThrough(relay.Port));
        await connection.OpenAsync();
        return connection;
    }

    private static async Task<NetworkStream> ConnectAsync(Relay relay)
    {
        var client = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, relay.Port);
        return new NetworkStream(client, ownsSocket: true);
    }

    private static async Task<byte[]> AskAsync(NetworkStream server, byte[] question)
    {
        var answer = new byte[question.Length];
        var sending = server.WriteAsync(question).AsTask();
        await server.ReadExactlyAsync(answer);
        await sending;
        return answer;
    }
}

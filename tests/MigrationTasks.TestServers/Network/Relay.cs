using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace MigrationTasks.TestServers;

/// <summary>
/// A far-away server: a relay on 127.0.0.1 that hands bytes on unchanged and in order, each way later by a fixed
/// latency but no slower, counts what goes by, and can cut the line.
/// </summary>
/// <remarks>
/// <para>
/// A round trip is one wait: the client spoke, the server answered, and the client heard it. What the client sends
/// before it has heard the answer to what it sent earlier belongs to the same round trip, so a pipelined batch costs
/// one. Setting up the TCP connection is one as well, in the count and in time, as on a real line. A farewell that
/// nobody answers costs none. Without latency, a batch whose answers arrive while it is still being sent can count
/// for more than one.
/// </para>
/// <para>The counts are sums over all connections since the start or the last <see cref="ResetCounts"/>.</para>
/// </remarks>
public sealed class Relay : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<RelayConnection, Task> _open = new();
    private readonly string _host;
    private readonly int _port;
    private readonly Task _accepting;
    private int _connections;
    private int _roundTrips;

    private Relay(string host, int port, TimeSpan latency)
    {
        _host = host;
        _port = port;
        Latency = latency;
        _listener.Start();
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    public static string Host => "127.0.0.1";

    public int Port { get; }

    /// <summary>How many connections clients have made.</summary>
    public int Connections => Volatile.Read(ref _connections);

    /// <summary>How many times clients waited for the other end.</summary>
    public int RoundTrips => Volatile.Read(ref _roundTrips);

    public long BytesToServer => ToServer.Bytes;

    public long BytesToClient => ToClient.Bytes;

    internal TimeSpan Latency { get; }

    internal RelayMeter ToServer { get; } = new();

    internal RelayMeter ToClient { get; } = new();

    /// <summary>Starts a relay in front of a server.</summary>
    /// <param name="host">Where the server listens.</param>
    /// <param name="port">The server's port.</param>
    /// <param name="latency">The time that bytes take one way; a round trip takes twice as long.</param>
    public static Relay Start(string host, int port, TimeSpan latency = default) => new(host, port, latency);

    /// <summary>Starts a relay in front of a PostgreSQL server.</summary>
    public static Relay Start(PostgreSqlServer server, TimeSpan latency = default) => new(server.Host, server.Port, latency);

    /// <summary>Starts a relay in front of a MySQL or MariaDB server.</summary>
    public static Relay Start(MySqlServer server, TimeSpan latency = default) => new(server.Host, server.Port, latency);

    /// <summary>Starts a relay in front of a pooler.</summary>
    public static Relay Start(PgBouncer pooler, TimeSpan latency = default) => new(PgBouncer.Host, pooler.Port, latency);

    /// <summary>Counts from zero again. Open connections go on counting their further round trips.</summary>
    public void ResetCounts()
    {
        Volatile.Write(ref _connections, 0);
        Volatile.Write(ref _roundTrips, 0);
        ToServer.Reset();
        ToClient.Reset();
    }

    /// <summary>
    /// Cuts every open connection: the client's end is reset, the server's closed; what is under way is lost.
    /// New connections are served.
    /// </summary>
    public void Cut()
    {
        foreach (var connection in _open.Keys)
        {
            connection.Cut();
        }
    }

    /// <summary>
    /// Lets so many more bytes through to the server; the next byte that wants through cuts every connection,
    /// once. The server still reads what it was sent.
    /// </summary>
    public void CutAfterBytesToServer(long bytes) => ToServer.CutAfter(bytes);

    /// <summary>
    /// Lets so many more bytes through to the client; the next byte that wants through cuts every connection,
    /// once. With 0 the next answer is lost: the server did what it was asked, and the client cannot know.
    /// </summary>
    public void CutAfterBytesToClient(long bytes) => ToClient.CutAfter(bytes);

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
        Cut();
        await Task.WhenAll(_open.Values);
        _stopping.Dispose();
    }

    internal void AddRoundTrips(int count) => Interlocked.Add(ref _roundTrips, count);

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stopping.Token);
                Interlocked.Increment(ref _connections);
                AddRoundTrips(1);
                var connection = new RelayConnection(client, new Socket(SocketType.Stream, ProtocolType.Tcp), this);
                // Known before it runs, so that a cut misses none.
                var finished = new TaskCompletionSource();
                _open[connection] = finished.Task;
                _ = ServeAsync(connection, finished);
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task ServeAsync(RelayConnection connection, TaskCompletionSource finished)
    {
        try
        {
            await connection.RunAsync(_host, _port);
        }
        finally
        {
            _open.TryRemove(connection, out _);
            finished.SetResult();
        }
    }
}

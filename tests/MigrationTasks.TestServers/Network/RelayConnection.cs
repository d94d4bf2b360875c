using System.Diagnostics;
using System.Net.Sockets;
using System.Threading.Channels;

namespace MigrationTasks.TestServers;

/// <summary>One connection through a <see cref="Relay"/>: two sockets, and a queue of delayed bytes each way.</summary>
internal sealed class RelayConnection(Socket client, Socket server, Relay relay)
{
    private readonly long _accepted = Stopwatch.GetTimestamp();

    // Which round trip each end has heard of last. The first is TCP's own. A server that speaks first does so in the
    // second, since it learns of the connection only when the client has acknowledged it.
    private int _heardByClient = 1;
    private int _heardByServer = 2;

    /// <summary>Relays until an end closes or the line is cut.</summary>
    public async Task RunAsync(string host, int port)
    {
        try
        {
            client.NoDelay = true;
            server.NoDelay = true;
            await server.ConnectAsync(host, port);
            await Task.WhenAll(RelayToServerAsync(), RelayToClientAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Cut, or an end broke off: either way the other end learns of it now.
        }

        Cut();
    }

    /// <summary>Resets the client's end and closes the server's, which may still read what it was sent.</summary>
    public void Cut()
    {
        try
        {
            client.LingerState = new LingerOption(true, 0);
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Closed already.
        }

        client.Dispose();
        server.Dispose();
    }

    private Task RelayToServerAsync() => RelayAsync(
        client,
        server,
        relay.ToServer,
        // A client that connects to this machine can speak at once. Over the real line, TCP's handshake comes first.
        notBefore: relay.Latency * 3,
        roundTrip: () => Volatile.Read(ref _heardByClient) + 1,
        heard: roundTrip => Volatile.Write(ref _heardByServer, Math.Max(_heardByServer, roundTrip)));

    private Task RelayToClientAsync() => RelayAsync(
        server,
        client,
        relay.ToClient,
        notBefore: relay.Latency * 4,
        roundTrip: () => Volatile.Read(ref _heardByServer),
        heard: roundTrip =>
        {
            if (roundTrip > _heardByClient)
            {
                relay.AddRoundTrips(roundTrip - _heardByClient);
                Volatile.Write(ref _heardByClient, roundTrip);
            }
        });

    /// <summary>
    /// Reads as fast as it can and writes each chunk when its time has come, so that latency does not cost bandwidth.
    /// </summary>
    private async Task RelayAsync(
        Socket from, Socket to, RelayMeter meter, TimeSpan notBefore, Func<int> roundTrip, Action<int> heard)
    {
        var underWay = Channel.CreateUnbounded<Chunk>(new() { SingleReader = true, SingleWriter = true });
        var writing = WriteAsync(underWay.Reader, to, meter, heard);
        try
        {
            var buffer = new byte[64 * 1024];
            while (await from.ReceiveAsync(buffer) is > 0 and var length)
            {
                var sinceAccepted = Stopwatch.GetElapsedTime(_accepted) + relay.Latency;
                var due = sinceAccepted > notBefore ? sinceAccepted : notBefore;
                underWay.Writer.TryWrite(new Chunk(buffer[..length], due, roundTrip()));
            }
        }
        finally
        {
            underWay.Writer.Complete();
            await writing;
        }
    }

    private async Task WriteAsync(ChannelReader<Chunk> underWay, Socket to, RelayMeter meter, Action<int> heard)
    {
        await foreach (var chunk in underWay.ReadAllAsync())
        {
            await WaitUntilAsync(chunk.Due);
            var passing = meter.Pass(chunk.Bytes.Length);
            // Before the bytes arrive: whoever hears them may answer before this thread runs on.
            heard(chunk.RoundTrip);
            for (var sent = 0; sent < passing;)
            {
                sent += await to.SendAsync(chunk.Bytes.AsMemory(sent, passing - sent));
            }

            if (passing < chunk.Bytes.Length)
            {
                relay.Cut();
                return;
            }
        }

        to.Shutdown(SocketShutdown.Send);
    }

    // A timer fires up to two milliseconds late, which is much beside a short latency: yield through the last stretch.
    private async Task WaitUntilAsync(TimeSpan due)
    {
        while (due - Stopwatch.GetElapsedTime(_accepted) is { TotalMilliseconds: > 3 } wait)
        {
            await Task.Delay(wait - TimeSpan.FromMilliseconds(2));
        }

        while (Stopwatch.GetElapsedTime(_accepted) < due)
        {
            Thread.Yield();
        }
    }

    private sealed record Chunk(byte[] Bytes, TimeSpan Due, int RoundTrip);
}

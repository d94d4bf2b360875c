using System.Net;
using System.Net.Sockets;

namespace MigrationTasks.Adapters.Tests.TestServers;

/// <summary>Sends back what it is sent, on every connection.</summary>
internal sealed class EchoServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private readonly TaskCompletionSource<long> _firstReceived = new();

    public EchoServer()
    {
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>How many bytes the first connection to end has brought.</summary>
    public Task<long> ReceivedAsync() => _firstReceived.Task.WaitAsync(TimeSpan.FromSeconds(10));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _accepting;
        _listener.Dispose();
        _stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = EchoAsync(await _listener.AcceptSocketAsync(_stopping.Token));
            }
        }
        catch (OperationCanceledException)
        {
            // Disposed.
        }
    }

    private async Task EchoAsync(Socket client)
    {
        var received = 0L;
        var buffer = new byte[64 * 1024];
        try
        {
            using (client)
            {
                while (await client.ReceiveAsync(buffer, _stopping.Token) is > 0 and var length)
                {
                    received += length;
                    await client.SendAsync(buffer.AsMemory(0, length));
                }
            }
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException)
        {
            // The other end is gone, or the test is over.
        }

        _firstReceived.TrySetResult(received);
    }
}

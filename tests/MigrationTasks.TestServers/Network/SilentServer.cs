using System.Net;
using System.Net.Sockets;
using System.Text;

namespace MigrationTasks.TestServers;

/// <summary>A server on 127.0.0.1 that takes every connection, answers once, and says nothing more; nor does it hang up.</summary>
public sealed class SilentServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Socket> _clients = [];
    private readonly byte[] _answer;
    private readonly Task _serving;

    private SilentServer(byte[] answer)
    {
        _answer = answer;
        _listener.Start();
        _serving = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <param name="answer">What it answers to the first thing that it is told; nothing when omitted.</param>
    public static SilentServer Start(string? answer = null) => new(Encoding.ASCII.GetBytes(answer ?? ""));

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _serving;
        _listener.Stop();
        _clients.ForEach(client => client.Dispose());
        _stopping.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptSocketAsync(_stopping.Token);
                _clients.Add(client);
                await client.ReceiveAsync(new byte[1024], _stopping.Token);
                await client.SendAsync(_answer, _stopping.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException)
        {
            // Disposed, or the client was first to go.
        }
    }
}

using System.Net;
using System.Net.Sockets;

namespace MigrationTasks.TestServers;

/// <summary>Free ports on 127.0.0.1.</summary>
public static class LoopbackPort
{
    /// <summary>
    /// A port that nobody listened on a moment ago. Somebody else may be faster to take it: a server that cannot
    /// bind it tries the next.
    /// </summary>
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}

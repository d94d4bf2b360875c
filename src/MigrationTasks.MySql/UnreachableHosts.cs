using System.Net.Sockets;
using MigrationTasks.Engine.Execution;

namespace MigrationTasks.MySql;

/// <summary>Finds out why a server cannot be reached, of which the driver says only that it cannot: each host is called once more.</summary>
internal static class UnreachableHosts
{
    // The driver has waited already for as long as the user allows.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>What is the matter with each host, as sentences; <see langword="null"/> when nothing is any more.</summary>
    /// <param name="config">The database.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<string?> FindReasonsAsync(MySqlConfig config, CancellationToken cancellation)
    {
        var reasons = await Task.WhenAll(config.Hosts.Select(host => FindReasonAsync(host, config.Port, cancellation))).ConfigureAwait(false);
        return reasons is [var only]
            ? only
            : string.Join(' ', config.Addresses.Zip(reasons, (address, reason) => reason is null ? null : $"{address}: {reason}").OfType<string>()) is { Length: > 0 } all ? all : null;
    }

    private static async Task<string?> FindReasonAsync(string host, int port, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(host, port, patience.Token).ConfigureAwait(false);
            return null;
        }
        catch (SocketException exception)
        {
            return Sentence.Of(exception.Message);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            return Sentence.NoAnswer;
        }
    }
}

using MySqlConnector;

namespace MigrationTasks.TestServers;

/// <summary>
/// Three MariaDB servers on 127.0.0.1 that replicate one another with Galera: whatever is committed on one is on all of them, and
/// two that are left go on.
/// </summary>
public sealed class MariaDbCluster : IAsyncDisposable
{
    private const int Size = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<MySqlServer> _nodes = [];

    private MariaDbCluster()
    {
    }

    /// <summary>The nodes; the <see cref="MySqlServer.Local"/> process of each can be killed and started again.</summary>
    public IReadOnlyList<MySqlServer> Nodes => _nodes;

    internal static IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>
    {
        ["binlog-format"] = "ROW",
        ["default-storage-engine"] = "InnoDB",
        ["innodb-autoinc-lock-mode"] = "2",
    };

    /// <summary>Starts a cluster.</summary>
    /// <exception cref="ServerUnavailableException">MariaDB, Galera or rsync is not installed, or the cluster does not start.</exception>
    public static async Task<MariaDbCluster> StartAsync()
    {
        var (provider, password) = (MariaDbBinaries.Galera, MySqlServer.NewPassword());
        var groupPorts = Enumerable.Range(0, Size).Select(_ => LoopbackPort.Free()).ToList();
        var cluster = new MariaDbCluster();
        try
        {
            foreach (var (index, port) in groupPorts.Index())
            {
                var options = OptionsOf(provider, index, port, groupPorts);
                cluster._nodes.Add(await MySqlServer.OfAsync(index == 0
                    ? await LocalMariaDb.StartClusterAsync(password, options)
                    : await LocalMariaDb.JoinClusterAsync(password, options)));
                await WhenSyncedAsync(cluster._nodes[index]);
            }

            return cluster;
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts the nodes again that do not run, and ends when all of them have the same.</summary>
    public async Task MendAsync()
    {
        foreach (var node in _nodes)
        {
            if (!node.Local!.IsRunning)
            {
                await node.Local.StartAsync();
            }

            await WhenSyncedAsync(node);
        }
    }

    /// <summary>Ends when a node has all that the others have, and takes statements.</summary>
    /// <exception cref="ServerUnavailableException">That takes too long.</exception>
    private static async Task WhenSyncedAsync(MySqlServer node)
    {
        for (var giveUp = DateTime.UtcNow + Patience; await StateAsync(node) is var state && state != "Synced"; await Task.Delay(50))
        {
            if (DateTime.UtcNow > giveUp)
            {
                throw new ServerUnavailableException($"A node of the cluster stays {state}.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _nodes)
        {
            await node.DisposeAsync();
        }
    }

    private static async Task<string> StateAsync(MySqlServer node)
    {
        try
        {
            await using var connection = new MySqlConnection(node.Administrator.ConnectionString);
            await connection.OpenAsync();
            await using var command = new MySqlCommand("SELECT variable_value FROM information_schema.global_status WHERE variable_name = 'wsrep_local_state_comment'", connection);
            return await command.ExecuteScalarAsync() as string ?? "";
        }
        catch (MySqlException exception)
        {
            return exception.Message;
        }
    }

    private static string[] OptionsOf(string provider, int index, int port, IEnumerable<int> ports)
    {
        string[] settings =
        [
            $"gmcast.listen_addr=tcp://127.0.0.1:{port}", "base_host=127.0.0.1", $"base_port={port}", $"ist.recv_addr=127.0.0.1:{LoopbackPort.Free()}", "gcache.size=16M",
            // A node that is killed is given up after so long, and until then nobody commits; on a busy machine one that lives may
            // be silent for almost as long.
            "evs.suspect_timeout=PT4S",
        ];
        return
        [
            "--wsrep-on=ON", $"--wsrep-provider={provider}", "--wsrep-cluster-name=migrationtasks", $"--wsrep-node-name=node{index + 1}",
            $"--wsrep-cluster-address=gcomm://{string.Join(',', ports.Select(other => $"127.0.0.1:{other}"))}", "--wsrep-node-address=127.0.0.1",
            "--wsrep-sst-method=rsync", $"--wsrep-sst-receive-address=127.0.0.1:{LoopbackPort.Free()}", $"--wsrep-provider-options={string.Join(';', settings)}",
        ];
    }
}

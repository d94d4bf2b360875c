using System.Globalization;
using MySqlConnector;

namespace MigrationTasks.Adapters.MySql;

/// <summary>
/// The lock of a runner in a Galera cluster, where a named lock would be that of one node: a row that says who holds it and until
/// when. Whichever nodes two runners are connected to, the cluster lets only one of them commit a change of the row. The holder
/// moves its end on for as long as it works; when it dies, the row ends by itself.
/// </summary>
internal sealed class ClusterLease : IAsyncDisposable
{
    /// <summary>Where the leases of a database are.</summary>
    public const string TableName = "migrationtasks_lock";

    // Longer than a cluster stands still when it loses a node.
    private const int Seconds = 30;

    private static readonly TimeSpan RenewalInterval = TimeSpan.FromSeconds(5);

    private readonly MySqlConfig _config;
    private readonly string _name;
    private readonly string _owner;
    private readonly CancellationTokenSource _end = new();
    private readonly Task _renewing;

    private ClusterLease(MySqlConfig config, string name, string owner)
    {
        _config = config;
        _name = name;
        _owner = owner;
        _renewing = RenewAsync();
    }

    /// <summary>Takes the lease if nobody has it.</summary>
    /// <param name="connection">A connection to any node.</param>
    /// <param name="config">How to connect again.</param>
    /// <param name="name">What the lease is for.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns><see langword="null"/> when somebody has it.</returns>
    public static async Task<ClusterLease?> TryTakeAsync(MySqlConnection connection, MySqlConfig config, string name, CancellationToken cancellation)
    {
        var owner = string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName}, {Guid.NewGuid():N}");
        var table = TableOf(config);
        var take = $"""
            INSERT INTO {table} (name, owner, expires) VALUES ({MySqlLiteral.Of(name)}, {MySqlLiteral.Of(owner)}, {End})
            ON DUPLICATE KEY UPDATE owner = IF(expires < UTC_TIMESTAMP(6), {MySqlLiteral.Of(owner)}, owner), expires = IF(owner = {MySqlLiteral.Of(owner)}, {End}, expires);
            SELECT owner FROM {table} WHERE name = {MySqlLiteral.Of(name)}
            """;
        try
        {
            return await MySqlRows.ValueAsync(connection, take, cancellation).ConfigureAwait(false) as string == owner ? new ClusterLease(config, name, owner) : null;
        }
        catch (MySqlException exception) when (exception.ErrorCode == MySqlErrorCode.NoSuchTable)
        {
            await MySqlRows.ExecuteAsync(
                connection,
                $"CREATE TABLE IF NOT EXISTS {table} (name varchar(100) PRIMARY KEY, owner varchar(200) NOT NULL, expires datetime(6) NOT NULL) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
                cancellation).ConfigureAwait(false);
            return null;
        }
        catch (MySqlException exception) when (ServerErrors.MayPass(exception))
        {
            // Another runner committed first.
            return null;
        }
    }

    /// <summary>Who holds a lease.</summary>
    /// <param name="connection">A connection to any node.</param>
    /// <param name="config">Which database it is of.</param>
    /// <param name="name">What the lease is for.</param>
    /// <param name="cancellation">Gives up.</param>
    public static async Task<string?> HolderAsync(MySqlConnection connection, MySqlConfig config, string name, CancellationToken cancellation) =>
        (await MySqlRows.ValueAsync(connection, $"SELECT owner FROM {TableOf(config)} WHERE name = {MySqlLiteral.Of(name)}", cancellation).ConfigureAwait(false) as string)?.Split(", ")[0];

    /// <summary>Gives the lease back.</summary>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync().ConfigureAwait(false);
        await _renewing.ConfigureAwait(false);
        _end.Dispose();
        try
        {
            await ExecuteAsync($"DELETE FROM {TableOf(_config)} WHERE {IsOwn}", default).ConfigureAwait(false);
        }
        catch (MySqlException)
        {
            // It ends by itself.
        }
    }

    private static string End => string.Create(CultureInfo.InvariantCulture, $"UTC_TIMESTAMP(6) + INTERVAL {Seconds} SECOND");

    private string IsOwn => $"name = {MySqlLiteral.Of(_name)} AND owner = {MySqlLiteral.Of(_owner)}";

    private static string TableOf(MySqlConfig config) => $"{MySqlLiteral.Quote(config.HistoryTable.Schema!)}.{TableName}";

    private async Task RenewAsync()
    {
        while (true)
        {
            try
            {
                await Task.Delay(RenewalInterval, _end.Token).ConfigureAwait(false);
                await ExecuteAsync($"UPDATE {TableOf(_config)} SET expires = {End} WHERE {IsOwn}", _end.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (MySqlException)
            {
                // The node may be busy with the cluster; there is time to try again.
            }
        }
    }

    private async Task ExecuteAsync(string sql, CancellationToken cancellation)
    {
        var connection = _config.CreateConnection();
        await using var disposal = connection.ConfigureAwait(false);
        await connection.OpenAsync(cancellation).ConfigureAwait(false);
        await MySqlRows.ExecuteAsync(connection, sql, cancellation).ConfigureAwait(false);
    }
}

using System.Globalization;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>
/// The lock of a runner in a Galera cluster, where a named lock would be that of one node: a row that says who holds it and until
/// when. Whichever nodes two runners are connected to, the cluster lets only one of them commit a change of the row.
/// </summary>
internal sealed class ClusterLease : RunLease
{
    /// <summary>Where the leases of a database are.</summary>
    public const string TableName = "migrationtasks_lock";

    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(0.3);

    private readonly MySqlConnection _connection;
    private readonly MySqlConfig _config;
    private readonly string _name;
    private readonly string _owner = string.Create(CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName}, {Guid.NewGuid():N}");

    private ClusterLease(MySqlConnection connection, MySqlConfig config, string name)
        : base(config.LeaseLength, TimeProvider.System) => (_connection, _config, _name) = (connection, config, name);

    /// <summary>
    /// Commands for the end of a transaction: the server refuses them when the lease is somebody else's, and the commit when it
    /// becomes so at that moment, since both change its row. So nothing is committed any more by a runner that stood still for
    /// longer than its lease, however little it knows of that. They renew the lease, too.
    /// </summary>
    public string Fence => $"{Renew};\nSELECT IF(ROW_COUNT() = 1, 0, (SELECT 0 UNION SELECT 1))";

    private string Table => $"{MySqlLiteral.Quote(_config.HistoryTable.Schema!)}.{TableName}";

    private string IsOwn => $"name = {MySqlLiteral.Of(_name)} AND owner = {MySqlLiteral.Of(_owner)}";

    private string End => string.Create(CultureInfo.InvariantCulture, $"UTC_TIMESTAMP(6) + INTERVAL {_config.LeaseLength.TotalSeconds} SECOND");

    private string Renew => $"UPDATE {Table} SET expires = {End} WHERE {IsOwn}";

    /// <summary>Takes the lease, or waits for it.</summary>
    /// <param name="connection">A connection to any node.</param>
    /// <param name="config">How to connect again, and how long to wait.</param>
    /// <param name="name">What the lease is for.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MigrationException">MIG3008 when another run holds it for too long.</exception>
    public static async Task<ClusterLease> TakeAsync(MySqlConnection connection, MySqlConfig config, string name, CancellationToken cancellation)
    {
        var lease = new ClusterLease(connection, config, name);
        await lease.TakeAsync(config, PollInterval, cancellation).ConfigureAwait(false);
        return lease;
    }

    /// <summary>Whether it is <see cref="Fence"/> that the server refused: no other command of ours has such a query.</summary>
    public static bool IsRefused(MySqlException exception) => exception.Number == ServerCodes.SubqueryOfSeveralRows;

    protected override async Task<string?> TryTakeAsync(CancellationToken cancellation)
    {
        var owner = MySqlLiteral.Of(_owner);
        var take = $"""
            INSERT INTO {Table} (name, owner, expires) VALUES ({MySqlLiteral.Of(_name)}, {owner}, {End})
            ON DUPLICATE KEY UPDATE owner = IF(expires < UTC_TIMESTAMP(6), {owner}, owner), expires = IF(owner = {owner}, {End}, expires);
            SELECT owner FROM {Table} WHERE name = {MySqlLiteral.Of(_name)}
            """;
        try
        {
            var holder = await MySqlRows.ValueAsync(_connection, take, cancellation).ConfigureAwait(false) as string;
            return holder == _owner ? null : holder?.Split(", ")[0] ?? "which has just ended";
        }
        catch (MySqlException exception) when (exception.ErrorCode == MySqlErrorCode.NoSuchTable)
        {
            await MySqlRows.ExecuteAsync(
                _connection,
                $"CREATE TABLE IF NOT EXISTS {Table} (name varchar(100) PRIMARY KEY, owner varchar(200) NOT NULL, expires datetime(6) NOT NULL) ENGINE = InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin",
                cancellation).ConfigureAwait(false);
            return await TryTakeAsync(cancellation).ConfigureAwait(false);
        }
        catch (MySqlException exception) when (ServerErrors.MayPass(exception))
        {
            return "which has just begun";
        }
    }

    // Found, not changed, counts.
    protected override async Task<bool> TryRenewAsync(CancellationToken cancellation) => await ExecuteAsync(Renew, cancellation).ConfigureAwait(false) > 0;

    protected override Task ReleaseAsync() => ExecuteAsync($"DELETE FROM {Table} WHERE {IsOwn}", CancellationToken.None);

    protected override bool IsOfServer(Exception exception) => exception is MySqlException || ServerErrors.IsConnectionLoss(exception);

    // The session that works is busy with that, and may be lost.
    private async Task<int> ExecuteAsync(string sql, CancellationToken cancellation)
    {
        var connection = _config.CreateConnection();
        await using var disposal = connection.ConfigureAwait(false);
        await connection.OpenAsync(cancellation).ConfigureAwait(false);
        return await MySqlRows.ExecuteAsync(connection, sql, cancellation).ConfigureAwait(false);
    }
}

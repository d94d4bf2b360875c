using System.Data;
using System.Diagnostics;
using System.Globalization;
using MigrationTasks.Engine.Diagnostics;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>
/// The lock of a runner at work: a named lock of the session that does the work. When its runner dies, the server goes on with the
/// statement that it is at, and the lock is not free before that one has ended. In a cluster, such a lock would be that of one
/// node, and a <see cref="ClusterLease"/> takes its place.
/// </summary>
internal static class RunLock
{
    private const string IsClusterNode = "SHOW VARIABLES LIKE 'wsrep_on'";

    // The first question also finds out that this is a cluster, where nobody should wait for the lock of one node. Whoever waits on keeps
    // its place in the server's queue: of many runners that ask again every second, one may never have its turn.
    private static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(20);

    private enum Attempt
    {
        Taken,
        NotFree,
        IsCluster,
    }

    /// <summary>Takes the lock, again where the session has it already; a reset of the session gives it back.</summary>
    /// <returns>In a cluster, what has to be disposed to give it back.</returns>
    /// <exception cref="MigrationException">MIG3008 when another runner holds the lock for too long.</exception>
    public static async Task<ClusterLease?> TakeAsync(MySqlConnection connection, string name, MySqlConfig config, CancellationToken cancellation)
    {
        var startedAt = Stopwatch.GetTimestamp();
        for (var longest = FirstWait; ; longest = LongestWait)
        {
            var left = config.Settings.LockTimeout - Stopwatch.GetElapsedTime(startedAt);
            var wait = TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling(left.TotalSeconds), 0, longest.TotalSeconds));
            var attempt = await TryTakeAsync(connection, name, config.Database, wait, cancellation).ConfigureAwait(false);
            if (attempt == Attempt.Taken)
            {
                return null;
            }

            if (attempt == Attempt.IsCluster)
            {
                return await ClusterLease.TakeAsync(connection, config, name, cancellation).ConfigureAwait(false);
            }

            if (left <= wait)
            {
                throw Errors.LockTimeout(config.Target, config.Settings.LockTimeout, await HolderAsync(connection, name, cancellation).ConfigureAwait(false));
            }
        }
    }

    /// <summary>Takes the lock on a connection which does nothing else.</summary>
    /// <returns>What has to be disposed to give it back, which closes the connection too.</returns>
    /// <exception cref="MigrationException">As <see cref="TakeAsync"/>.</exception>
    public static async Task<IAsyncDisposable> HoldAsync(MySqlConnection connection, string name, MySqlConfig config, CancellationToken cancellation) =>
        await TakeAsync(connection, name, config, cancellation).ConfigureAwait(false) is { } lease ? new LeasedConnection(lease, connection) : connection;

    /// <summary>Who holds the lock, as far as this user may see it.</summary>
    public static async Task<string?> HolderAsync(MySqlConnection connection, string name, CancellationToken cancellation)
    {
        var (_, rows) = await MySqlRows.ReadAsync(
            connection,
            $"SELECT l.id, p.USER, p.HOST, p.TIME FROM (SELECT IS_USED_LOCK('{name}') AS id) l LEFT JOIN information_schema.PROCESSLIST p ON p.ID = l.id",
            cancellation).ConfigureAwait(false);
        return rows is [[{ } id, var user, var host, var time]]
            ? string.Create(CultureInfo.InvariantCulture, $"connection {id}{(user is null ? "" : $" of {user} from {host}, at its statement for {time} s")}")
            : null;
    }

    // The wait ends on the server, so that no lock is taken for somebody who has given up. A reset of the session forgets everything
    // but the database that was used last. What comes ahead of the lock costs no round trip of its own.
    private static async Task<Attempt> TryTakeAsync(MySqlConnection connection, string name, string database, TimeSpan wait, CancellationToken cancellation)
    {
        var isNode = false;
        try
        {
            var command = new MySqlCommand(string.Create(CultureInfo.InvariantCulture, $"USE {MySqlLiteral.Quote(database)}; {IsClusterNode}; SELECT GET_LOCK('{name}', {wait.TotalSeconds})"), connection);
            await using var disposal = command.ConfigureAwait(false);
            var reader = await command.ExecuteReaderAsync(cancellation).ConfigureAwait(false);
            await using var readerDisposal = reader.ConfigureAwait(false);
            isNode = await reader.ReadAsync(cancellation).ConfigureAwait(false) && reader.GetString(1) == "ON";
            await reader.NextResultAsync(cancellation).ConfigureAwait(false);
            var isTaken = await reader.ReadAsync(cancellation).ConfigureAwait(false) && !reader.IsDBNull(0) && reader.GetInt32(0) == 1;
            return isNode ? Attempt.IsCluster : isTaken ? Attempt.Taken : Attempt.NotFree;
        }
        catch (MySqlException) when (isNode && connection.State == ConnectionState.Open)
        {
            // Newer ones refuse a lock that would protect nobody.
            return Attempt.IsCluster;
        }
    }

    private sealed record LeasedConnection(ClusterLease Lease, MySqlConnection Connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Lease.DisposeAsync().ConfigureAwait(false);
            await Connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}

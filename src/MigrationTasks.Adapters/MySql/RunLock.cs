using System.Diagnostics;
using System.Globalization;
using MigrationTasks.Engine.Diagnostics;
using MySqlConnector;

namespace MigrationTasks.Adapters.MySql;

/// <summary>
/// The lock of a runner at work: a named lock of the session that does the work. When its runner dies, the server goes on with the
/// statement that it is at, and the lock is not free before that one has ended.
/// </summary>
internal static class RunLock
{
    private static readonly TimeSpan PollInterval = TimeSpan.FromSeconds(1);

    /// <summary>Takes the lock, again where the session has it already; a reset of the session gives it back.</summary>
    /// <exception cref="MigrationException">MIG3008 when another runner holds the lock for too long.</exception>
    public static async Task TakeAsync(MySqlConnection connection, string name, MySqlConfig config, CancellationToken cancellation)
    {
        var startedAt = Stopwatch.GetTimestamp();
        while (true)
        {
            var left = config.Settings.LockTimeout - Stopwatch.GetElapsedTime(startedAt);
            var wait = TimeSpan.FromSeconds(Math.Clamp(Math.Ceiling(left.TotalSeconds), 0, PollInterval.TotalSeconds));
            if (await TryTakeAsync(connection, name, config.Database, wait, cancellation).ConfigureAwait(false))
            {
                return;
            }

            if (left <= wait)
            {
                throw Errors.LockTimeout(config.Target, config.Settings.LockTimeout, await HolderAsync(connection, name, cancellation).ConfigureAwait(false));
            }
        }
    }

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
    // but the database that was used last.
    private static async Task<bool> TryTakeAsync(MySqlConnection connection, string name, string database, TimeSpan wait, CancellationToken cancellation) =>
        Convert.ToInt32(
            await MySqlRows.ValueAsync(connection, string.Create(CultureInfo.InvariantCulture, $"USE {MySqlLiteral.Quote(database)}; SELECT GET_LOCK('{name}', {wait.TotalSeconds})"), cancellation).ConfigureAwait(false),
            CultureInfo.InvariantCulture) == 1;
}

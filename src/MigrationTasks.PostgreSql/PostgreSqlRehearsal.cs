using System.Diagnostics;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Schema;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>
/// Tries migrations in one transaction, each behind a savepoint. When one does not get its lock, all of it is rolled back, which
/// lets everybody through, and done again after a pause, as a run does with a single migration.
/// </summary>
internal sealed class PostgreSqlRehearsal : IMigrationRehearsal
{
    private readonly RehearsalSession _session;
    private readonly PostgreSqlAdapter _adapter;
    private readonly List<ScriptUnit> _tried = [];
    private readonly LockRetries _retries;
    private (bool IsPrepared, Migration? Script) _setup;

    private PostgreSqlRehearsal(RehearsalSession session, PostgreSqlAdapter adapter) => (_session, _adapter, _retries) = (session, adapter, new LockRetries(session));

    /// <param name="session">Its session, which ends with it.</param>
    /// <param name="adapter">Reads what there is on the same connection.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="MigrationException">MIG3008 when another run held the lock for too long.</exception>
    public static async Task<PostgreSqlRehearsal> BeginAsync(RehearsalSession session, PostgreSqlAdapter adapter, CancellationToken cancellation)
    {
        var rehearsal = new PostgreSqlRehearsal(session, adapter);
        try
        {
            await rehearsal.GuardAsync(() => rehearsal.OpenAsync(cancellation)).ConfigureAwait(false);
            return rehearsal;
        }
        catch
        {
            await rehearsal.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public Task PrepareHistoryAsync(Migration? script, CancellationToken cancellation)
    {
        _setup = (true, script);
        return GuardAsync(() => PrepareAsync(cancellation));
    }

    public async Task<string?> TryAsync(ScriptUnit unit, CancellationToken cancellation)
    {
        string? reason = null;
        await GuardAsync(async () => reason = await TryUntilFreeAsync(unit, cancellation).ConfigureAwait(false)).ConfigureAwait(false);
        return reason;
    }

    public Task<MigrationHistory> ReadHistoryAsync(CancellationToken cancellation) => _adapter.ReadHistoryAsync(cancellation);

    public Task<SchemaSnapshot> ReadSchemaAsync(CancellationToken cancellation) => _adapter.ReadSchemaInTransactionAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _session.DisposeAsync().ConfigureAwait(false);
        _session.Progress.Abandon();
        try
        {
            await _session.RollBackAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException or InvalidOperationException)
        {
            // Without a connection the server has rolled back by itself.
        }
    }

    private async Task<string?> TryUntilFreeAsync(ScriptUnit unit, CancellationToken cancellation)
    {
        _retries.Begin(Stopwatch.GetTimestamp());
        while (true)
        {
            try
            {
                var reason = await RunAsync(unit, cancellation).ConfigureAwait(false);
                if (reason is null)
                {
                    _tried.Add(unit);
                }

                return reason;
            }
            catch (ScriptExecutor.Obstructed obstructed)
            {
                await _session.RollBackAsync(cancellation).ConfigureAwait(false);
                await _retries.WaitAsync(obstructed.Failure, Consequence.Tried, cancellation).ConfigureAwait(false);
                await StartAgainAsync(cancellation).ConfigureAwait(false);
            }
        }
    }

    private async Task StartAgainAsync(CancellationToken cancellation)
    {
        await OpenAsync(cancellation).ConfigureAwait(false);
        await PrepareAsync(cancellation).ConfigureAwait(false);
        foreach (var unit in _tried)
        {
            await RunAsync(unit, cancellation).ConfigureAwait(false);
        }
    }

    private async Task OpenAsync(CancellationToken cancellation)
    {
        try
        {
            await _session.RunMutedAsync(
                ["BEGIN", $"SET LOCAL lock_timeout = {SessionState.LockTimeout(_session.Config)}", _session.History.TakeLock, "SET LOCAL lock_timeout = DEFAULT"],
                cancellation).ConfigureAwait(false);

            // Behind a pooler nobody else knows; it is the same one until the end of the transaction.
            var command = new NpgsqlCommand("SELECT pg_catalog.pg_backend_pid()", _session.Connection);
            await using var disposal = command.ConfigureAwait(false);
            _session.Backend = await command.ExecuteScalarAsync(cancellation).ConfigureAwait(false) is int backend ? backend : 0;
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            await _session.RollBackAsync(cancellation).ConfigureAwait(false);
            throw await RunLock.TimeoutAsync(_session.Connection, _session.History.LockKey, _session.Config, cancellation).ConfigureAwait(false);
        }
    }

    private Task PrepareAsync(CancellationToken cancellation) => _setup.IsPrepared
        ? new HistorySetup(_session).RehearseAsync(_setup.Script, cancellation)
        : Task.CompletedTask;

    private Task<string?> RunAsync(ScriptUnit unit, CancellationToken cancellation) => new ScriptExecutor(_session).TryAsync(unit, cancellation);

    private async Task GuardAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
        }
        catch (Exception exception) when (ServerErrors.IsConnectionLoss(exception))
        {
            throw Errors.ConnectionLost(_session.Progress.Current?.Location ?? default, _session.Config.Target, ServerErrors.Reason(exception), "Nothing of the dry run is left.", exception, "Run it again.");
        }
        catch (PostgresException exception)
        {
            throw Errors.DatabaseRefused(_session.Config.Target, "the dry run", ServerErrors.Describe(exception), exception);
        }
    }
}

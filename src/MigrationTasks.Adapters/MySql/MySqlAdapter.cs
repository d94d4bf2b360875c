using System.Globalization;
using MigrationTasks.Engine.Adapters;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Rollback;
using MigrationTasks.Engine.Runner;
using MySqlConnector;

namespace MigrationTasks.Adapters.MySql;

/// <summary>MySQL and MariaDB.</summary>
internal sealed class MySqlAdapter(MySqlConfig config) : DatabaseAdapter(config), IRunScripter, ITableCatalog
{
    private readonly MySqlHistory _history = new(config.HistoryTable);
    private MySqlConnection? _connection;

    private MySqlConnection Connection => _connection ?? throw new InvalidOperationException("The adapter is not connected.");

    public override async Task ConnectAsync(CancellationToken cancellation) =>
        _connection = await OpenAsync(cancellation).ConfigureAwait(false);

    public override async Task DisconnectAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync().ConfigureAwait(false);
        }
    }

    public override async Task<string> TestConnectionAsync(CancellationToken cancellation)
    {
        await ExecuteAsync("DO 0", cancellation).ConfigureAwait(false);
        var version = Connection.ServerVersion;
        return version.Contains("MariaDB", StringComparison.OrdinalIgnoreCase) ? $"MariaDB {version.Split('-')[0]}" : $"MySQL {version}";
    }

    public override Task ExecuteAsync(string statement, CancellationToken cancellation) =>
        ReportAsync(() => MySqlRows.ExecuteAsync(Connection, statement, cancellation), statement);

    public override Task<IReadOnlyList<IReadOnlyList<object?>>> QueryAsync(FormattableString query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        var sql = string.Format(CultureInfo.InvariantCulture, query.Format, [.. Enumerable.Repeat("?", query.ArgumentCount)]);
        return ReportAsync(async () => (await MySqlRows.ReadAsync(Connection, sql, cancellation, query.GetArguments()).ConfigureAwait(false)).Rows, sql);
    }

    public override async Task<bool> TableExistsAsync(HistoryTableName table, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(table);
        var schema = table.Schema ?? config.HistoryTable.Schema;
        var rows = await QueryAsync($"SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = {schema} AND TABLE_NAME = {table.Table}", cancellation).ConfigureAwait(false);
        return rows[0][0] is > 0L;
    }

    public Task<IReadOnlyList<TableShape>> FindTablesAsync(IReadOnlyCollection<HistoryTableName> names, CancellationToken cancellation) =>
        ReportAsync(() => new MySqlCatalog(Connection, [config.HistoryTable.Schema!, config.Database]).FindAsync(names, cancellation), "looking for the tables of other tools");

    public Task<IReadOnlyList<IReadOnlyList<object?>>> ReadTableAsync(HistoryTableName table, IReadOnlyList<string> columns, CancellationToken cancellation) =>
        ReportAsync(() => new MySqlCatalog(Connection, []).ReadAsync(table, columns, cancellation), $"reading {table}");

    public override async Task InTransactionAsync(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        await ExecuteAsync("START TRANSACTION", cancellation).ConfigureAwait(false);
        try
        {
            await work(cancellation).ConfigureAwait(false);
            await ExecuteAsync("COMMIT", cancellation).ConfigureAwait(false);
        }
        catch (Exception) when (Connection.State == System.Data.ConnectionState.Open)
        {
            await ExecuteAsync("ROLLBACK", CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    public override async Task<MigrationHistory> ReadHistoryAsync(CancellationToken cancellation)
    {
        try
        {
            var (columns, rows) = await MySqlRows.ReadAsync(Connection, $"{SessionState.ForRecord}; {_history.Select}", cancellation).ConfigureAwait(false);
            return HistorySchema.Read(_history.Name, columns, rows);
        }
        catch (MySqlException exception) when (exception.ErrorCode is MySqlErrorCode.NoSuchTable or MySqlErrorCode.UnknownDatabase)
        {
            return MigrationHistory.Absent(_history.Name);
        }
        catch (MySqlException exception)
        {
            throw ServerErrors.ForOwn(exception, config, $"reading the history {_history.Name}");
        }
    }

    public override async Task EnsureHistoryAsync(Migration? script, IRunObserver observer, CancellationToken cancellation)
    {
        var session = new WorkSession(Connection, config, _history, observer, cancellation);
        await using var disposal = session.ConfigureAwait(false);
        try
        {
            await new HistorySetup(session).RunAsync(script, session.Lease.Stop).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not MigrationException && session.Lease.IsLost(exception))
        {
            throw session.LeaseLost("");
        }
        catch (Exception exception) when (exception is not MigrationException && ServerErrors.IsConnectionLoss(exception))
        {
            throw ServerErrors.ForOwn(exception, config, $"creating the history {_history.Name}");
        }
    }

    public override async Task ChangeHistoryAsync(IReadOnlyList<HistoryChange> changes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var session = new WorkSession(Connection, config, _history, new Unobserved(), cancellation);
        await using var disposal = session.ConfigureAwait(false);
        try
        {
            await new HistoryEdit(session).RunAsync(changes, session.Lease.Stop).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not MigrationException && session.Lease.IsLost(exception))
        {
            throw session.LeaseLost("None of the changes was made.");
        }
        catch (Exception exception) when (exception is MySqlException or IOException)
        {
            throw ServerErrors.ForOwn(exception, config, $"changing the history {_history.Name}");
        }
    }

    public override Task<ApplyOutcome> ApplyAsync(IReadOnlyList<MigrationStep> steps, IRunObserver observer, CancellationToken cancellation) => FollowAsync(
        Work.Apply,
        steps,
        observer,
        (session, step) => step.Migration.IsTransactional
            ? new TransactionalMigration(session, step).RunAsync(session.Lease.Stop)
            : new JournalledMigration(session, step).RunAsync(session.Lease.Stop),
        cancellation);

    public override Task<ApplyOutcome> RollBackAsync(IReadOnlyList<RollbackScript> rollbacks, IRunObserver observer, CancellationToken cancellation) => FollowAsync(
        Work.RollBack,
        rollbacks,
        observer,
        (session, script) => script.IsTransactional
            ? new TransactionalRollback(session, script).RunAsync(session.Lease.Stop)
            : new JournalledRollback(session, script).RunAsync(session.Lease.Stop),
        cancellation);

    public override async Task<IAsyncDisposable> LockRunAsync(CancellationToken cancellation)
    {
        var connection = await OpenAsync(cancellation).ConfigureAwait(false);
        try
        {
            var lease = await RunLock.TakeAsync(connection, _history.RunLockName, config, cancellation).ConfigureAwait(false);
            return lease is null ? connection : new LeasedRun(lease, connection);
        }
        catch (Exception exception)
        {
            // It may hold the lock already, which would then outlive this run.
            await connection.DisposeAsync().ConfigureAwait(false);
            if (exception is MySqlException or IOException)
            {
                throw ServerErrors.ForOwn(exception, config, "waiting for another run");
            }

            throw;
        }
    }

    public async Task WriteScriptAsync(MigrationPlan plan, MigrationHistory history, TextWriter script, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(history);
        var collation = (await QueryAsync($"SELECT @@collation_connection", cancellation).ConfigureAwait(false))[0][0];
        var setup = new HistorySetup(new WorkSession(Connection, config, _history, new Unobserved(), cancellation));
        var completion = plan.HistoryScript is not null || history.State == HistoryTableState.Complete
            ? []
            : await ReportAsync(() => setup.ReadChangesAsync(cancellation), $"reading the history {_history.Name}").ConfigureAwait(false);
        new ClientScript(config, _history, (string)collation!, script).Write(plan, completion, cancellation);
    }

    // Whatever happens, the report must not say more or less than what stands.
    private async Task<ApplyOutcome> FollowAsync<TItem>(
        Work<TItem> work, IReadOnlyList<TItem> items, IRunObserver observer, Func<WorkSession, TItem, Task<ApplyOutcome>> run, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(items);
        var session = new WorkSession(Connection, config, _history, observer, cancellation);
        await using var disposal = session.ConfigureAwait(false);
        session.WatchLocks(new MySqlLockSight(config, _history.RunLockName, OpenAsync));
        try
        {
            foreach (var item in items)
            {
                var outcome = await run(session, item).ConfigureAwait(false);
                if (outcome != ApplyOutcome.Completed)
                {
                    // Whoever makes the plan anew may have to wait for the lock that the session still has.
                    await session.EndAsync(default).ConfigureAwait(false);
                    return outcome;
                }
            }

            return ApplyOutcome.Completed;
        }
        catch (Exception exception) when (exception is not MigrationException && session.Lease.IsLost(exception))
        {
            // What the history says now may be another run's doing.
            throw session.LeaseLost("");
        }
        catch (OperationCanceledException)
        {
            await SettleAsync(work, items, session).ConfigureAwait(false);
            throw;
        }
        catch (Exception exception) when (exception is not MigrationException && ServerErrors.IsConnectionLoss(exception))
        {
            var location = session.Current?.Location ?? default;
            var standing = await SettleAsync(work, items, session).ConfigureAwait(false);
            throw Errors.ConnectionLost(location, config.Target, ServerErrors.Reason(exception), standing, exception, work.Next);
        }
        catch (MySqlException exception)
        {
            throw ServerErrors.ForOwn(exception, config, "recording what was done");
        }
    }

    // After a cancelled or broken run only the database knows what was committed last: it is asked, on a new connection if need be.
    private async Task<string> SettleAsync<TItem>(Work<TItem> work, IReadOnlyList<TItem> items, WorkSession session)
    {
        try
        {
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(15));
            if (_connection?.State != System.Data.ConnectionState.Open)
            {
                await DisconnectAsync().ConfigureAwait(false);
                await ConnectAsync(patience.Token).ConfigureAwait(false);
            }

            return work.Settle(items, await ReadHistoryAsync(patience.Token).ConfigureAwait(false), session.Settle);
        }
        catch (Exception exception) when (exception is MigrationException or MySqlException or OperationCanceledException or InvalidOperationException)
        {
            return work.AsFarAsSeen(session.Done.Count, items.Count);
        }
    }

    private async Task<MySqlConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = config.CreateConnection();
        try
        {
            await connection.OpenAsync(cancellation).ConfigureAwait(false);
            return connection;
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw await ConnectionErrors.ExplainAsync(exception, config, cancellation).ConfigureAwait(false);
        }
    }

    private async Task<T> ReportAsync<T>(Func<Task<T>> action, string what)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (MySqlException exception)
        {
            throw ServerErrors.ForOwn(exception, config, what);
        }
    }

    private sealed record LeasedRun(ClusterLease Lease, MySqlConnection Connection) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Lease.DisposeAsync().ConfigureAwait(false);
            await Connection.DisposeAsync().ConfigureAwait(false);
        }
    }
}

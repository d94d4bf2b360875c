using System.Globalization;
using MigrationTasks.Engine.Adapters;
using MigrationTasks.Engine.Configuration;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Rollback;
using MigrationTasks.Engine.Runner;
using Npgsql;

namespace MigrationTasks.Adapters.PostgreSql;

/// <summary>PostgreSQL and all that speaks its protocol: Supabase, PgBouncer and other poolers in between.</summary>
internal sealed class PostgreSqlAdapter(PostgreSqlConfig config) : DatabaseAdapter(config), IRehearsalStage, IRunScripter, ITableCatalog
{
    private readonly PostgreSqlHistory _history = new(config.HistoryTable);
    private NpgsqlDataSource? _source;
    private NpgsqlConnection? _connection;

    private NpgsqlConnection Connection => _connection ?? throw new InvalidOperationException("The adapter is not connected.");

    private CopyImport Copies => new(Connection, OpenAsync);

    private Settlement Settlement => new(ReconnectAsync, ReadHistoryAsync);

    public override async Task ConnectAsync(CancellationToken cancellation) =>
        _connection = await OpenAsync(cancellation).ConfigureAwait(false);

    public override async Task DisconnectAsync()
    {
        if (_connection is { } connection)
        {
            _connection = null;
            await connection.DisposeAsync().ConfigureAwait(false);
        }

        if (_source is { } source)
        {
            _source = null;
            await source.DisposeAsync().ConfigureAwait(false);
        }
    }

    public override async Task<string> TestConnectionAsync(CancellationToken cancellation)
    {
        await ExecuteAsync("SELECT 1", cancellation).ConfigureAwait(false);
        return $"PostgreSQL {Connection.PostgreSqlVersion}";
    }

    public override async Task ExecuteAsync(string statement, CancellationToken cancellation)
    {
        var command = new NpgsqlCommand(statement, Connection);
        await using var disposal = command.ConfigureAwait(false);
        await ReportAsync(() => command.ExecuteNonQueryAsync(cancellation), statement).ConfigureAwait(false);
    }

    public override Task<IReadOnlyList<IReadOnlyList<object?>>> QueryAsync(FormattableString query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        var placeholders = Enumerable.Range(1, query.ArgumentCount).Select(object? (number) => $"${number}").ToArray();
        var sql = string.Format(CultureInfo.InvariantCulture, query.Format, placeholders);
        return ReportAsync(async () => (await PostgreSqlRows.ReadAsync(Connection, sql, query.GetArguments(), asText: false, cancellation).ConfigureAwait(false)).Rows, sql);
    }

    public override async Task<bool> TableExistsAsync(HistoryTableName table, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(table);
        var name = new PostgreSqlHistory(table with { Schema = table.Schema ?? config.HistoryTable.Schema }).Table;
        return (await QueryAsync($"SELECT pg_catalog.to_regclass({name}) IS NOT NULL", cancellation).ConfigureAwait(false))[0][0] is true;
    }

    public Task<IReadOnlyList<TableShape>> FindTablesAsync(IReadOnlyCollection<HistoryTableName> names, CancellationToken cancellation) =>
        ReportAsync(() => new PostgreSqlCatalog(Connection, _history.Name.Schema!).FindAsync(names, cancellation), "looking for the tables of other tools");

    public Task<IReadOnlyList<IReadOnlyList<object?>>> ReadTableAsync(HistoryTableName table, IReadOnlyList<string> columns, CancellationToken cancellation) =>
        ReportAsync(() => new PostgreSqlCatalog(Connection, _history.Name.Schema!).ReadAsync(table, columns, cancellation), $"reading {table}");

    public override async Task InTransactionAsync(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        await ExecuteAsync("BEGIN", cancellation).ConfigureAwait(false);
        try
        {
            await work(cancellation).ConfigureAwait(false);
            await ExecuteAsync("COMMIT", cancellation).ConfigureAwait(false);
        }
        catch (Exception) when (Connection.FullState == System.Data.ConnectionState.Open)
        {
            await ExecuteAsync("ROLLBACK", CancellationToken.None).ConfigureAwait(false);
            throw;
        }
    }

    public override async Task<MigrationHistory> ReadHistoryAsync(CancellationToken cancellation)
    {
        try
        {
            // The table may be another tool's, with columns of any type, the database's own ones too: all of them have a text.
            var (columns, rows) = await PostgreSqlRows.ReadAsync(Connection, _history.Select, [], asText: true, cancellation).ConfigureAwait(false);
            return HistorySchema.Read(_history.Name, columns, rows);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            return MigrationHistory.Absent(_history.Name);
        }
        catch (Exception exception) when (exception is NpgsqlException)
        {
            throw ServerErrors.ForOwn(exception, config, $"reading the history {_history.Name}");
        }
    }

    public override async Task EnsureHistoryAsync(Migration? script, IRunObserver observer, CancellationToken cancellation)
    {
        var connection = Connection;
        var progress = new RunProgress(observer);
        connection.Notice += progress.OnNotice;
        try
        {
            await new HistorySetup(connection, config, _history, progress, Copies).RunAsync(script, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (ServerErrors.IsConnectionLoss(exception))
        {
            throw ServerErrors.ForOwn(exception, config, $"creating the history {_history.Name}");
        }
        finally
        {
            connection.Notice -= progress.OnNotice;
        }
    }

    public override async Task ChangeHistoryAsync(IReadOnlyList<HistoryChange> changes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(changes);
        try
        {
            await new HistoryEdit(Connection, config, _history).RunAsync(changes, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is NpgsqlException or IOException)
        {
            throw ServerErrors.ForOwn(exception, config, $"changing the history {_history.Name}");
        }
    }

    public override Task<ApplyOutcome> ApplyAsync(IReadOnlyList<MigrationStep> steps, IRunObserver observer, CancellationToken cancellation) =>
        ApplyAsync(steps, createsHistory: false, observer, cancellation);

    public override async Task<ApplyOutcome> CreateHistoryAndApplyAsync(IReadOnlyList<MigrationStep> steps, IRunObserver observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(steps);
        var travels = steps[0].Migration.IsTransactional;
        if (!travels)
        {
            await EnsureHistoryAsync(null, observer, cancellation).ConfigureAwait(false);
        }

        return await ApplyAsync(steps, createsHistory: travels, observer, cancellation).ConfigureAwait(false);
    }

    public override async Task<ApplyOutcome> RollBackAsync(IReadOnlyList<RollbackScript> rollbacks, IRunObserver observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rollbacks);
        return await FollowAsync(
            Work.RollBack,
            [.. rollbacks],
            observer,
            (items, progress, retries) => RunAsync(
                Work.RollBack,
                items,
                neighbours => new PipelinedRollback(Connection, config, _history, progress, retries, Copies).RunAsync(neighbours, cancellation),
                script => new SequentialRollback(Connection, config, _history, progress, retries, Copies).RunAsync(script, cancellation),
                cancellation)).ConfigureAwait(false);
    }

    public override async Task<IAsyncDisposable> LockRunAsync(CancellationToken cancellation)
    {
        var connection = await OpenAsync(cancellation).ConfigureAwait(false);
        try
        {
            return await RunLock.TakeAsync(connection, _history.SequentialLockKey, config, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            // It may hold the lock already, which would then outlive this run.
            await connection.DisposeAsync().ConfigureAwait(false);
            if (exception is NpgsqlException or IOException)
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
        var setup = new HistorySetup(Connection, config, _history, new RunProgress(new Unobserved()), Copies);
        var completion = plan.HistoryScript is not null || history.State == HistoryTableState.Complete
            ? []
            : await ReportAsync(() => setup.ReadChangesAsync(cancellation), $"reading the history {_history.Name}").ConfigureAwait(false);
        new PsqlScript(config, _history, script).Write(plan, completion, cancellation);
    }

    public async Task<IMigrationRehearsal> RehearseAsync(IRunObserver observer, CancellationToken cancellation) =>
        await PostgreSqlRehearsal.BeginAsync(Connection, config, _history, Copies, observer, OpenAsync, cancellation).ConfigureAwait(false);

    private async Task<ApplyOutcome> ApplyAsync(IReadOnlyList<MigrationStep> steps, bool createsHistory, IRunObserver observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return await FollowAsync(
            Work.Apply,
            [.. steps],
            observer,
            (items, progress, retries) => RunAsync(
                Work.Apply,
                items,
                neighbours => new PipelinedApply(Connection, config, _history, progress, retries, Copies)
                {
                    Setup = createsHistory && neighbours[0] == steps[0] ? new HistorySetup(Connection, config, _history, progress, Copies) : null,
                }.RunAsync(neighbours, cancellation),
                step => new SequentialApply(Connection, config, _history, progress, retries, Copies, step).RunAsync(cancellation),
                cancellation)).ConfigureAwait(false);
    }

    // Whatever happens, the report must not say more or less than what stands.
    private async Task<ApplyOutcome> FollowAsync<TItem>(Work<TItem> work, List<TItem> items, IRunObserver observer, Func<List<TItem>, RunProgress, LockRetries, Task<ApplyOutcome>> run)
    {
        var connection = Connection;
        var progress = new RunProgress(observer);
        connection.Notice += progress.OnNotice;
        try
        {
            var watch = new LockWatch(new PostgreSqlLockSight(config, _history.LockKey, OpenAsync), progress);
            await using var disposal = watch.ConfigureAwait(false);
            return await run(items, progress, new LockRetries(config, progress, watch)).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is OperationCanceledException || (exception is MigrationException && progress.Current is not null))
        {
            // Cancelled, or a file changed since it was checked: what was under way has no end that the server told.
            await Settlement.FindAsync(work, items, progress).ConfigureAwait(false);
            throw;
        }
        catch (Exception exception) when (ServerErrors.IsConnectionLoss(exception))
        {
            var location = progress.Current?.Location ?? default;
            var standing = await Settlement.FindAsync(work, items, progress).ConfigureAwait(false);
            throw Errors.ConnectionLost(location, config.Target, ServerErrors.Reason(exception), standing, exception, work.Next);
        }
        catch (NpgsqlException exception)
        {
            throw ServerErrors.ForOwn(exception, config, "recording what was done");
        }
        finally
        {
            connection.Notice -= progress.OnNotice;
        }
    }

    // Neighbours that run the same way travel together.
    private async Task<ApplyOutcome> RunAsync<TItem>(
        Work<TItem> work, List<TItem> items, Func<List<TItem>, Task<ApplyOutcome>> runInTransactions, Func<TItem, Task<ApplyOutcome>> runOutsideTransaction, CancellationToken cancellation)
    {
        for (var start = 0; start < items.Count;)
        {
            var length = items.Skip(start).TakeWhile(item => work.ScriptOf(item).IsTransactional).Count();
            var outcome = length > 0
                ? await runInTransactions(items.GetRange(start, length)).ConfigureAwait(false)
                : await UnderRunLockAsync(() => runOutsideTransaction(items[start]), cancellation).ConfigureAwait(false);
            if (outcome != ApplyOutcome.Completed)
            {
                return outcome;
            }

            start += Math.Max(length, 1);
        }

        return ApplyOutcome.Completed;
    }

    private async Task<ApplyOutcome> UnderRunLockAsync(Func<Task<ApplyOutcome>> run, CancellationToken cancellation)
    {
        var runLock = await LockRunAsync(cancellation).ConfigureAwait(false);
        await using var disposal = runLock.ConfigureAwait(false);
        return await run().ConfigureAwait(false);
    }

    private async Task<NpgsqlConnection> ReconnectAsync(CancellationToken cancellation)
    {
        if (_connection?.FullState != System.Data.ConnectionState.Open)
        {
            await DisconnectAsync().ConfigureAwait(false);
            await ConnectAsync(cancellation).ConfigureAwait(false);
        }

        return Connection;
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancellation)
    {
        _source ??= config.CreateDataSource();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(config.ConnectLimit);
        try
        {
            return await _source.OpenConnectionAsync(patience.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is not OperationCanceledException || !cancellation.IsCancellationRequested)
        {
            throw ServerErrors.ConnectionFailure(exception, config);
        }
    }

    private async Task<T> ReportAsync<T>(Func<Task<T>> action, string what)
    {
        try
        {
            return await action().ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is PostgresException || ServerErrors.IsConnectionLoss(exception))
        {
            throw ServerErrors.ForOwn(exception, config, what);
        }
    }
}

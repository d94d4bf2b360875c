using System.Globalization;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>PostgreSQL and all that speaks its protocol: Supabase, PgBouncer and other poolers in between.</summary>
internal sealed class PostgreSqlAdapter(PostgreSqlConfig config) : DatabaseAdapter(config), IRehearsalStage, IRunScripter, ITableCatalog
{
    private readonly PostgreSqlHistory _history = new(config.HistoryTable);
    private readonly PostgreSqlConnections _connections = new(config);

    public override Task ConnectAsync(CancellationToken cancellation) => _connections.ConnectAsync(cancellation);

    /// <inheritdoc/>
    public override bool MayAnswerLater(MigrationException problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return ServerErrors.IsRecovery(problem) || ServerErrors.IsHangUp(problem) || (!ServerErrors.IsRefusal(problem) && base.MayAnswerLater(problem));
    }

    public override Task DisconnectAsync() => _connections.DisconnectAsync();

    public override async Task<string> TestConnectionAsync(CancellationToken cancellation)
    {
        await ExecuteAsync("SELECT 1", cancellation).ConfigureAwait(false);
        return $"PostgreSQL {_connections.Current.PostgreSqlVersion}";
    }

    public override Task ExecuteAsync(string statement, CancellationToken cancellation) => _connections.ExecuteAsync(statement, cancellation);

    public override Task<IReadOnlyList<IReadOnlyList<object?>>> QueryAsync(FormattableString query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        var placeholders = Enumerable.Range(1, query.ArgumentCount).Select(object? (number) => $"${number}").ToArray();
        var sql = string.Format(CultureInfo.InvariantCulture, query.Format, placeholders);
        return _connections.ReportAsync(sql, async () =>
            (await PostgreSqlRows.ReadAsync(_connections.Current, sql, query.GetArguments(), asText: false, cancellation).ConfigureAwait(false)).Rows);
    }

    public override async Task<bool> TableExistsAsync(HistoryTableName table, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(table);
        var name = new PostgreSqlHistory(table with { Schema = table.Schema ?? config.HistoryTable.Schema }).Table;
        return (await QueryAsync($"SELECT pg_catalog.to_regclass({name}) IS NOT NULL", cancellation).ConfigureAwait(false))[0][0] is true;
    }

    public Task<IReadOnlyList<TableShape>> FindTablesAsync(IReadOnlyCollection<HistoryTableName> names, CancellationToken cancellation) =>
        _connections.ReportAsync("looking for the tables of other tools", () => Catalog.FindAsync(names, cancellation));

    public Task<IReadOnlyList<IReadOnlyList<object?>>> ReadTableAsync(HistoryTableName table, IReadOnlyList<string> columns, CancellationToken cancellation) =>
        _connections.ReportAsync($"reading {table}", () => Catalog.ReadAsync(table, columns, cancellation));

    public override Task InTransactionAsync(Func<CancellationToken, Task> work, CancellationToken cancellation) => _connections.InTransactionAsync(work, cancellation);

    public override Task<MigrationHistory> ReadHistoryAsync(CancellationToken cancellation) => _connections.ReportAsync($"reading the history {_history.Name}", async () =>
    {
        try
        {
            // The table may be another tool's, with columns of any type, the database's own ones too: all of them have a text.
            var (columns, rows) = await PostgreSqlRows.ReadAsync(_connections.Current, _history.Access.Select, [], asText: true, cancellation).ConfigureAwait(false);
            return _history.Access.Read(_history, columns, rows);
        }
        catch (PostgresException exception) when (exception.SqlState is PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.InvalidSchemaName)
        {
            return MigrationHistory.Absent(_history.Name);
        }
    });

    public override Task EnsureHistoryAsync(Migration? script, IRunObserver observer, CancellationToken cancellation) => _connections.ReportAsync($"creating the history {_history.Name}", async () =>
    {
        var session = OpenSession(new RunProgress(observer));
        await using var disposal = session.ConfigureAwait(false);
        await new HistorySetup(session).RunAsync(script, cancellation).ConfigureAwait(false);
    });

    public override Task ChangeHistoryAsync(IReadOnlyList<HistoryChange> changes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return _connections.ReportAsync($"changing the history {_history.Name}", () => new HistoryEdit(_connections.Current, config, _history).RunAsync(changes, cancellation));
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

    public override Task<ApplyOutcome> RollBackAsync(IReadOnlyList<RollbackScript> rollbacks, IRunObserver observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rollbacks);
        return RunAsync(
            Work.RollBack,
            rollbacks,
            observer,
            (session, neighbours) => new PipelinedRollback(session).RunAsync(neighbours, cancellation),
            (session, script) => new SequentialRollback(session).RunAsync(script, cancellation),
            cancellation);
    }

    public override Task<IAsyncDisposable> LockRunAsync(CancellationToken cancellation) =>
        _connections.LockAsync(async connection => await RunLock.TakeAsync(connection, _history.SequentialLockKey, config, cancellation).ConfigureAwait(false), cancellation);

    public async Task WriteScriptAsync(MigrationPlan plan, MigrationHistory history, TextWriter script, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(history);
        var session = OpenSession(new RunProgress(new Unobserved()));
        await using var disposal = session.ConfigureAwait(false);
        var completion = plan.HistoryScript is not null || history.State == HistoryTableState.Complete
            ? []
            : await _connections.ReportAsync($"reading the history {_history.Name}", () => new HistorySetup(session).ReadChangesAsync(cancellation)).ConfigureAwait(false);
        new PsqlScript(config, _history, script).Write(plan, completion, cancellation);
    }

    public async Task<IMigrationRehearsal> RehearseAsync(IRunObserver observer, CancellationToken cancellation) =>
        await PostgreSqlRehearsal.BeginAsync(OpenWatchedSession(new RunProgress(observer)), cancellation).ConfigureAwait(false);

    private PostgreSqlCatalog Catalog => new(_connections.Current, _history.Name.Schema!);

    private WorkSession OpenSession(RunProgress progress) => new(_connections, config, _history, progress);

    // Where nobody else's statements run, nothing is worth a watch.
    private WorkSession OpenWatchedSession(RunProgress progress)
    {
        var session = OpenSession(progress);
        session.WatchLocks(new PostgreSqlLockSight(config, _history.LockKey, _connections.OpenAsync));
        return session;
    }

    private Task<ApplyOutcome> ApplyAsync(IReadOnlyList<MigrationStep> steps, bool createsHistory, IRunObserver observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return RunAsync(
            Work.Apply,
            steps,
            observer,
            (session, neighbours) => new PipelinedApply(session)
            {
                Setup = createsHistory && neighbours[0] == steps[0] ? new HistorySetup(session) : null,
            }.RunAsync(neighbours, cancellation),
            (session, step) => new SequentialApply(session, step).RunAsync(cancellation),
            cancellation);
    }

    private Task<ApplyOutcome> RunAsync<TItem>(
        Work<TItem> work,
        IReadOnlyList<TItem> items,
        IRunObserver observer,
        Func<WorkSession, IReadOnlyList<TItem>, Task<ApplyOutcome>> runInTransactions,
        Func<WorkSession, TItem, Task<ApplyOutcome>> runOutsideTransaction,
        CancellationToken cancellation)
    {
        var progress = new RunProgress(observer);
        return new Settlement(_connections, config, ReadHistoryAsync).GuardAsync(work, items, progress, async () =>
        {
            var session = OpenWatchedSession(progress);
            await using var disposal = session.ConfigureAwait(false);
            return await Work.EachAsync(
                work.Neighbours(items),
                neighbours => work.ScriptOf(neighbours[0]).IsTransactional
                    ? runInTransactions(session, neighbours)
                    : UnderRunLockAsync(() => runOutsideTransaction(session, neighbours[0]), cancellation)).ConfigureAwait(false);
        });
    }

    private async Task<ApplyOutcome> UnderRunLockAsync(Func<Task<ApplyOutcome>> run, CancellationToken cancellation)
    {
        var runLock = await LockRunAsync(cancellation).ConfigureAwait(false);
        await using var disposal = runLock.ConfigureAwait(false);
        return await run().ConfigureAwait(false);
    }
}

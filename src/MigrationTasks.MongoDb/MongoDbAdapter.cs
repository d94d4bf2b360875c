using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MongoDB.Bson;
using MongoDB.Driver;

namespace MigrationTasks.MongoDb;

/// <summary>
/// Migrates a MongoDB database. A replica set has transactions, and a migration of which every command allows one runs in one; all
/// else is journalled command by command. Every run holds a lock that is a document, and expires with it.
/// </summary>
/// <param name="config">The database.</param>
/// <param name="connect">Makes the driver's client; it is the driver's own when omitted.</param>
/// <param name="time">The clock by which the run lock is renewed; that of the system when omitted.</param>
internal sealed class MongoDbAdapter(MongoDbConfig config, Func<MongoClientSettings, IMongoClient>? connect = null, TimeProvider? time = null)
    : DatabaseAdapter(config), IRunScripter, ITableCatalog
{
    private readonly MongoDbConfig _config = config;
    private readonly Func<MongoClientSettings, IMongoClient> _connect = connect ?? (settings => new MongoClient(settings));
    private readonly RunLock _runLock = new(config, time ?? TimeProvider.System);
    private IMongoClient? _client;
    private MongoDbSession? _session;
    private bool _hasTransactions;

    /// <inheritdoc/>
    public override async Task ConnectAsync(CancellationToken cancellation)
    {
        _client = _connect(_config.CreateClientSettings());
        try
        {
            var hello = await _client.GetDatabase(_config.Database).RunCommandAsync<BsonDocument>(new BsonDocument("hello", 1), cancellationToken: cancellation).ConfigureAwait(false);
            _hasTransactions = hello.Contains("setName") || hello.GetValue("msg", "") == "isdbgrid";
            _session = await MongoDbSession.StartAsync(_client, _config.Database, cancellation).ConfigureAwait(false);
        }
        catch (Exception exception) when (MongoDbErrors.IsOfServer(exception))
        {
            var problem = MongoDbErrors.ForConnecting(exception, _client, _config);
            await DisconnectAsync().ConfigureAwait(false);
            throw problem;
        }
    }

    /// <inheritdoc/>
    public override bool MayAnswerLater(MigrationException problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        // The driver itself has waited for one that can be written to, and says only that there was none.
        return problem.Code == "MIG4001" && problem.FindCause<MongoIncompatibleDriverException>() is null;
    }

    /// <inheritdoc/>
    public override Task DisconnectAsync()
    {
        _session?.Dispose();
        _client?.Dispose();
        (_session, _client) = (null, null);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task<string> TestConnectionAsync(CancellationToken cancellation)
    {
        var info = await OwnAsync("telling its version", session => session.RunAsync(new MongoDbCommand(new BsonDocument("buildInfo", 1), null), TimeSpan.Zero, cancellation)).ConfigureAwait(false);
        return $"MongoDB {info.GetValue("version", "of an unknown version")}";
    }

    /// <summary>Runs one command as it is.</summary>
    /// <inheritdoc/>
    public override Task ExecuteAsync(string statement, CancellationToken cancellation) =>
        OwnAsync("a command", session => session.RunAsync(MongoDbCommand.Read(statement, default), _config.Settings.CommandTimeout, cancellation));

    /// <summary>Runs a command, <c>$$"""{ "find": "users", "filter": { "name": {{name}} } }"""</c>; what is interpolated travels as BSON values.</summary>
    /// <inheritdoc/>
    /// <returns>A row for each document of the reply's cursor, or for the reply itself when it has none, with the values of its fields in order.</returns>
    public override Task<IReadOnlyList<IReadOnlyList<object?>>> QueryAsync(FormattableString query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        return OwnAsync<IReadOnlyList<IReadOnlyList<object?>>>("a query", async session =>
        {
            var documents = await MongoDbCursor.ReadAsync(session, QueryText.Read(query), _config.Settings.CommandTimeout, cancellation).ConfigureAwait(false);
            return [.. documents.Select(BsonValues.RowOf)];
        });
    }

    /// <summary>Tells whether there is a collection.</summary>
    /// <inheritdoc/>
    public override Task<bool> TableExistsAsync(HistoryTableName table, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(table);
        return OwnAsync("listing its collections", session => MongoDbHistory.ExistsAsync(session, table.Table, cancellation));
    }

    /// <inheritdoc/>
    public RowStores Stores => RowStores.Collections;

    /// <inheritdoc/>
    public Task<IReadOnlyList<TableShape>> FindTablesAsync(IReadOnlyCollection<HistoryTableName> names, CancellationToken cancellation) =>
        OwnAsync("looking for collections of other tools", session => new MongoDbCatalog(session).FindAsync(names, cancellation));

    /// <inheritdoc/>
    public Task<IReadOnlyList<IReadOnlyList<object?>>> ReadTableAsync(HistoryTableName table, IReadOnlyList<string> columns, CancellationToken cancellation) =>
        OwnAsync($"reading {table}", session => new MongoDbCatalog(session).ReadAsync(table, columns, cancellation));

    /// <inheritdoc/>
    /// <exception cref="MigrationException">MIG4023 when the server is no replica set.</exception>
    public override async Task InTransactionAsync(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        var session = Session;
        if (!_hasTransactions)
        {
            throw Errors.NoTransactions(_config.Target);
        }

        session.Begin();
        try
        {
            await work(cancellation).ConfigureAwait(false);
            await OwnAsync("the commit", async _ =>
            {
                await session.CommitAsync(cancellation).ConfigureAwait(false);
                return true;
            }).ConfigureAwait(false);
        }
        finally
        {
            await session.RollBackAsync().ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public override Task<MigrationHistory> ReadHistoryAsync(CancellationToken cancellation) =>
        OwnAsync("reading the history", session => new MongoDbHistory(session, _config).ReadAsync(cancellation));

    /// <inheritdoc/>
    public override Task EnsureHistoryAsync(Migration? script, IRunObserver observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return LockedAsync("creating the history", observer, async (run, stop) =>
        {
            await new HistorySetup(run).RunAsync(script, stop).ConfigureAwait(false);
            return ApplyOutcome.Completed;
        }, cancellation);
    }

    /// <inheritdoc/>
    /// <remarks>On a server without transactions one after the other, under the run lock: what stops in the middle leaves the first of them.</remarks>
    public override Task ChangeHistoryAsync(IReadOnlyList<HistoryChange> changes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return LockedAsync("changing the history", new Unobserved(), async (run, stop) =>
        {
            await (_hasTransactions ? run.Session.TransactAsync(Change, stop) : Change(stop)).ConfigureAwait(false);
            return ApplyOutcome.Completed;

            async Task Change(CancellationToken token)
            {
                HistoryChange.Check(changes, await run.History.ReadAsync(token).ConfigureAwait(false));
                await run.History.ChangeAsync(changes, token).ConfigureAwait(false);
            }
        }, cancellation);
    }

    /// <summary>Creates the history, where there is none, and runs under one run lock.</summary>
    /// <inheritdoc/>
    public override async Task<ApplyOutcome> RunAsync(IReadOnlyList<ScriptUnit> units, bool createsHistory, IRunObserver observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(units);
        ArgumentNullException.ThrowIfNull(observer);
        if (!createsHistory)
        {
            return await RunAsync(units, observer, cancellation).ConfigureAwait(false);
        }

        var held = await LockRunAsync(cancellation).ConfigureAwait(false);
        await using var release = held.ConfigureAwait(false);
        await EnsureHistoryAsync(null, observer, cancellation).ConfigureAwait(false);
        return await RunAsync(units, observer, cancellation).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public override Task<IAsyncDisposable> LockRunAsync(CancellationToken cancellation) =>
        OwnAsync("taking the run lock", session => _runLock.HoldAsync(session, cancellation));

    /// <inheritdoc/>
    public Task WriteScriptAsync(MigrationPlan plan, MigrationHistory history, TextWriter script, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(history);
        IReadOnlyList<string> completion = history.State == HistoryTableState.Absent ? [MongoShellScript.CreationOf(_config)] : [];
        new MongoShellScript(_config, _hasTransactions, script).Write(plan, completion, cancellation);
        return Task.CompletedTask;
    }

    private MongoDbSession Session => _session ?? throw new InvalidOperationException("ConnectAsync comes first.");

    private Task<ApplyOutcome> RunAsync(IReadOnlyList<ScriptUnit> units, IRunObserver observer, CancellationToken cancellation) => LockedAsync(units[0].Rollback is null ? "applying migrations" : "undoing migrations", observer, async (run, stop) =>
    {
        foreach (var unit in units)
        {
            var outcome = await (unit.IsTransactional && unit.Resume is null && _hasTransactions
                ? new TransactedRun(run, unit).RunAsync(stop)
                : new JournalledRun(run, unit, _hasTransactions).RunAsync(stop)).ConfigureAwait(false);
            if (outcome != ApplyOutcome.Completed)
            {
                return outcome;
            }
        }

        return ApplyOutcome.Completed;
    }, cancellation);

    private Task<ApplyOutcome> LockedAsync(string action, IRunObserver observer, Func<MongoDbRun, CancellationToken, Task<ApplyOutcome>> work, CancellationToken cancellation) =>
        OwnAsync(action, session => _runLock.RunAsync(session, observer, work, cancellation));

    private async Task<T> OwnAsync<T>(string action, Func<MongoDbSession, Task<T>> work)
    {
        try
        {
            return await work(Session).ConfigureAwait(false);
        }
        catch (Exception exception) when (MongoDbErrors.IsOfServer(exception))
        {
            throw MongoDbErrors.ForOwn(exception, _config, action);
        }
    }
}

using System.Globalization;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Sqlite;

/// <summary>
/// Migrates a SQLite database. Its write lock is the run lock: whoever has begun a transaction is alone until it ends.
/// </summary>
/// <param name="config">The database.</param>
public sealed class SqliteAdapter(SqliteConfig config) : DatabaseAdapter(config), IRehearsalStage, IRunScripter, ITableCatalog
{
    private readonly SqliteConfig _config = config;
    private readonly SqliteHistoryTable _history = new(config.Settings.HistoryTable);
    private SqliteSession? _session;

    /// <inheritdoc/>
    /// <remarks>A file that is missing is created by the first write, so that looking at the status leaves no empty file.</remarks>
    /// <exception cref="MigrationException">MIG4003 when the file cannot be opened, or is no SQLite database.</exception>
    public override Task ConnectAsync(CancellationToken cancellation) => OnOwnThread("opening it", () =>
    {
        SqliteFile.Check(_config);
        if (!_config.IsMissing)
        {
            Session().Query("PRAGMA schema_version", cancellation);
        }
    });

    /// <inheritdoc/>
    public override Task DisconnectAsync()
    {
        _session?.Dispose();
        _session = null;
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override async Task<string> TestConnectionAsync(CancellationToken cancellation)
    {
        var rows = await QueryAsync($"SELECT 'SQLite ' || sqlite_version()", cancellation).ConfigureAwait(false);
        return (string)rows[0][0]!;
    }

    /// <inheritdoc/>
    public override Task ExecuteAsync(string statement, CancellationToken cancellation) =>
        OnOwnThread("a statement", () => Session().Execute(statement, cancellation));

    /// <inheritdoc/>
    public override Task<IReadOnlyList<IReadOnlyList<object?>>> QueryAsync(FormattableString query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        var parameters = Enumerable.Range(1, query.ArgumentCount).Select(number => (object)$"?{number}").ToArray();
        var sql = string.Format(CultureInfo.InvariantCulture, query.Format, parameters);
        return OnOwnThread("a query", () => Session().Query(sql, cancellation, query.GetArguments()).Rows);
    }

    /// <inheritdoc/>
    public override Task<bool> TableExistsAsync(HistoryTableName table, CancellationToken cancellation) =>
        OnOwnThread("reading its schema", () => !_config.IsMissing && SqliteHistoryTable.Exists(Session(), table, cancellation));

    /// <inheritdoc/>
    public Task<IReadOnlyList<TableShape>> FindTablesAsync(IReadOnlyCollection<HistoryTableName> names, CancellationToken cancellation) =>
        OnOwnThread("reading its schema", () => _config.IsMissing ? [] : SqliteCatalog.Find(Session(), names, cancellation));

    /// <inheritdoc/>
    public Task<IReadOnlyList<IReadOnlyList<object?>>> ReadTableAsync(HistoryTableName table, IReadOnlyList<string> columns, CancellationToken cancellation) =>
        OnOwnThread($"reading {table}", () => SqliteCatalog.Read(Session(), table, columns, cancellation));

    /// <inheritdoc/>
    public override async Task InTransactionAsync(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(work);
        await OnOwnThread("beginning a transaction", () => Session().Begin(cancellation)).ConfigureAwait(false);
        try
        {
            await work(cancellation).ConfigureAwait(false);
            await OnOwnThread("the commit", () => Session().Commit(cancellation)).ConfigureAwait(false);
        }
        finally
        {
            Session().Rollback();
        }
    }

    /// <inheritdoc/>
    public override Task<MigrationHistory> ReadHistoryAsync(CancellationToken cancellation) =>
        OnOwnThread("reading the history", () => _config.IsMissing ? MigrationHistory.Absent(_config.Settings.HistoryTable) : _history.Read(Session(), cancellation));

    /// <inheritdoc/>
    public override Task EnsureHistoryAsync(Migration? script, IRunObserver observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(observer);
        RefuseToBeForgotten();
        return OnOwnThread("creating the history table", () =>
        {
            new HistorySetup(Session(), _config, _history).Run(script, observer, cancellation);
            RenewSession();
        });
    }

    /// <inheritdoc/>
    public override Task ChangeHistoryAsync(IReadOnlyList<HistoryChange> changes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(changes);
        RefuseToBeForgotten();
        return OnOwnThread("changing the history", () =>
        {
            var session = Session();
            session.Begin(cancellation);
            try
            {
                HistoryChange.Check(changes, _history.Read(session, cancellation));
                _history.Change(session, changes, cancellation);
                session.Commit(cancellation);
            }
            finally
            {
                session.Rollback();
            }
        });
    }

    /// <inheritdoc/>
    public override Task<ApplyOutcome> ApplyAsync(IReadOnlyList<MigrationStep> steps, IRunObserver observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(steps);
        ArgumentNullException.ThrowIfNull(observer);
        RefuseToBeForgotten();
        return OnOwnThread("applying migrations", () => Each(steps, step => step.Migration.IsTransactional
            ? new TransactionalMigration(Session(), _config, _history, step, observer).Run(cancellation)
            : UnderRunLock(() => new UntransactedMigration(Session(), _config, _history, step, observer).Run(cancellation), cancellation)));
    }

    /// <inheritdoc/>
    public override Task<ApplyOutcome> RollBackAsync(IReadOnlyList<RollbackScript> rollbacks, IRunObserver observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(rollbacks);
        ArgumentNullException.ThrowIfNull(observer);
        return OnOwnThread("undoing migrations", () => Each(rollbacks, script => script.IsTransactional
            ? new TransactionalRollback(Session(), _config, _history, observer).Run(script, cancellation)
            : UnderRunLock(() => new UntransactedRollback(Session(), _config, _history, script, observer).Run(cancellation), cancellation)));
    }

    /// <inheritdoc/>
    public override Task<IAsyncDisposable> LockRunAsync(CancellationToken cancellation) =>
        OnOwnThread<IAsyncDisposable>("taking the run lock", () => RunLockFile.Take(_config, cancellation));

    /// <inheritdoc/>
    public Task WriteScriptAsync(MigrationPlan plan, MigrationHistory history, TextWriter script, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(history);
        return OnOwnThread("writing the script", () =>
        {
            using var fresh = SqliteFile.Open(_config.Scratch());
            var completion = history.State switch
            {
                HistoryTableState.Absent => [_history.Creation],
                HistoryTableState.Incomplete => _history.Completion(Session(), cancellation),
                _ => [],
            };
            new ShellScript(_config, _history, fresh, script).Write(plan, completion, cancellation);
        });
    }

    /// <inheritdoc/>
    /// <remarks>In the place of a file that is missing stands a database in memory, so that none is there afterwards.</remarks>
    public Task<IMigrationRehearsal> RehearseAsync(IRunObserver observer, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(observer);
        return OnOwnThread<IMigrationRehearsal>("beginning a dry run", () =>
        {
            var fresh = SqliteFile.Open(_config.Scratch());
            var missing = _config.IsMissing ? SqliteFile.Open(_config.Scratch()) : null;
            var rehearsal = new SqliteRehearsal(missing ?? Session(), _config, _history, fresh, observer);
            rehearsal.Begin(cancellation);
            return new SqliteRehearsalStage(rehearsal, missing is null ? [fresh] : [fresh, missing], OnOwnThread);
        });
    }

    // Whoever asks for that means another database: nobody will ever see what was done to this one.
    private void RefuseToBeForgotten()
    {
        if (_config.EndsWithRun)
        {
            throw Errors.ConnectionMalformed(
                _config.Settings.Variable,
                "a database in memory ends with the run, and all that was applied with it. Name a file. To try migrations and leave nothing behind, use -t:MigrateDryRun; a program that holds a database in memory open gives it a name: sqlite:NAME?mode=memory.",
                SqliteDefinition.Form);
        }
    }

    private ApplyOutcome Each<TItem>(IReadOnlyList<TItem> items, Func<TItem, ApplyOutcome> run)
    {
        var outcome = ApplyOutcome.Completed;
        for (var i = 0; i < items.Count && outcome == ApplyOutcome.Completed; i++)
        {
            outcome = run(items[i]);
            RenewSession();
        }

        return outcome;
    }

    private ApplyOutcome UnderRunLock(Func<ApplyOutcome> run, CancellationToken cancellation)
    {
        using var runLock = RunLockFile.Take(_config, cancellation);
        return run();
    }

    private SqliteSession Session() => _session ??= SqliteFile.Open(_config);

    // The new session is opened before the old one goes: a database in memory lives as long as one is open.
    private void RenewSession()
    {
        if (_session is { HasForeignState: true } used)
        {
            _session = SqliteFile.Open(_config);
            used.Dispose();
        }
    }

    // SQLite works in the caller's thread. Waiting and long statements must not hold up those of the pool.
    private Task<T> OnOwnThread<T>(string action, Func<T> work) => Task.Factory.StartNew(
        () =>
        {
            try
            {
                return work();
            }
            catch (SqliteFailure failure)
            {
                throw SqliteErrors.ForOwn(failure, _config, action);
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);

    private async Task OnOwnThread(string action, Action work) => await OnOwnThread(action, () =>
    {
        work();
        return true;
    }).ConfigureAwait(false);
}

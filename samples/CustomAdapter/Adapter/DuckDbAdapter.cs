using DuckDB.NET.Data;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace DuckDbSample;

/// <summary>Migrates a DuckDB file. What other tools left in it can be imported, because it can list its tables.</summary>
public sealed class DuckDbAdapter(DuckDbConfig config) : DatabaseAdapter(config), ITableCatalog
{
    private readonly DuckDbConfig _config = config;
    private readonly DuckDbHistory _history = new(config.Settings.HistoryTable);
    private DuckDbSession? _session;
    private DuckDbRunLock? _lock;

    /// <remarks>A file that is missing is created by the first write, so that looking at the status leaves no empty file.</remarks>
    public override Task ConnectAsync(CancellationToken cancellation) => Work("opening it", () =>
    {
        if (!IsMissing)
        {
            Session(cancellation);
        }
    });

    public override Task DisconnectAsync()
    {
        _session?.Dispose();
        _session = null;
        return Task.CompletedTask;
    }

    public override async Task<string> TestConnectionAsync(CancellationToken cancellation) =>
        (string)(await QueryAsync($"SELECT 'DuckDB ' || version()", cancellation))[0][0]!;

    public override Task ExecuteAsync(string statement, CancellationToken cancellation) => Work("a statement", () => Session(cancellation).Execute(statement, cancellation));

    public override Task<IReadOnlyList<IReadOnlyList<object?>>> QueryAsync(FormattableString query, CancellationToken cancellation) =>
        Work("a query", () => Session(cancellation).Query(DuckDbSession.Parametrize(query), cancellation, query.GetArguments()).Rows);

    public override Task<bool> TableExistsAsync(HistoryTableName table, CancellationToken cancellation) =>
        Work("reading its schema", () => !IsMissing && DuckDbHistory.Exists(Session(cancellation), table, cancellation));

    public override async Task InTransactionAsync(Func<CancellationToken, Task> work, CancellationToken cancellation)
    {
        await Work("beginning a transaction", () => Session(cancellation).Begin(cancellation));
        try
        {
            await work(cancellation);
            await Work("the commit", () => Session(cancellation).Commit());
        }
        finally
        {
            await Work("the rollback", () => Session(default).Rollback());
        }
    }

    public override Task<MigrationHistory> ReadHistoryAsync(CancellationToken cancellation) =>
        Work("reading the history", () => IsMissing ? MigrationHistory.Absent(_config.Settings.HistoryTable) : _history.Read(Session(cancellation), cancellation));

    public override Task EnsureHistoryAsync(Migration? script, IRunObserver observer, CancellationToken cancellation) => Locked("creating the history table", cancellation, () =>
    {
        new HistorySetup(Session(cancellation), _config, _history).Run(script, observer, cancellation);
        LeaveNothingBehind(script is null);
    });

    public override Task ChangeHistoryAsync(IReadOnlyList<HistoryChange> changes, CancellationToken cancellation) => Locked("changing the history", cancellation, () =>
    {
        var session = Session(cancellation);
        session.Begin(cancellation);
        try
        {
            HistoryChange.Check(changes, _history.Read(session, cancellation));
            _history.Change(session, changes, cancellation);
            session.Commit();
        }
        finally
        {
            session.Rollback();
        }
    });

    public override Task<ApplyOutcome> ApplyAsync(IReadOnlyList<MigrationStep> steps, IRunObserver observer, CancellationToken cancellation) =>
        RunAsync("applying migrations", steps, step => new MigrationRun(Session(cancellation), _config, _history, step, observer), cancellation);

    public override Task<ApplyOutcome> RollBackAsync(IReadOnlyList<RollbackScript> rollbacks, IRunObserver observer, CancellationToken cancellation) =>
        RunAsync("undoing migrations", rollbacks, rollback => new RollbackRun(Session(cancellation), _config, _history, rollback, observer), cancellation);

    public override Task<IAsyncDisposable> LockRunAsync(CancellationToken cancellation) => Work<IAsyncDisposable>("taking the run lock", () => _lock = DuckDbRunLock.Take(_config, cancellation));

    public Task<IReadOnlyList<TableShape>> FindTablesAsync(IReadOnlyCollection<HistoryTableName> names, CancellationToken cancellation) => Work<IReadOnlyList<TableShape>>("reading its schema", () =>
    {
        if (IsMissing)
        {
            return [];
        }

        var session = Session(cancellation);
        return
        [
            .. session.Query("SELECT table_schema, table_name, column_name FROM information_schema.columns WHERE table_catalog = $1 ORDER BY ALL", cancellation, session.Catalog).Rows
                .GroupBy(row => new HistoryTableName((string)row[0]!, (string)row[1]!), row => (string)row[2]!)
                .Where(table => names.Any(name => IsMeant(name, table.Key)))
                .Select(table => new TableShape(table.Key, [.. table])),
        ];
    });

    public Task<IReadOnlyList<IReadOnlyList<object?>>> ReadTableAsync(HistoryTableName table, IReadOnlyList<string> columns, CancellationToken cancellation) => Work($"reading {table}", () =>
        Session(cancellation).Query($"SELECT {string.Join(", ", columns.Select(Quote))} FROM {Quote(Session(cancellation).Catalog)}.{Quote(table.Schema!)}.{Quote(table.Table)}", cancellation).Rows);

    private bool IsMissing => !File.Exists(_config.File);

    private DuckDbSession Session(CancellationToken cancellation) => _session ??= DuckDbSession.Open(_config, cancellation);

    // Null when the engine has taken it for a longer piece of work already.
    private DuckDbRunLock? Lock(CancellationToken cancellation) => _lock is { IsHeld: true } ? null : DuckDbRunLock.Take(_config, cancellation);

    // Settings, temporary tables and attached databases go with the session that a script ran in.
    private void LeaveNothingBehind(bool isClean)
    {
        if (!isClean)
        {
            _session?.Dispose();
            _session = null;
        }
    }

    private bool IsMeant(HistoryTableName name, HistoryTableName table) =>
        name.Table.Equals(table.Table, StringComparison.OrdinalIgnoreCase)
        && (name.Schema is null ? table.Schema is "main" || table.Schema == _config.Settings.HistoryTable.Schema : name.Schema.Equals(table.Schema, StringComparison.OrdinalIgnoreCase));

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private Task<ApplyOutcome> RunAsync<TStep>(string action, IReadOnlyList<TStep> steps, Func<TStep, ScriptRun> prepare, CancellationToken cancellation)
    {
        var outcome = ApplyOutcome.Completed;
        return Work(action, () =>
        {
            for (var i = 0; i < steps.Count && outcome == ApplyOutcome.Completed; i++)
            {
                using var runLock = Lock(cancellation);
                var run = prepare(steps[i]);
                var isClean = false;
                try
                {
                    outcome = run.Run(cancellation);
                    isClean = !run.LeavesState;
                }
                finally
                {
                    LeaveNothingBehind(isClean);
                }
            }

            return outcome;
        });
    }

    private Task Locked(string action, CancellationToken cancellation, Action work) => Work(action, () =>
    {
        using var runLock = Lock(cancellation);
        work();
    });

    private Task Work(string action, Action work) => Work(action, () =>
    {
        work();
        return true;
    });

    // DuckDB works in the caller's thread. Waiting and long statements must not hold up those of the pool.
    private Task<TResult> Work<TResult>(string action, Func<TResult> work) => Task.Factory.StartNew(
        () =>
        {
            try
            {
                return work();
            }
            catch (DuckDBException exception)
            {
                throw Errors.DatabaseRefused(_config.Target, action, DuckDbFailure.Of(exception).Problem, exception);
            }
            catch (TimeoutException exception)
            {
                throw Errors.CommandTimeout(default, _config.Settings.CommandTimeout, $"It was {action}.", exception);
            }
        },
        CancellationToken.None,
        TaskCreationOptions.LongRunning,
        TaskScheduler.Default);
}

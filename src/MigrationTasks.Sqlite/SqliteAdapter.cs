using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Sqlite.Schema;

namespace MigrationTasks.Sqlite;

/// <summary>
/// Migrates a SQLite database. Its write lock is the run lock: whoever has begun a transaction is alone until it ends.
/// </summary>
/// <param name="config">The database.</param>
public sealed class SqliteAdapter(SqliteConfig config) : SqlAdapter(config), IRehearsalStage, IRunScripter, ISchemaReader, ISchemaWriter, IShadowServer, ITableCatalog
{
    private readonly SqliteConfig _config = config;
    private readonly SqlHistory _history = new(config.Settings.HistoryTable, new SqliteHistoryDialect());
    private readonly SqliteSessions _sessions = new(config);

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
        _sessions.Dispose();
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task<SchemaSnapshot> ReadSchemaAsync(CancellationToken cancellation) => OnOwnThread("reading its schema", () =>
        _config.IsMissing ? SqliteSchemaReader.Nothing : new SqliteSchemaReader(Session(), _config.Settings.HistoryTable.Table).Read(cancellation));

    /// <inheritdoc/>
    public Task<IReadOnlyList<SchemaStatement>> WriteChangesAsync(SchemaSnapshot before, SchemaSnapshot after, IReadOnlyList<SchemaRename> renames, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(before);
        ArgumentNullException.ThrowIfNull(after);
        ArgumentNullException.ThrowIfNull(renames);
        return OnOwnThread("writing a migration", () => new SqliteSchemaProof(_config).Write(before, after, renames, cancellation));
    }

    /// <inheritdoc/>
    public HistoryTableName ShadowTable => SqliteShadow.Table;

    /// <inheritdoc/>
    public DatabaseConfig ConfigureShadow(ShadowPlace place) => SqliteShadow.Configure(_config, place);

    /// <inheritdoc/>
    public Task<bool> CreateShadowAsync(ShadowPlace place, CancellationToken cancellation) =>
        OnOwnThread("creating the shadow database", () => SqliteShadow.Create(SqliteShadow.Configure(_config, place), cancellation));

    /// <inheritdoc/>
    public Task DropShadowAsync(ShadowPlace place, CancellationToken cancellation)
    {
        SqliteShadow.Drop(SqliteShadow.Configure(_config, place));
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public ShadowVerdict Judge(ScriptStatement statement, bool isOwnServer) => SqliteShadow.Judge(statement);

    /// <inheritdoc/>
    public override async Task<string> TestConnectionAsync(CancellationToken cancellation)
    {
        var rows = await QueryAsync($"SELECT 'SQLite ' || sqlite_version()", cancellation).ConfigureAwait(false);
        return (string)rows[0][0]!;
    }

    /// <inheritdoc/>
    public override Task<bool> TableExistsAsync(HistoryTableName table, CancellationToken cancellation) =>
        OnOwnThread("reading its schema", () => !_config.IsMissing
            && Session().Query("SELECT 1 FROM main.sqlite_master WHERE type IN ('table', 'view') AND name = ?1 COLLATE NOCASE", cancellation, table.Table).Rows.Count > 0);

    /// <inheritdoc/>
    public Task<IReadOnlyList<TableShape>> FindTablesAsync(IReadOnlyCollection<HistoryTableName> names, CancellationToken cancellation) =>
        OnOwnThread("reading its schema", () => _config.IsMissing ? [] : SqliteCatalog.Find(Session(), names, cancellation));

    /// <inheritdoc/>
    public Task<IReadOnlyList<IReadOnlyList<object?>>> ReadTableAsync(HistoryTableName table, IReadOnlyList<string> columns, CancellationToken cancellation) =>
        OnOwnThread($"reading {table}", () => SqliteCatalog.Read(Session(), table, columns, cancellation));

    /// <inheritdoc/>
    public override Task EnsureHistoryAsync(Migration? script, IRunObserver observer, CancellationToken cancellation)
    {
        RefuseToBeForgotten();
        return base.EnsureHistoryAsync(script, observer, cancellation);
    }

    /// <inheritdoc/>
    public override Task ChangeHistoryAsync(IReadOnlyList<HistoryChange> changes, CancellationToken cancellation)
    {
        RefuseToBeForgotten();
        return base.ChangeHistoryAsync(changes, cancellation);
    }

    /// <inheritdoc/>
    public override Task<ApplyOutcome> RunAsync(IReadOnlyList<ScriptUnit> units, bool createsHistory, IRunObserver observer, CancellationToken cancellation)
    {
        RefuseToBeForgotten();
        return base.RunAsync(units, createsHistory, observer, cancellation);
    }

    /// <inheritdoc/>
    public override Task<IAsyncDisposable> LockRunAsync(CancellationToken cancellation) =>
        OnOwnThread<IAsyncDisposable>("taking the run lock", () => RunLockFile.Take(_config.FilePath, _config, cancellation));

    /// <inheritdoc/>
    public Task WriteScriptAsync(MigrationPlan plan, MigrationHistory history, TextWriter script, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(history);
        return OnOwnThread("writing the script", () =>
        {
            using var fresh = SqliteFile.Open(_config.Scratch());
            var completion = history.State == HistoryTableState.Complete ? [] : _history.Completion(_config.IsMissing ? new HistoryShape([], false) : ShapeOf(_sessions, cancellation));
            new ShellScript(_config, fresh, script, CompletionAfter).Write(plan, completion, cancellation);
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
            var missing = _config.IsMissing ? new SqliteSessions(_config.Scratch()) : null;
            var rehearsal = new SqliteRehearsal(missing ?? _sessions, _config, _history, fresh, observer);
            rehearsal.Begin(cancellation);
            return new SqliteRehearsalStage(rehearsal, missing is null ? [fresh] : [fresh, missing], OnOwnThread, this);
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

    /// <inheritdoc/>
    protected override SqlHistory History => _history;

    /// <inheritdoc/>
    protected override bool IsMissing => _config.IsMissing;

    /// <inheritdoc/>
    protected override ScriptSession OpenSession(IRunObserver observer, CancellationToken cancellation) =>
        new SqliteScriptSession(_config, new SqliteCommands(_history), observer, _sessions);

    // What makes a table complete that a migration creates: it is tried in an empty database, of which nothing is left.
    private IReadOnlyList<string> CompletionAfter(Migration script, CancellationToken cancellation)
    {
        using var scratch = new SqliteSessions(_config.Scratch());
        var session = new SqliteScriptSession(_config, new SqliteCommands(_history), new Unobserved(), scratch);
        const string Consequence = "It was tried in an empty database in memory, to learn what columns it creates: a script cannot ask.";
        return _history.Completion(new HistoryTable(session).CreateAsync(script, Consequence, cancellation).GetAwaiter().GetResult());
    }

    private HistoryShape ShapeOf(SqliteSessions sessions, CancellationToken cancellation) => HistoryShape.Read(sessions.Current.Query(_history.SelectShape.Text, cancellation, [.. _history.SelectShape.Values]).Rows);

    /// <inheritdoc/>
    protected override Task<T> ScheduleAsync<T>(Func<Task<T>> work) => OnOwnThread("running scripts", () => work().GetAwaiter().GetResult());

    private SqliteSession Session() => _sessions.Current;

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

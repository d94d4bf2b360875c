using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;
using MigrationTasks.Engine.Schema;

namespace DuckDbSample;

/// <summary>Migrates a DuckDB file. What other tools left in it can be imported, because it can list its tables; its schema can be read.</summary>
public sealed class DuckDbAdapter(DuckDbConfig config) : SqlAdapter(config), ITableCatalog, ISchemaReader
{
    private readonly DuckDbConfig _config = config;
    private DuckDbSession? _session;
    private RunLockFile? _lock;

    /// <remarks>A file that is missing is created by the first write, so that looking at the status leaves no empty file.</remarks>
    public override Task ConnectAsync(CancellationToken cancellation) => IsMissing ? Task.CompletedTask : Work("opening it", () => Session(cancellation));

    public override Task DisconnectAsync()
    {
        _session?.Dispose();
        _session = null;
        return Task.CompletedTask;
    }

    public override async Task<string> TestConnectionAsync(CancellationToken cancellation) =>
        (string)(await QueryAsync($"SELECT 'DuckDB ' || version()", cancellation))[0][0]!;

    public override async Task<bool> TableExistsAsync(HistoryTableName table, CancellationToken cancellation) =>
        !IsMissing && (await AskAsync("reading its schema", session => session.QueryAsync(session.Language.History.ShapeOf(table), cancellation))).Rows.Count > 0;

    public override Task<IAsyncDisposable> LockRunAsync(CancellationToken cancellation) =>
        Work<IAsyncDisposable>("taking the run lock", () => _lock = RunLockFile.Take(_config.File, _config, cancellation));

    public Task<IReadOnlyList<TableShape>> FindTablesAsync(IReadOnlyCollection<HistoryTableName> names, CancellationToken cancellation) => Work<IReadOnlyList<TableShape>>("reading its schema", () => IsMissing
        ? []
        :
        [
            .. Session(cancellation).Query("SELECT table_schema, table_name, column_name FROM information_schema.columns WHERE table_catalog = $1 ORDER BY ALL", cancellation, _config.Catalog).Rows
                .GroupBy(row => new HistoryTableName((string)row[0]!, (string)row[1]!), row => (string)row[2]!)
                .Where(table => names.Any(name => IsMeant(name, table.Key)))
                .Select(table => new TableShape(table.Key, [.. table])),
        ]);

    public Task<IReadOnlyList<IReadOnlyList<object?>>> ReadTableAsync(HistoryTableName table, IReadOnlyList<string> columns, CancellationToken cancellation) => Work($"reading {table}", () =>
        Session(cancellation).Query($"SELECT {string.Join(", ", columns.Select(Quote))} FROM {Quote(_config.Catalog)}.{Quote(table.Schema!)}.{Quote(table.Table)}", cancellation).Rows);

    public Task<SchemaSnapshot> ReadSchemaAsync(CancellationToken cancellation) => Work("reading its schema", () => IsMissing
        ? new SchemaBuilder().Build("DuckDB")
        : DuckDbSchemaReader.Read(Session(cancellation), _config, cancellation));

    /// <summary>The session that is open; it is opened when it is needed.</summary>
    public DuckDbSession Session(CancellationToken cancellation) => _session ??= DuckDbSession.Open(_config, cancellation);

    /// <summary>
    /// The run lock, which DuckDB's own is not: that keeps other processes out, but not other runs in the same one. Null when the engine has
    /// taken it for a longer piece of work already.
    /// </summary>
    public RunLockFile? Lock(CancellationToken cancellation) => _lock is { IsHeld: true } ? null : RunLockFile.Take(_config.File, _config, cancellation);

    protected override SqlHistory History => field ??= new SqlHistory(_config.Settings.HistoryTable, new DuckDbHistoryDialect(_config));

    protected override bool IsMissing => !File.Exists(_config.File);

    protected override ScriptSession OpenSession(IRunObserver observer, CancellationToken cancellation) => new DuckDbScriptSession(_config, new CommandLanguage(History), observer, this);

    // DuckDB works in the caller's thread. Waiting and long statements must not hold up those of the pool.
    protected override Task<T> ScheduleAsync<T>(Func<Task<T>> work) =>
        Task.Factory.StartNew(() => work().GetAwaiter().GetResult(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    private Task<T> Work<T>(string action, Func<T> work) => AskAsync(action, _ => Task.FromResult(work()));

    private bool IsMeant(HistoryTableName name, HistoryTableName table) =>
        name.Table.Equals(table.Table, StringComparison.OrdinalIgnoreCase)
        && (name.Schema is null ? table.Schema is "main" || table.Schema == _config.Settings.HistoryTable.Schema : name.Schema.Equals(table.Schema, StringComparison.OrdinalIgnoreCase));

    private static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}

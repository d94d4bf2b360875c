using System.Globalization;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.History.ForeignTools;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.MySql.Schema;
using MySqlConnector;

namespace MigrationTasks.MySql;

/// <summary>MySQL and MariaDB.</summary>
internal sealed class MySqlAdapter(MySqlConfig config) : SqlAdapter(config), IRunScripter, ISchemaReader, IShadowServer, ITableCatalog
{
    private readonly MySqlHistory _history = new(config.HistoryTable);
    private readonly MySqlConnections _connections = new(config);
    private MySqlShadow _shadows = MySqlShadow.Unknown;

    public override Task ConnectAsync(CancellationToken cancellation) => _connections.ConnectAsync(cancellation);

    /// <inheritdoc/>
    public override bool MayAnswerLater(MigrationException problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        // What the server itself says has a state; without one, it is nobody's answer.
        return problem.Code == "MIG4001" && problem.InnerException is MySqlException { SqlState: null } or MySqlException { Number: ServerCodes.ServerShutdown };
    }

    public override Task DisconnectAsync() => _connections.DisconnectAsync();

    public override async Task<string> TestConnectionAsync(CancellationToken cancellation)
    {
        await ExecuteAsync("DO 0", cancellation).ConfigureAwait(false);
        var version = _connections.Current.ServerVersion;
        return version.Contains("MariaDB", StringComparison.OrdinalIgnoreCase) ? $"MariaDB {version.Split('-')[0]}" : $"MySQL {version}";
    }

    public override Task ExecuteAsync(string statement, CancellationToken cancellation) => _connections.ExecuteAsync(statement, cancellation);

    public override Task<IReadOnlyList<IReadOnlyList<object?>>> QueryAsync(FormattableString query, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(query);
        var sql = string.Format(CultureInfo.InvariantCulture, query.Format, [.. Enumerable.Repeat("?", query.ArgumentCount)]);
        return _connections.ReportAsync(sql, async () => (await MySqlRows.ReadAsync(_connections.Current, sql, cancellation, query.GetArguments()).ConfigureAwait(false)).Rows);
    }

    public override async Task<bool> TableExistsAsync(HistoryTableName table, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(table);
        var schema = table.Schema ?? config.HistoryTable.Schema;
        var rows = await QueryAsync($"SELECT COUNT(*) FROM information_schema.TABLES WHERE TABLE_SCHEMA = {schema} AND TABLE_NAME = {table.Table}", cancellation).ConfigureAwait(false);
        return rows[0][0] is > 0L;
    }

    public Task<IReadOnlyList<TableShape>> FindTablesAsync(IReadOnlyCollection<HistoryTableName> names, CancellationToken cancellation) =>
        _connections.ReportAsync("looking for the tables of other tools", () => Catalog.FindAsync(names, cancellation));

    public Task<IReadOnlyList<IReadOnlyList<object?>>> ReadTableAsync(HistoryTableName table, IReadOnlyList<string> columns, CancellationToken cancellation) =>
        _connections.ReportAsync($"reading {table}", () => Catalog.ReadAsync(table, columns, cancellation));

    public Task<SchemaSnapshot> ReadSchemaAsync(CancellationToken cancellation) => _connections.ReportAsync("reading the schema", () =>
        new MySqlSchemaReader(_connections.Current, OwnTables).ReadAsync(cancellation));

    public HistoryTableName ShadowTable => MySqlShadow.Table;

    public DatabaseConfig ConfigureShadow(ShadowPlace place) => config.ForShadow(place.Name);

    public Task<bool> CreateShadowAsync(ShadowPlace place, CancellationToken cancellation) => _connections.ReportAsync("creating the shadow database", async () =>
    {
        (_shadows, var isCreated) = await MySqlShadow.CreateAsync(_connections.Current, config, place.Name, cancellation).ConfigureAwait(false);
        return isCreated;
    });

    public Task DropShadowAsync(ShadowPlace place, CancellationToken cancellation) => _connections.ExecuteAsync($"DROP DATABASE IF EXISTS {MySqlLiteral.Quote(place.Name)}", cancellation);

    public ShadowVerdict Judge(ScriptStatement statement, bool isOwnServer) => _shadows.Judge(statement);

    public override Task InTransactionAsync(Func<CancellationToken, Task> work, CancellationToken cancellation) => _connections.InTransactionAsync(work, cancellation);

    public override Task<MigrationHistory> ReadHistoryAsync(CancellationToken cancellation) => _connections.ReportAsync($"reading the history {_history.Name}", async () =>
    {
        try
        {
            var (columns, rows) = await MySqlRows.ReadAsync(_connections.Current, $"{SessionState.ForRecord}; {_history.Select}", cancellation).ConfigureAwait(false);
            return HistorySchema.Read(_history.Name, columns, rows);
        }
        catch (MySqlException exception) when (exception.ErrorCode is MySqlErrorCode.NoSuchTable or MySqlErrorCode.UnknownDatabase)
        {
            return MigrationHistory.Absent(_history.Name);
        }
    });

    public override async Task EnsureHistoryAsync(Migration? script, IRunObserver observer, CancellationToken cancellation)
    {
        var session = NewSession(observer, cancellation);
        await using var disposal = session.ConfigureAwait(false);
        await session.GuardAsync($"creating the history {_history.Name}", "", stop => new HistorySetup(session).RunAsync(script, stop)).ConfigureAwait(false);
    }

    public override async Task ChangeHistoryAsync(IReadOnlyList<HistoryChange> changes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var session = NewSession(new Unobserved(), cancellation);
        await using var disposal = session.ConfigureAwait(false);
        await session.GuardAsync($"changing the history {_history.Name}", "None of the changes was made.", stop => new HistoryEdit(session).RunAsync(changes, stop)).ConfigureAwait(false);
    }

    public override Task<IAsyncDisposable> LockRunAsync(CancellationToken cancellation) =>
        _connections.LockAsync(connection => RunLock.HoldAsync(connection, _history.RunLockName, config, cancellation), cancellation);

    public async Task WriteScriptAsync(MigrationPlan plan, MigrationHistory history, TextWriter script, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(history);
        var collation = (await QueryAsync($"SELECT @@collation_connection", cancellation).ConfigureAwait(false))[0][0];
        var session = NewSession(new Unobserved(), cancellation);
        await using var disposal = session.ConfigureAwait(false);
        var completion = plan.HistoryScript is not null || history.State == HistoryTableState.Complete
            ? []
            : await _connections.ReportAsync($"reading the history {_history.Name}", () => new HistorySetup(session).ReadChangesAsync(cancellation)).ConfigureAwait(false);
        new ClientScript(config, _history, (string)collation!, script).Write(plan, completion, cancellation);
    }

    // Those that are in this database: the history may be in another one. How names are compared is the server's matter.
    private HashSet<string> OwnTables => config.HistoryTable.Schema!.Equals(config.Database, StringComparison.OrdinalIgnoreCase)
        ? new HashSet<string>([config.HistoryTable.Table, ClusterLease.TableName, MySqlShadow.Table.Table], StringComparer.OrdinalIgnoreCase)
        : [];

    private MySqlCatalog Catalog => new(_connections.Current, [config.HistoryTable.Schema!, config.Database]);

    protected override SqlHistory History => _history;

    protected override ScriptSession OpenSession(IRunObserver observer, CancellationToken cancellation)
    {
        var session = NewSession(observer, cancellation);
        session.WatchLocks(new MySqlLockSight(config, _history.RunLockName, _connections.OpenAsync));
        return session;
    }

    protected override async Task<MigrationHistory> ReadHistoryAgainAsync(ScriptSession session, CancellationToken cancellation)
    {
        await _connections.ReconnectAsync(cancellation).ConfigureAwait(false);
        return await ReadHistoryAsync(cancellation).ConfigureAwait(false);
    }

    private MySqlScriptSession NewSession(IRunObserver observer, CancellationToken cancellation) => new(_connections.Current, config, _history, observer, cancellation);
}

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
using MigrationTasks.PostgreSql.Schema;
using Npgsql;

namespace MigrationTasks.PostgreSql;

/// <summary>PostgreSQL and all that speaks its protocol: Supabase, PgBouncer and other poolers in between.</summary>
internal sealed class PostgreSqlAdapter(PostgreSqlConfig config) : SqlAdapter(config), IRehearsalStage, IRunScripter, ISchemaReader, IShadowServer, ITableCatalog
{
    private const int MaxHangUps = 5;

    private static readonly TimeSpan RecoveryPollInterval = TimeSpan.FromMilliseconds(200);

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

    public Task<SchemaSnapshot> ReadSchemaAsync(CancellationToken cancellation) => _connections.ReportAsync("reading the schema", () => SchemaReader.ReadAsync(cancellation));

    /// <summary>Reads the schema in the transaction that is open.</summary>
    internal Task<SchemaSnapshot> ReadSchemaInTransactionAsync(CancellationToken cancellation) => _connections.ReportAsync("reading the schema", () => SchemaReader.ReadInTransactionAsync(cancellation));

    public HistoryTableName ShadowTable => PostgreSqlShadow.Table;

    public DatabaseConfig ConfigureShadow(ShadowPlace place) => Shadow.Configure(place.Name);

    public Task<bool> CreateShadowAsync(ShadowPlace place, CancellationToken cancellation) => _connections.ReportAsync("creating the shadow database", () => Shadow.CreateAsync(place.Name, cancellation));

    public Task DropShadowAsync(ShadowPlace place, CancellationToken cancellation) => _connections.ReportAsync("removing the shadow database", () => Shadow.DropAsync(place.Name, cancellation));

    public ShadowVerdict Judge(ScriptStatement statement, bool isOwnServer) => PostgreSqlShadow.Judge(statement, isOwnServer);

    public string? Lacks(MigrationException failure) => failure?.InnerException is PostgresException refusal ? PostgreSqlShadow.Lacks(refusal) : null;

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
        var session = NewSession(observer);
        await using var disposal = session.ConfigureAwait(false);
        await new HistorySetup(session).RunAsync(script, cancellation).ConfigureAwait(false);
    });

    public override Task ChangeHistoryAsync(IReadOnlyList<HistoryChange> changes, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(changes);
        return _connections.ReportAsync($"changing the history {_history.Name}", () => new HistoryEdit(_connections.Current, config, _history).RunAsync(changes, cancellation));
    }

    public override Task<IAsyncDisposable> LockRunAsync(CancellationToken cancellation) =>
        _connections.LockAsync(async connection => await RunLock.TakeAsync(connection, _history.SequentialLockKey, config, cancellation).ConfigureAwait(false), cancellation);

    public async Task WriteScriptAsync(MigrationPlan plan, MigrationHistory history, TextWriter script, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(history);
        var session = NewSession(new Unobserved());
        await using var disposal = session.ConfigureAwait(false);
        var completion = plan.HistoryScript is not null || history.State == HistoryTableState.Complete
            ? []
            : await _connections.ReportAsync($"reading the history {_history.Name}", () => new HistorySetup(session).ReadChangesAsync(cancellation)).ConfigureAwait(false);
        var said = new PostgreSqlHistory(config.HistoryTable, new PsqlHistoryDialect());
        new PsqlScript(config, said, new PsqlCommands(config, said), script).Write(plan, completion, cancellation);
    }

    public async Task<IMigrationRehearsal> RehearseAsync(IRunObserver observer, CancellationToken cancellation) =>
        await PostgreSqlRehearsal.BeginAsync(Watched(new RehearsalSession(_connections, config, _history, observer)), this, cancellation).ConfigureAwait(false);

    private PostgreSqlShadow Shadow => new(config, _connections);

    private PostgreSqlSchemaReader SchemaReader => new(
        _connections.Current, [_history.Table, PostgreSqlShadow.Own, .. config.Settings.KeepsToolHistory ? [SupabaseHistory.Table] : Array.Empty<string>()]);

    private PostgreSqlCatalog Catalog => new(_connections.Current, _history.Name.Schema!);

    protected override SqlHistory History => _history;

    protected override bool CreatesHistoryInStream => true;

    protected override ScriptSession OpenSession(IRunObserver observer, CancellationToken cancellation) => Watched(NewSession(observer));

    // A server whose process crashed first hangs up on everybody, those too who just got in, and then refuses them until it has
    // taken itself up again.
    protected override async Task<MigrationHistory> ReadHistoryAgainAsync(ScriptSession session, CancellationToken cancellation)
    {
        var hangUps = 0;
        while (true)
        {
            try
            {
                var connection = await _connections.ReconnectAsync(cancellation).ConfigureAwait(false);
                await SessionState.RollBackAndFlushAsync(connection, ((PostgreSqlScriptSession)session).Progress, cancellation).ConfigureAwait(false);
                return await ReadHistoryAsync(cancellation).ConfigureAwait(false);
            }
            catch (Exception exception) when (ServerErrors.IsRecovery(exception) || (ServerErrors.IsHangUp(exception) && hangUps++ < MaxHangUps))
            {
                await Task.Delay(RecoveryPollInterval, cancellation).ConfigureAwait(false);
            }
        }
    }

    private PostgreSqlScriptSession NewSession(IRunObserver observer) => new(_connections, config, _history, observer) { Lock = LockRunAsync };

    // Where nobody else's statements run, nothing is worth a watch.
    private T Watched<T>(T session)
        where T : PostgreSqlScriptSession
    {
        session.WatchLocks(new PostgreSqlLockSight(config, _history.LockKey, _connections.OpenAsync));
        return session;
    }
}

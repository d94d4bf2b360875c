using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Execution;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Schema;
using MigrationTasks.Sqlite.Schema;

namespace MigrationTasks.Sqlite;

/// <summary>Tries migrations in one transaction, each behind a savepoint.</summary>
/// <param name="sessions">Has the session.</param>
/// <param name="config">The database.</param>
/// <param name="history">The history.</param>
/// <param name="fresh">A session that nobody has used, of a database that nobody needs.</param>
/// <param name="observer">Is told what starts.</param>
internal sealed class SqliteRehearsal(SqliteSessions sessions, SqliteConfig config, SqlHistory history, SqliteSession fresh, IRunObserver observer)
{
    private readonly SqliteSession _session = sessions.Current;
    private readonly ShellSession _state = new(fresh);

    /// <summary>Begins the transaction, when nobody else has one.</summary>
    public void Begin(CancellationToken cancellation)
    {
        _session.EnforceForeignKeys(false);
        _session.Execute(SqliteCommands.BeginImmediate, cancellation);
    }

    /// <summary>Creates the history table, or completes it.</summary>
    public void PrepareHistory(Migration? script, CancellationToken cancellation)
    {
        new HistoryTable(NewSession()).EnsureAsync(script, FailedScript.DryRun.Consequence, observer.Started, cancellation).GetAwaiter().GetResult();
    }

    /// <summary>Tries a migration; of one that fails nothing is left.</summary>
    /// <returns>Why it cannot be told whether it would be applied; or nothing.</returns>
    public string? Try(ScriptUnit unit, CancellationToken cancellation)
    {
        if (!_session.InTransaction)
        {
            return "a migration before it rolled back the transaction of the dry run";
        }

        try
        {
            return new ScriptExecutor(NewSession()).TryAsync(unit, cancellation).GetAwaiter().GetResult();
        }
        finally
        {
            RestoreSession(unit.Script);
        }
    }

    /// <summary>Reads the schema as it is after what was tried.</summary>
    public SchemaSnapshot ReadSchema(CancellationToken cancellation) => new SqliteSchemaReader(_session, config.Settings.HistoryTable.Table).Read(cancellation);

    /// <summary>Takes everything back.</summary>
    public void End()
    {
        _session.Rollback();
        _session.EnforceForeignKeys(_session.EnforcedForeignKeys);
    }

    private SqliteScriptSession NewSession() => new(config, new SavepointCommands(history), observer, sessions);

    // A run goes on in a new session. Inside a transaction the place of temporary tables cannot change, so they go one by one.
    private void RestoreSession(MigrationScript script)
    {
        if (!_session.HasForeignState || !_session.InTransaction)
        {
            return;
        }

        foreach (var row in _session.Query("SELECT type, name FROM temp.sqlite_master WHERE type IN ('trigger', 'view', 'table') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type DESC", default).Rows)
        {
            _session.Execute($"DROP {row[0]} IF EXISTS temp.\"{((string)row[1]!).Replace("\"", "\"\"", StringComparison.Ordinal)}\"", default);
        }

        foreach (var statement in script.ReadStatements())
        {
            _state.Pass(statement.Text);
        }

        foreach (var reset in _state.TakeReset().Where(reset => !reset.StartsWith("PRAGMA temp_store", StringComparison.Ordinal)))
        {
            Reset(reset);
        }
    }

    private void Reset(string statement)
    {
        try
        {
            _session.Execute(statement, default);
        }
        catch (SqliteFailure)
        {
            // What cannot be taken back inside a transaction goes with the session at its end.
        }
    }
}

using System.Diagnostics;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Sqlite;

/// <summary>Tries migrations in one transaction, each behind a savepoint.</summary>
/// <param name="session">The session.</param>
/// <param name="config">The database.</param>
/// <param name="history">The history table.</param>
/// <param name="fresh">A session that nobody has used, of a database that nobody needs.</param>
/// <param name="observer">Is told what starts.</param>
internal sealed class SqliteRehearsal(SqliteSession session, SqliteConfig config, SqliteHistoryTable history, SqliteSession fresh, IRunObserver observer)
{
    private const string Savepoint = "migration_tasks_dry_run";

    private static readonly FailedScript Failed = FailedScript.DryRun;

    private readonly ShellSession _state = new(fresh);

    /// <summary>Begins the transaction, when nobody else has one.</summary>
    public void Begin(CancellationToken cancellation)
    {
        session.EnforceForeignKeys(false);
        session.Begin(cancellation);
    }

    /// <summary>Creates the history table, or completes it.</summary>
    public void PrepareHistory(Migration? script, CancellationToken cancellation)
    {
        if (script is not null)
        {
            observer.Started(script);
        }

        new HistorySetup(session, config, history).Rehearse(script, Failed.Consequence, cancellation);
    }

    /// <summary>Tries a migration; of one that fails nothing is left.</summary>
    /// <returns>Why it cannot be told whether it would be applied; or nothing.</returns>
    public string? Try(MigrationStep step, CancellationToken cancellation)
    {
        if (!session.InTransaction)
        {
            return "a migration before it rolled back the transaction of the dry run";
        }

        session.Execute($"SAVEPOINT {Savepoint}", cancellation);
        try
        {
            if (!history.Claim(session, step, "applied", cancellation))
            {
                return "another run has applied it in the meantime";
            }

            var startedAt = Stopwatch.GetTimestamp();
            observer.Started(step.Migration);
            ScriptExecution.Run(session, config, step.Migration, Failed.Consequence, cancellation);
            ForeignKeyCheck.Run(session, step.Migration, Failed, () => session.Execute($"ROLLBACK TO {Savepoint}", default), cancellation);
            history.Finish(session, step.Migration, Stopwatch.GetElapsedTime(startedAt), cancellation);
            session.Execute($"RELEASE {Savepoint}", cancellation);
            return null;
        }
        catch (Exception exception) when (exception is MigrationException or SqliteFailure)
        {
            // SQLite itself may have rolled all of it back.
            if (session.InTransaction)
            {
                session.Execute($"ROLLBACK TO {Savepoint}; RELEASE {Savepoint}", default);
            }

            throw exception is SqliteFailure failure ? SqliteErrors.ForOwn(failure, config, $"recording {step.Migration.Name}", step.Migration.Location, Failed.Consequence) : exception;
        }
        finally
        {
            RestoreSession(step.Migration);
        }
    }

    /// <summary>Takes everything back.</summary>
    public void End()
    {
        session.Rollback();
        session.EnforceForeignKeys(session.EnforcedForeignKeys);
    }

    // A run goes on in a new session. Inside a transaction the place of temporary tables cannot change, so they go one by one.
    private void RestoreSession(Migration migration)
    {
        if (!session.HasForeignState || !session.InTransaction)
        {
            return;
        }

        foreach (var row in session.Query("SELECT type, name FROM temp.sqlite_master WHERE type IN ('trigger', 'view', 'table') AND name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type DESC", default).Rows)
        {
            session.Execute($"DROP {row[0]} IF EXISTS temp.\"{((string)row[1]!).Replace("\"", "\"\"", StringComparison.Ordinal)}\"", default);
        }

        foreach (var statement in migration.ReadStatements())
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
            session.Execute(statement, default);
        }
        catch (SqliteFailure)
        {
            // What cannot be taken back inside a transaction goes with the session at its end.
        }
    }
}

using System.Diagnostics;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;

namespace MigrationTasks.Sqlite;

/// <summary>Brings the history table into being, or up to date, in one transaction.</summary>
internal sealed class HistorySetup(SqliteSession session, SqliteConfig config, SqliteHistoryTable history)
{
    /// <summary>Creates or completes the table; whatever another runner did in the meantime is left as it is.</summary>
    public void Run(Migration? script, IRunObserver observer, CancellationToken cancellation)
    {
        session.Begin(cancellation);
        try
        {
            switch (history.Read(session, cancellation).State)
            {
                case HistoryTableState.Absent when script is not null:
                    RunScript(script, observer, cancellation);
                    break;
                case HistoryTableState.Absent:
                    history.Create(session, cancellation);
                    session.Commit(cancellation);
                    break;
                case HistoryTableState.Incomplete:
                    history.Complete(session, cancellation);
                    session.Commit(cancellation);
                    break;
            }
        }
        finally
        {
            session.Rollback();
        }
    }

    /// <summary>Creates the table by a migration, and leaves nothing of it.</summary>
    /// <returns>What would make the table complete.</returns>
    public IReadOnlyList<string> Rehearse(Migration script, CancellationToken cancellation)
    {
        session.Begin(cancellation);
        try
        {
            ScriptExecution.Run(session, config, script, "It was tried in an empty database in memory, to learn what columns it creates: a script cannot ask.", cancellation);
            return HasCreated(cancellation) ? history.Completion(session, cancellation) : throw Errors.HistoryNotCreated(script.Path, config.Settings.HistoryTable.ToString());
        }
        finally
        {
            session.Rollback();
        }
    }

    /// <summary>Creates or completes the table in the transaction that is open, and leaves it open.</summary>
    public void Rehearse(Migration? script, string consequence, CancellationToken cancellation)
    {
        switch (history.Read(session, cancellation).State)
        {
            case HistoryTableState.Absent when script is not null:
                Create(script, consequence, cancellation);
                break;
            case HistoryTableState.Absent:
                history.Create(session, cancellation);
                break;
            case HistoryTableState.Incomplete:
                history.Complete(session, cancellation);
                break;
        }
    }

    private void RunScript(Migration script, IRunObserver observer, CancellationToken cancellation)
    {
        var startedAt = Stopwatch.GetTimestamp();
        observer.Started(script);
        Create(script, FailedScript.Migration.Consequence, cancellation);
        session.Commit(cancellation);
        observer.Applied(script, Stopwatch.GetElapsedTime(startedAt));
    }

    private void Create(Migration script, string consequence, CancellationToken cancellation)
    {
        var startedAt = Stopwatch.GetTimestamp();
        ScriptExecution.Run(session, config, script, consequence, cancellation);
        if (!HasCreated(cancellation))
        {
            throw Errors.HistoryNotCreated(script.Path, config.Settings.HistoryTable.ToString());
        }

        history.Complete(session, cancellation);
        history.Claim(session, new MigrationStep(script), "applied", cancellation);
        history.Finish(session, script, Stopwatch.GetElapsedTime(startedAt), cancellation);
    }

    private bool HasCreated(CancellationToken cancellation)
    {
        try
        {
            return history.Read(session, cancellation).State != HistoryTableState.Absent;
        }
        catch (MigrationException)
        {
            // There is a table of that name, but without migration_name.
            return false;
        }
    }
}

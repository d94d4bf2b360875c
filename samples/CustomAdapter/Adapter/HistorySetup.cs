using System.Diagnostics;
using DuckDB.NET.Data;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.History;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Statements;

namespace DuckDbSample;

/// <summary>Brings the history table into being, or up to date, in one transaction; the caller holds the run lock.</summary>
public sealed class HistorySetup(DuckDbSession session, DuckDbConfig config, DuckDbHistory history)
{
    /// <param name="script">The migration that creates the table, when there is one.</param>
    public void Run(Migration? script, IRunObserver observer, CancellationToken cancellation)
    {
        session.Begin(cancellation);
        try
        {
            var state = history.Read(session, cancellation).State;
            if (state == HistoryTableState.Absent && script is not null)
            {
                RunScript(script, observer, cancellation);
                return;
            }

            if (state == HistoryTableState.Absent)
            {
                history.Create(session, cancellation);
            }
            else if (state == HistoryTableState.Incomplete)
            {
                history.Complete(session, cancellation);
            }

            session.Commit();
        }
        finally
        {
            session.Rollback();
        }
    }

    private void RunScript(Migration script, IRunObserver observer, CancellationToken cancellation)
    {
        var startedAt = Stopwatch.GetTimestamp();
        observer.Started(script);
        foreach (var statement in script.ReadStatements())
        {
            try
            {
                session.Execute(statement.Text, cancellation);
            }
            catch (DuckDBException exception)
            {
                var failure = DuckDbFailure.Of(exception);
                throw Errors.StatementFailed(statement.LocationOfByte(script.Path, failure.Offset), failure.Problem, "The migration was rolled back.", exception);
            }
        }

        if (!HasCreated(cancellation))
        {
            throw Errors.HistoryNotCreated(script.Path, config.Settings.HistoryTable.ToString());
        }

        history.Complete(session, cancellation);
        history.Claim(session, new MigrationStep(script), HistoryStatus.Applied, cancellation);
        history.Finish(session, script.Name, script, Stopwatch.GetElapsedTime(startedAt));
        session.Commit();
        observer.Applied(script, Stopwatch.GetElapsedTime(startedAt));
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

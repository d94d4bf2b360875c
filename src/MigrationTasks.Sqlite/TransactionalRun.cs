using System.Diagnostics;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Migrations;

namespace MigrationTasks.Sqlite;

/// <summary>Runs a script and changes the history in one transaction.</summary>
internal abstract class TransactionalRun<TScript>(SqliteSession session, SqliteConfig config, SqliteHistoryTable history, IRunObserver observer)
    where TScript : MigrationScript
{
    protected SqliteSession Session { get; } = session;

    protected SqliteHistoryTable History { get; } = history;

    protected IRunObserver Observer { get; } = observer;

    /// <summary>What becomes of a script that fails.</summary>
    protected abstract FailedScript Failed { get; }

    /// <summary>Runs the script, unless another runner was faster.</summary>
    public ApplyOutcome Run(TScript script, CancellationToken cancellation)
    {
        Session.EnforceForeignKeys(false);
        Session.Begin(cancellation);
        try
        {
            if (!Claim(script, cancellation))
            {
                return ApplyOutcome.Superseded;
            }

            var startedAt = Stopwatch.GetTimestamp();
            Observer.Started(script);
            ScriptExecution.Run(Session, config, script, Failed.Consequence, cancellation);
            ForeignKeyCheck.Run(Session, script, Failed, cancellation);
            Record(script, Stopwatch.GetElapsedTime(startedAt), cancellation);
            Session.Commit(cancellation);
            TellDone(script, Stopwatch.GetElapsedTime(startedAt));
            return ApplyOutcome.Completed;
        }
        catch (SqliteFailure failure)
        {
            // No statement of the script, but the history row, the check of foreign keys or the commit.
            throw SqliteErrors.ForOwn(failure, config, $"committing {script.Name}", script.Location, Failed.Consequence);
        }
        finally
        {
            Session.Rollback();
            Session.EnforceForeignKeys(Session.EnforcedForeignKeys);
        }
    }

    /// <summary>Makes the work this runner's.</summary>
    /// <returns>Whether it is: not when another runner was faster.</returns>
    protected abstract bool Claim(TScript script, CancellationToken cancellation);

    /// <summary>Records what the history needs after the script's statements.</summary>
    protected abstract void Record(TScript script, TimeSpan duration, CancellationToken cancellation);

    /// <summary>Tells that it is committed.</summary>
    protected abstract void TellDone(TScript script, TimeSpan duration);
}

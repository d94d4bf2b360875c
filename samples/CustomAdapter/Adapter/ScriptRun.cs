using System.Diagnostics;
using DuckDB.NET.Data;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;
using MigrationTasks.Engine.Statements;

namespace DuckDbSample;

/// <summary>
/// Runs a migration, or what undoes one. In a transaction, the script and its history row are one step. Outside, the row says
/// before the first statement that it runs, and after each how many stand, so that a later run can go on there.
/// </summary>
public abstract class ScriptRun(DuckDbSession session, DuckDbConfig config, DuckDbHistory history, MigrationScript script, IRunObserver observer)
{
    private readonly OwnTransaction _own = new();

    // How many statements stand, whatever happens.
    private int _standing;

    protected DuckDbSession Session { get; } = session;

    protected DuckDbHistory History { get; } = history;

    protected IRunObserver Observer { get; } = observer;

    /// <summary>Whether the session may not be as it was: the next script needs another one.</summary>
    public bool LeavesState { get; private set; }

    /// <summary>Where the script goes on, when an earlier run began it.</summary>
    protected virtual ResumePoint? ResumePoint => null;

    /// <summary>Runs the script, unless another runner was faster; the caller holds the run lock.</summary>
    public ApplyOutcome Run(CancellationToken cancellation)
    {
        try
        {
            return script.IsTransactional ? RunInTransaction(cancellation) : RunOutside(cancellation);
        }
        finally
        {
            Session.Rollback();
        }
    }

    /// <summary>Makes the work this runner's: <see langword="false"/> when another one was faster.</summary>
    protected abstract bool Claim(CancellationToken cancellation);

    protected abstract void RecordProgress(int standing, string checksum);

    protected abstract void RecordFailed(int standing);

    protected abstract void RecordDone(TimeSpan duration);

    protected abstract void TellDone(TimeSpan duration);

    /// <summary>What became of a script that failed when so many statements stood.</summary>
    protected abstract string Consequence(int standing);

    private ApplyOutcome RunInTransaction(CancellationToken cancellation)
    {
        Session.Begin(cancellation);
        if (!Claim(cancellation))
        {
            return ApplyOutcome.Superseded;
        }

        var startedAt = Stopwatch.GetTimestamp();
        Observer.Started(script);
        foreach (var statement in script.ReadStatements())
        {
            Execute(statement, cancellation);
        }

        RecordDone(Stopwatch.GetElapsedTime(startedAt));
        try
        {
            // Some constraints are looked at only now.
            Session.Commit();
        }
        catch (DuckDBException exception)
        {
            throw Errors.StatementFailed(script.Location, DuckDbFailure.Of(exception).Problem, Consequence(0), exception);
        }

        TellDone(Stopwatch.GetElapsedTime(startedAt));
        return ApplyOutcome.Completed;
    }

    private ApplyOutcome RunOutside(CancellationToken cancellation)
    {
        Session.Begin(cancellation);
        if (!Claim(cancellation))
        {
            return ApplyOutcome.Superseded;
        }

        Session.Commit();
        var startedAt = Stopwatch.GetTimestamp();
        Observer.Started(script);
        try
        {
            GoOn(cancellation);
            foreach (var (index, (statement, checksum)) in script.ReadWithChecksums().Index())
            {
                if (index >= (ResumePoint?.StatementsDone ?? 0))
                {
                    ExecuteAlone(statement, index + 1, checksum, cancellation);
                }

                _own.Pass(statement);
            }
        }
        catch (Exception exception) when (exception is MigrationException or OperationCanceledException)
        {
            Session.Rollback();
            RecordFailed(_standing);
            throw;
        }

        RecordDone(Stopwatch.GetElapsedTime(startedAt));
        TellDone(Stopwatch.GetElapsedTime(startedAt));
        return ApplyOutcome.Completed;
    }

    private void GoOn(CancellationToken cancellation)
    {
        if (ResumePoint is not { } point)
        {
            return;
        }

        _standing = point.StatementsDone;
        Observer.Resumed(script, _standing + 1, point.Next is { } next ? $"an earlier attempt did not get past line {next.Line}." : "all of its statements were applied, but no run recorded that.");
        foreach (var setting in point.Settings)
        {
            Execute(setting, cancellation);
        }
    }

    private void ExecuteAlone(ScriptStatement statement, int number, string checksum, CancellationToken cancellation)
    {
        var isOwn = _own.IsOpen || _own.IsOpenedBy(statement);
        if (!isOwn && statement.CanShareTransaction)
        {
            // The number is committed together with what it counts.
            Session.Begin(cancellation);
            Execute(statement, cancellation);
            RecordProgress(number, checksum);
            Session.Commit();
        }
        else
        {
            // In a transaction of its own, the number goes with its commit; without one, a statement may run twice.
            if (_own.IsCommittedBy(statement))
            {
                RecordProgress(number, checksum);
            }

            Execute(statement, cancellation);
            if (!isOwn || (_own.IsEndedBy(statement) && !_own.IsCommittedBy(statement)))
            {
                RecordProgress(number, checksum);
            }
        }

        _standing = isOwn && !_own.IsEndedBy(statement) ? _standing : number;
    }

    private void Execute(ScriptStatement statement, CancellationToken cancellation)
    {
        LeavesState |= statement.SessionEffect != SessionEffect.None;
        SourceLocation At(int offset) => script.Locate(statement.LocationOfByte(script.Location.File, offset));
        try
        {
            Session.Execute(statement.Text, cancellation);
        }
        catch (DuckDBException exception)
        {
            var failure = DuckDbFailure.Of(exception);
            throw Errors.StatementFailed(At(failure.Offset), failure.Problem, Consequence(_standing), exception);
        }
        catch (TimeoutException exception)
        {
            throw Errors.CommandTimeout(At(-1), config.Settings.CommandTimeout, Consequence(_standing), exception);
        }
    }
}

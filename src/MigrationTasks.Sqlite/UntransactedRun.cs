using System.Diagnostics;
using MigrationTasks.Engine.Databases;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Planning;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Sqlite;

/// <summary>
/// Runs a script outside a transaction, statement by statement. Its history row says so before the first of them, and after
/// each how many stand; the script may have transactions of its own.
/// </summary>
internal abstract class UntransactedRun<TScript>(SqliteSession session, SqliteConfig config, SqliteHistoryTable history, TScript script, IRunObserver observer)
    where TScript : MigrationScript
{
    private readonly OwnTransaction _transaction = new();

    // How many statements stand: what is done and not in an open transaction stays whatever happens.
    private int _done;

    protected SqliteSession Session { get; } = session;

    protected SqliteHistoryTable History { get; } = history;

    protected TScript Script { get; } = script;

    protected IRunObserver Observer { get; } = observer;

    /// <summary>Where the script goes on, when an earlier run began it.</summary>
    protected virtual ResumePoint? Resume => null;

    /// <summary>Runs the script, unless another runner was faster; the caller holds the run lock.</summary>
    public ApplyOutcome Run(CancellationToken cancellation)
    {
        try
        {
            if (!Claim(cancellation))
            {
                return ApplyOutcome.Superseded;
            }

            var startedAt = Stopwatch.GetTimestamp();
            Observer.Started(Script);
            Execute(cancellation);
            RecordDone(Stopwatch.GetElapsedTime(startedAt));
            TellDone(Stopwatch.GetElapsedTime(startedAt));
            return ApplyOutcome.Completed;
        }
        catch (SqliteFailure failure)
        {
            throw SqliteErrors.ForOwn(failure, config, $"recording {Script.Name}", Script.Location);
        }
    }

    /// <summary>Makes the work this runner's.</summary>
    /// <returns>Whether it is: not when another runner was faster.</returns>
    protected abstract bool Claim(CancellationToken cancellation);

    /// <summary>Records that so many statements stand; the checksum is that of their tokens.</summary>
    protected abstract void RecordProgress(int done, string checksum);

    /// <summary>Records that all statements stand.</summary>
    protected abstract void RecordDone(TimeSpan duration);

    /// <summary>Records that the script stopped when so many statements stood.</summary>
    protected abstract void RecordFailed(int standing);

    /// <summary>Tells that all is done.</summary>
    protected abstract void TellDone(TimeSpan duration);

    /// <summary>Says what becomes of the script when it stops and so many statements stand.</summary>
    protected abstract string ConsequenceOf(int standing);

    private void Execute(CancellationToken cancellation)
    {
        try
        {
            GoOn(cancellation);
            foreach (var (index, (statement, checksum)) in Script.ReadWithChecksums().Index())
            {
                if (index >= (Resume?.StatementsDone ?? 0))
                {
                    Execute(statement, index + 1, checksum, cancellation);
                }

                _transaction.Pass(statement);
            }
        }
        catch (Exception exception) when (exception is MigrationException or OperationCanceledException)
        {
            Session.Rollback();
            RecordFailed(_done);
            throw;
        }
        finally
        {
            Session.Rollback();
        }
    }

    private void GoOn(CancellationToken cancellation)
    {
        if (Resume is { } resume)
        {
            _done = resume.StatementsDone;
            Observer.Resumed(Script, _done + 1, resume.Next is { } next ? $"an earlier attempt did not get past line {next.Line}." : "all of its statements were applied, but no run recorded that.");
            foreach (var setting in resume.Settings)
            {
                Run(setting, cancellation);
            }
        }
    }

    private void Execute(ScriptStatement statement, int number, string checksum, CancellationToken cancellation)
    {
        if (_transaction.IsOpen || _transaction.IsOpenedBy(statement))
        {
            ExecuteInOwn(statement, number, checksum, cancellation);
        }
        else if (statement.CanShareTransaction)
        {
            // The number is committed together with what it counts.
            Session.Begin(cancellation);
            Run(statement, cancellation);
            RecordProgress(number, checksum);
            Guard(statement, () => Session.Commit(cancellation));
            _done = number;
        }
        else
        {
            // VACUUM, pragmas and the like: run twice, they do no harm.
            Run(statement, cancellation);
            RecordProgress(number, checksum);
            _done = number;
        }
    }

    private void ExecuteInOwn(ScriptStatement statement, int number, string checksum, CancellationToken cancellation)
    {
        if (_transaction.IsCommittedBy(statement))
        {
            RecordProgress(number, checksum);
        }

        Run(statement, cancellation);
        if (_transaction.IsEndedBy(statement))
        {
            if (!_transaction.IsCommittedBy(statement))
            {
                RecordProgress(number, checksum);
            }

            _done = number;
        }
    }

    private void Run(ScriptStatement statement, CancellationToken cancellation) =>
        Guard(statement, () => Session.ExecuteForeign(statement.Text, cancellation));

    private void Guard(ScriptStatement statement, Action run)
    {
        try
        {
            run();
        }
        catch (SqliteFailure failure)
        {
            throw SqliteErrors.ForStatement(failure, config, Script, statement, ConsequenceOf(_done));
        }
    }
}

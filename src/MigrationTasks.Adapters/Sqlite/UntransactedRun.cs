using System.Diagnostics;
using MigrationTasks.Engine.Adapters;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Runner;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Adapters.Sqlite;

/// <summary>
/// Runs a script outside a transaction, statement by statement. Its history row says so before the first of them, and after
/// each how many stand; the script may have transactions of its own.
/// </summary>
internal abstract class UntransactedRun<TScript>(SqliteSession session, SqliteConfig config, SqliteHistoryTable history, TScript script, IRunObserver observer)
    where TScript : MigrationScript
{
    private int _done;

    // What is done and not in an open transaction: it stays whatever happens.
    private int _standing;
    private ScriptStatement? _opening;

    protected SqliteSession Session { get; } = session;

    protected SqliteHistoryTable History { get; } = history;

    protected TScript Script { get; } = script;

    protected IRunObserver Observer { get; } = observer;

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
            throw SqliteErrors.ForOwn(failure, config, "writing the history", Script.Location);
        }
    }

    /// <summary>Makes the work this runner's.</summary>
    /// <returns>Whether it is: not when another runner was faster.</returns>
    protected abstract bool Claim(CancellationToken cancellation);

    /// <summary>Records that all statements stand.</summary>
    protected abstract void RecordDone(TimeSpan duration);

    /// <summary>Records that the script stopped when so many statements stood.</summary>
    protected abstract void RecordFailed(int standing);

    /// <summary>Tells that all is done.</summary>
    protected abstract void TellDone(TimeSpan duration);

    /// <summary>Says what becomes of the script when it stops and so many statements stand.</summary>
    protected abstract string Consequence(int standing);

    private void Execute(CancellationToken cancellation)
    {
        try
        {
            foreach (var statement in Script.ReadStatements())
            {
                Execute(statement, cancellation);
            }

            if (Session.InTransaction)
            {
                throw Errors.StatementFailed(LocationOf(_opening!, 0), "The transaction that starts here has no COMMIT.", Consequence(_standing), null);
            }
        }
        catch (Exception exception) when (exception is MigrationException or OperationCanceledException)
        {
            Session.Rollback();
            RecordFailed(_standing);
            throw;
        }
    }

    private void Execute(ScriptStatement statement, CancellationToken cancellation)
    {
        var wasInTransaction = Session.InTransaction;
        try
        {
            Session.ExecuteForeign(statement.Text, cancellation);
        }
        catch (SqliteFailure failure)
        {
            throw SqliteErrors.ForStatement(failure, config, LocationOf(statement, failure.Offset), Consequence(_standing));
        }

        _done++;
        _opening = wasInTransaction ? _opening : statement;
        _standing = Session.InTransaction ? _standing : _done;

        // In a transaction of the script the number is written inside it, and so committed or rolled back with what it counts.
        History.Advance(Session, Script, _done);
    }

    private SourceLocation LocationOf(ScriptStatement statement, int offset) =>
        Script.Locate(statement.LocationOfByte(Script.Location.File, offset));
}

using System.Diagnostics;
using MigrationTasks.Engine.Adapters;
using MigrationTasks.Engine.Diagnostics;
using MigrationTasks.Engine.Migrations;
using MigrationTasks.Engine.Runner;
using MigrationTasks.Engine.Scripts;

namespace MigrationTasks.Adapters.Sqlite;

/// <summary>
/// Applies a migration with <c>-- Transaction: none</c> statement by statement. The history row is there before the first of
/// them, and says after each how many stand; the file may have transactions of its own.
/// </summary>
internal sealed class UntransactedMigration(SqliteSession session, SqliteConfig config, SqliteHistoryTable history, Migration migration)
{
    private int _done;

    // What is done and not in an open transaction: it stays whatever happens.
    private int _standing;
    private ScriptStatement? _opening;

    /// <summary>Applies the migration, unless another runner has; the caller holds the run lock.</summary>
    public ApplyOutcome Apply(IRunObserver observer, CancellationToken cancellation)
    {
        try
        {
            if (!history.Claim(session, migration, "running", cancellation))
            {
                return ApplyOutcome.Superseded;
            }

            var startedAt = Stopwatch.GetTimestamp();
            observer.Started(migration);
            Execute(cancellation);
            history.Finish(session, migration, Stopwatch.GetElapsedTime(startedAt), default);
            observer.Applied(migration, Stopwatch.GetElapsedTime(startedAt));
            return ApplyOutcome.Completed;
        }
        catch (SqliteFailure failure)
        {
            throw SqliteErrors.ForOwn(failure, config, "writing the history", migration.Location);
        }
    }

    private void Execute(CancellationToken cancellation)
    {
        try
        {
            foreach (var statement in migration.ReadStatements())
            {
                Execute(statement, cancellation);
            }

            if (session.InTransaction)
            {
                throw Errors.StatementFailed(_opening!.LocationOfByte(migration.Path, 0), "The transaction that starts here has no COMMIT.", Consequence(), null);
            }
        }
        catch (Exception exception) when (exception is MigrationException or OperationCanceledException)
        {
            session.Rollback();
            history.Fail(session, migration, _standing);
            throw;
        }
    }

    private void Execute(ScriptStatement statement, CancellationToken cancellation)
    {
        var wasInTransaction = session.InTransaction;
        try
        {
            session.ExecuteForeign(statement.Text, cancellation);
        }
        catch (SqliteFailure failure)
        {
            throw SqliteErrors.ForStatement(failure, config, statement.LocationOfByte(migration.Path, failure.Offset), Consequence());
        }

        _done++;
        _opening = wasInTransaction ? _opening : statement;
        _standing = session.InTransaction ? _standing : _done;

        // In a transaction of the file the number is written inside it, and so committed or rolled back with what it counts.
        history.Advance(session, migration, _done);
    }

    private string Consequence() => _standing switch
    {
        0 => "Nothing of this migration stands: correct it and run again.",
        1 => "The migration runs outside a transaction: its first statement stands.",
        _ => $"The migration runs outside a transaction: its first {_standing} statements stand.",
    };
}
